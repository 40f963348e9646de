"""Compiles the tables of phrases, which are looked for in every text that comes in.

RE2 walks a text once however many alternatives there are, where Python's own engine tries them one by one. A Set says
which patterns match and not where, which spares it a second walk.
"""

from __future__ import annotations

from collections.abc import Iterable

import re2

#: Bytes that one table may use; below what a table needs, RE2 falls back to a slower way and complains on stderr.
MEMORY = 32 << 20
_BLANK = r"[\s>]+"
#: "Anything within the sentence": a point in a name ends none.
_WITHIN_SENTENCE = r"(?:[^.]|\.[\pL\pN])*"


class Phrases:
    """Regular expressions of RE2's syntax, looked for without regard to case."""

    def __init__(self, alternatives: Iterable[str], *, multiline: bool = False) -> None:
        """Compile the alternatives; with `multiline`, ^ and $ stand for the ends of lines."""
        self._set = _compiled(["|".join(alternatives)], multiline=multiline)

    def search(self, text: str) -> bool:
        """Return whether any of them is in the text."""
        return self._set.Match(text) is not None


class LabelledPhrases:
    """Rows of regular expressions, each with a label; the first row that is found decides."""

    def __init__(self, rows: Iterable[tuple[str, Iterable[str]]], *, multiline: bool = False) -> None:
        """Compile the rows, the most telling first."""
        joined = [(label, "|".join(alternatives)) for label, alternatives in rows]
        self._labels = [label for label, _pattern in joined]
        self._set = _compiled([pattern for _label, pattern in joined], multiline=multiline)

    def first(self, text: str) -> str | None:
        """Return the label of the first row that is in the text, or None."""
        found = self._set.Match(text)
        return self._labels[min(found)] if found else None

    def all(self, text: str) -> list[str]:
        """Return the labels of all rows that are in the text, in the order of the rows."""
        return [self._labels[number] for number in sorted(self._set.Match(text) or ())]


def phrases_of(table: str) -> Phrases:
    """Return the phrases of a table, one a line; a blank stands for any white space, line ends and quoting included."""
    return Phrases(line.replace(" ", _BLANK).replace("[^.]*", _WITHIN_SENTENCE) for line in lines_of(table))


def lines_of(table: str) -> list[str]:
    """Return the non-empty lines of a table, trimmed."""
    return [line.strip() for line in table.splitlines() if line.strip()]


def _compiled(patterns: list[str], *, multiline: bool) -> re2.Set:
    options = re2.Options()
    options.max_mem = MEMORY
    options.log_errors = False
    options.case_sensitive = False
    compiled = re2.Set.SearchSet(options)
    for pattern in patterns:
        compiled.Add(f"(?m:{pattern})" if multiline else pattern)
    compiled.Compile()
    return compiled
