"""How texts are written, as fixtures/README.md says: marks, words, commands."""

import re
from collections.abc import Iterator

from codes.linting.finding import Finding, finding, quoted
from codes.linting.shelf import WORDS, Shelf, prose

#: What is not written, in either language or in one, and what is written instead.
NEVER: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("", re.compile(r"\w*'\w*"), "the apostrophe ’"),
    ("", re.compile(r"\.\.\."), "the ellipsis …, or the end of the list"),
    ("", re.compile(r"\w!"), "no exclamation mark"),
    ("", re.compile(r"  +"), "one blank"),
    ("", re.compile(r"\b[Ee]-?mails?\b(?! [A-Z])(?<!Secure Email)"), "“mail” or “message”, but in names"),
    ("it", re.compile(r"[“”\"]"), "«these quotes»"),
    ("en", re.compile(r"[«»\"]"), "“these quotes”"),
    ("it", re.compile(r"\b[Pp]urtroppo\b|\bci scusiamo\b"), "what happened, without regret"),
    ("en", re.compile(r"\b[Uu]nfortunately\b|\b[Ss]orry\b"), "what happened, without regret"),
    ("it", re.compile(r"\b(?:perche|piu|cosi|puo|gia|cioe|e')\b"), "its accent"),
    ("en", re.compile(r"\b\w+[^\Ws](?:ization|izations|ized|izing)\b"), "the British spelling"),
)
#: Commands of the dialogue, which stand in `code`.
COMMAND = re.compile(r"\b(?:MAIL FROM|RCPT TO|STARTTLS|EHLO|VRFY|EXPN|ETRN|ATRN|BDAT|BURL)\b")
HEADING = re.compile(r"^#+ .*$", re.MULTILINE)


def words(shelf: Shelf) -> Iterator[Finding]:
    """Neither marks nor words that the style guide bans."""
    for said in shelf.said:
        for name, text in said.languages:
            bare = re.sub(r"`[^`]*`", "`", text)
            # What a server says keeps its own marks.
            bare = re.sub(r"«[^»]*»", "«»", bare) if name.endswith("_it") else re.sub(r"“[^”]*”", "“”", bare)
            for language, pattern, expected in NEVER:
                if (
                    language in ("", name[-2:])
                    and (said.name == "title" or said.name not in WORDS)
                    and (found := pattern.search(bare))
                ):
                    yield finding("style", said.entry, name, quoted(_around(bare, found)), expected)


def commands(shelf: Shelf) -> Iterator[Finding]:
    """A command of the dialogue is set as code, but in titles and headings."""
    for said in shelf.said:
        if said.name not in WORDS:
            for name, text in said.languages:
                if found := COMMAND.search(prose(HEADING.sub("", text))):
                    yield finding("style", said.entry, name, quoted(found[0]), f"`{found[0]}`")


def ends(shelf: Shelf) -> Iterator[Finding]:
    """A sentence ends with a full stop, and a title does not."""
    for said in shelf.said:
        for name, text in said.languages:
            if said.name == "title" and text.endswith("."):
                yield finding("style", said.entry, name, quoted(text), "a title without a full stop")
            elif said.name not in WORDS and not said.is_markdown:
                for line in text.splitlines():
                    if line and not line.endswith((",", ".", "?", "…", ":", "{reply}")):
                        yield finding("style", said.entry, name, quoted(line[-40:]), "a full stop at the end")


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 15) : found.end() + 15]


RULES = (words, commands, ends)
