"""Compiles the tables of phrases: each is one pattern of many alternatives, looked for in every text that comes in.

RE2 walks a text once however many alternatives there are, where Python's own engine tries them one by one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import re2

#: Bytes that one table may use; below what a table needs, RE2 falls back to a slower way and complains on stderr.
MEMORY = 32 << 20


class Pattern(Protocol):
    """What is needed of a compiled pattern."""

    def search(self, text: str) -> object | None:
        """Return a match anywhere in the text, or None."""


def any_of(alternatives: Iterable[str], *, multiline: bool = False) -> Pattern:
    """Compile regular expressions of RE2's syntax into one that matches any of them, without regard to case."""
    options = re2.Options()
    options.max_mem = MEMORY
    options.log_errors = False
    flags = "(?im)" if multiline else "(?i)"
    pattern: Pattern = re2.compile(flags + "|".join(alternatives), options)
    return pattern


def lines_of(table: str) -> list[str]:
    """Return the non-empty lines of a table, trimmed."""
    return [line.strip() for line in table.splitlines() if line.strip()]
