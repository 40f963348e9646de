"""What is shipped, as the rules read it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from codes.shipping.reading import Shipped, read_folder

#: What is not prose: blocks of code, `code`, “what a server said” in either language, {placeholders}.
NOT_PROSE = re.compile(r"^```.*?^```|`[^`]*`|«[^»]*»|“[^”]*”|\{\w+\}", re.MULTILINE | re.DOTALL)
#: The fields that are Markdown, by kind; all others know `code` only.
MARKDOWN = {("guide", "body")}
#: Fields of words rather than sentences.
WORDS = ("title", "synonyms", "names")
SENTENCE_END = re.compile(r"(?<=[.?!:;])\s+|\n+")


@dataclass(frozen=True)
class Said:
    """One bilingual text of an entry; a list counts as its lines."""

    entry: Shipped
    name: str  # of the field, without language
    it: str
    en: str

    @property
    def is_markdown(self) -> bool:
        """Whether the field is Markdown."""
        return (self.entry.kind.name, self.name) in MARKDOWN

    @property
    def languages(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """The two texts, each after the name of its field."""
        return ((f"{self.name}_it", self.it), (f"{self.name}_en", self.en))


@dataclass(frozen=True)
class Shelf:
    """All entries of a folder."""

    folder: Path
    entries: list[Shipped]

    @classmethod
    def of(cls, folder: Path) -> "Shelf":
        """Read a folder; raises InvalidFixture where that is not possible."""
        return cls(folder, read_folder(folder))

    def of_kind(self, *kinds: str) -> Iterator[Shipped]:
        """Yield the entries of these kinds."""
        return (entry for entry in self.entries if entry.kind.name in kinds)

    @cached_property
    def said(self) -> list[Said]:
        """All bilingual texts, empty ones included."""
        return [
            Said(entry, name[:-3], _text(entry.plain[name]), _text(entry.plain[f"{name[:-3]}_en"]))
            for entry in self.entries
            for name in entry.plain
            if name.endswith("_it")
        ]


def _text(value: str | list[str]) -> str:
    return "\n".join(value) if isinstance(value, list) else value


def prose(text: str) -> str:
    """Return a text without what is not prose."""
    return NOT_PROSE.sub(" ", text)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; a colon or semicolon ends one too."""
    return [part.strip() for part in SENTENCE_END.split(text) if part.strip()]
