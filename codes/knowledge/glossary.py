"""Finds the terms of the glossary in a text: whole words, the longest name first, each term once."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from codes.knowledge.entries import Term


@dataclass(frozen=True, slots=True)
class Mention:
    """A term, and where a text uses it first."""

    start: int
    end: int
    term: Term


class Glossary:
    """The names of all terms in one language.

    A name in small letters is also found with a capital at its beginning; one with a capital only as it is written, so
    that "PEC" is found and "pec" in an address is not.
    """

    def __init__(self, terms: Iterable[Term], language: str) -> None:
        self._terms: dict[str, Term] = {}
        for term in terms:
            for name in term.names_it if language == "it" else term.names_en:
                self._terms.setdefault(name, term)
        names = sorted(self._terms, key=lambda name: (-len(name), name))
        self._names = (
            re.compile(rf"(?<![\w.@/-])(?:{'|'.join(map(_pattern, names))})(?![\w@/-]|\.\w)") if names else None
        )

    def mentions(self, text: str, known: set[str]) -> Iterator[Mention]:
        """Yield where a text first uses each term, but for those in `known` (slugs), which grows with each found."""
        if self._names is None:
            return
        for found in self._names.finditer(text):
            name = " ".join(found[0].split())
            term = self._terms.get(name) or self._terms[name[0].lower() + name[1:]]
            if term.slug not in known:
                known.add(term.slug)
                yield Mention(found.start(), found.end(), term)

    def pieces(self, text: str, known: set[str]) -> Iterator[tuple[str, Term | None]]:
        """Yield the text cut at its mentions, each piece with the term that it names, None for what is between."""
        end = 0
        for mention in self.mentions(text, known):
            yield text[end : mention.start], None
            yield text[mention.start : mention.end], mention.term
            end = mention.end
        yield text[end:], None


def _pattern(name: str) -> str:
    """Return the pattern of a name; blanks may be line ends."""
    first = name[0]
    begin = f"[{first}{first.upper()}]" if name == name.lower() and first.isalpha() else re.escape(first)
    rest = re.escape(name[1:]).replace(r"\ ", r"\s+")
    return begin + rest
