"""The lines of the CSV file: one a delivery, and one for what could not be read."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any, TextIO

from codes.bounce.report import Delivery
from codes.explain.explanation import Explanation

#: Those that the page for many bounces saves too, and what only a file of one's own may hold.
COLUMNS = (
    *("input", "recipient", "domain", "day", "outcome", "permanence", "reply_code", "enhanced_code", "reason", "title"),
    *("who_acts", "provider", "basis", "list", "headline", "error"),
    *("kind", "stage", "remote_host", "reply_text"),
)
#: What a file begins with, so that Excel takes it for UTF-8.
MARK = "\ufeff"
#: Spreadsheets take a cell that begins with one of these for a formula, which may send what the others hold elsewhere.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: An Italian Excel, whose comma is the decimal one, opens nothing else in columns.
_SEPARATORS = {"it": ";"}


class Table:
    """Writes lines of CSV (RFC 4180) to a stream."""

    def __init__(self, stream: TextIO, language: str) -> None:
        """Part the cells as spreadsheets in this language expect it."""
        self._lines = csv.writer(stream, delimiter=_SEPARATORS.get(language, ","))

    def heading(self) -> None:
        """Write the names of the columns."""
        self._lines.writerow(COLUMNS)

    def message(self, rows: list[dict[str, Any]], explanation: Explanation) -> None:
        """Write what one message tells, of which `rows` are those of `codes.explain.rows`."""
        self._lines.writerows(_cells(row) for row in _with_words_of_hosts(rows, explanation))

    def unreadable(self, name: str, sentence: str) -> None:
        """Write that a message could not be read, and why."""
        self._lines.writerow(_cells({"input": name, "error": sentence}))


def _with_words_of_hosts(rows: list[dict[str, Any]], explanation: Explanation) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(rows):
        said = explanation.deliveries[number].said if explanation.deliveries else Delivery()
        host = said.remote_host or said.remote_ip
        yield row | {"stage": said.stage, "remote_host": host, "reply_text": said.reply_text}


def _cells(row: dict[str, Any]) -> list[str]:
    cells = (row.get(column) or "" for column in COLUMNS)
    return [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]
