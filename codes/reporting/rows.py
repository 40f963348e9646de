"""The lines of the CSV file: one a delivery, with the names and values of the contract."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from codes.bounce.report import Delivery
from codes.explain.explanation import Explanation

#: Those of a row of `codes.explain.rows`, and what only a file of one's own may hold.
COLUMNS = (
    "input",
    "kind",
    "recipient",
    "domain",
    "day",
    "outcome",
    "permanence",
    "reply_code",
    "enhanced_code",
    "reason",
    "who_acts",
    "provider",
    "basis",
    "list",
    "stage",
    "remote_host",
    "reply_text",
)
#: Spreadsheets take a cell that begins with one of these for a formula, which may send what the others hold elsewhere.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cells_of(rows: list[dict[str, Any]], explanation: Explanation) -> Iterator[list[str]]:
    """Yield the cells of each line about one message, of which `rows` are those of `codes.explain.rows`."""
    for number, row in enumerate(rows):
        said = explanation.deliveries[number].said if explanation.deliveries else Delivery()
        row |= {"stage": said.stage, "remote_host": said.remote_host or said.remote_ip, "reply_text": said.reply_text}
        yield [_harmless(row.get(column) or "") for column in COLUMNS]


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
