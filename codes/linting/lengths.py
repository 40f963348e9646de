"""Texts are as long as their place allows: a title fits a list, a sentence one breath."""

import re
from collections.abc import Iterator

from codes.linting.finding import Finding, finding, quoted
from codes.linting.shelf import Shelf, prose

#: Characters of a text, fewest and most, by field; `*` stands for any kind.
BOUNDS: dict[tuple[str, str], tuple[int, int]] = {
    ("*", "title"): (4, 50),
    ("signature", "title"): (4, 60),  # begins with whose it is
    ("term", "title"): (2, 50),
    ("reason", "headline"): (20, 100),
    ("reason", "headline_named"): (20, 110),
    ("reason", "meaning"): (60, 240),
    ("reason", "certainty"): (60, 240),
    ("reason", "retry"): (50, 260),
    ("reason", "reply"): (120, 320),
    ("reason", "reply_delayed"): (120, 320),
    ("reason", "note_to_postmaster"): (150, 400),
    ("replycode", "meaning"): (100, 420),
    ("replycode", "advice"): (50, 240),
    ("replycode", "retry"): (20, 180),
    ("stagemeaning", "meaning"): (20, 140),
    ("enhancedcode", "meaning"): (50, 320),
    ("enhancedcode", "advice"): (50, 240),
    ("enhancedcode", "difference"): (30, 180),
    ("provider", "description"): (20, 400),
    ("provider", "advice"): (40, 600),
    ("guide", "summary"): (40, 300),
    ("guide", "body"): (800, 9000),
    ("term", "definition"): (20, 300),
    ("signature", "text"): (20, 400),
    ("signature", "headline"): (20, 110),
}
#: Fields of one item a line: characters of a line, and how many lines.
LINES: dict[tuple[str, str], tuple[int, int, int]] = {
    ("reason", "steps"): (160, 3, 4),
    ("reason", "admin_steps"): (180, 3, 4),
    ("reason", "recipient_steps"): (160, 3, 4),
    ("replycode", "causes"): (140, 1, 4),
    ("enhancedcode", "other_uses"): (260, 1, 5),
}
#: Words of a sentence without what a server said; a guide is read at leisure.
LONGEST_SENTENCE = 25
LONGEST_IN_GUIDE = 30
#: What Markdown puts around words.
MARKDOWN_MARKS = re.compile(r"\]\([^()]*\)|[\[\]*>]|^(?:-|\d+\.|#+) ", re.MULTILINE)


def characters(shelf: Shelf) -> Iterator[Finding]:
    """A text is neither too short to help nor too long for its place."""
    for said in shelf.said:
        bounds = BOUNDS.get((said.entry.kind.name, said.name)) or BOUNDS.get(("*", said.name))
        for name, text in said.languages:
            if bounds and text and not bounds[0] <= len(text) <= bounds[1]:
                found = f"{len(text)} characters, {quoted(text, 40)}"
                yield finding("length", said.entry, name, found, f"{bounds[0]} to {bounds[1]}")


def lines(shelf: Shelf) -> Iterator[Finding]:
    """Steps and causes come a few at a time, each on a short line."""
    for said in shelf.said:
        longest, fewest, most = LINES.get((said.entry.kind.name, said.name), (0, 0, 0))
        for name, text in said.languages:
            if not longest or not text:
                continue
            parts = text.splitlines()
            if not fewest <= len(parts) <= most:
                yield finding("length", said.entry, name, f"{len(parts)} lines", f"{fewest} to {most}")
            for part in parts:
                if len(part) > longest:
                    found = f"a line of {len(part)} characters, {quoted(part, 40)}"
                    yield finding("length", said.entry, name, found, f"{longest} at most")


def sentences(shelf: Shelf) -> Iterator[Finding]:
    """A sentence can be said in one breath."""
    for said in shelf.said:
        most = LONGEST_IN_GUIDE if said.is_markdown else LONGEST_SENTENCE
        for name, text in said.languages:
            bare = MARKDOWN_MARKS.sub(" ", text) if said.is_markdown else text
            for sentence in re.split(r"(?<=[.?!])\s+|\n+", bare):
                words = len(prose(sentence).split())
                if words > most:
                    found = f"a sentence of {words} words, {quoted(sentence, 40)}"
                    yield finding("sentence", said.entry, name, found, f"{most} at most")


def brevity(shelf: Shelf) -> Iterator[Finding]:
    """A code that no standard defines is told in three sentences."""
    for said in shelf.said:
        if (
            said.entry.kind.name == "replycode"
            and said.name == "meaning"
            and said.entry.plain["standing"] != "standard"
        ):
            for name, text in said.languages:
                told = len(re.split(r"(?<=[.?!])\s+", text))
                if told > 3:
                    yield finding(
                        "length", said.entry, name, f"{told} sentences", "3 at most, as no standard defines it"
                    )


RULES = (characters, lines, sentences, brevity)
