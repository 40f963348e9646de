"""Exchange message tracking: the CSV files (MSGTRK) and extended trace reports, joined by the network message id.

The `#Fields:` line names the columns; rows without one are read by the columns of Exchange 2016 and 2019, which all of
its files have in this order. Source: Microsoft's documentation of message tracking.
"""

from __future__ import annotations

import csv
import re

from codes.bounce.logs.exchange_rows import Row, columns_of, tries_of
from codes.bounce.logs.story import Log, told

_FIELDS = "#Fields:"
_DEFAULT = (
    "date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,source,event-id,"
    "internal-message-id,message-id,network-message-id,recipient-address,recipient-status"
)
_DEFAULT_COLUMNS = columns_of(_DEFAULT.split(","))
_SOURCES = frozenset("SMTP STOREDRIVER ROUTING DNS QUEUE DSN AGENT RESOLVER GATEWAY MAILBOXRULE ADMIN".split())
#: In a row without a heading, one of these stands between two commas.
_EVENT = re.compile(r",(?:FAIL|DEFER|DELIVER|SEND|SENDEXTERNAL),")


def read(lines: list[str]) -> Log | None:
    """Return what rows of message tracking tell."""
    rows: list[Row] = []
    columns: dict[str, int] = {}
    for line in lines:
        if "ecipient" in line and "@" not in line and (heading := _heading(line)):
            columns = heading
        elif columns or _EVENT.search(line):
            cells = cells_of(line)
            if row := _row(cells, columns):
                rows.append(row)
    tries = tries_of(rows)
    return Log("exchange", told(tries)) if tries else None


def cells_of(line: str, delimiter: str = "") -> list[str]:
    """Return the cells of a line, parted by the delimiter, or by commas or, copied from a spreadsheet, tabs."""
    delimiter = delimiter or ("\t" if line.count("\t") > line.count(",") else ",")
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:  # a cell longer than any of Exchange's
        return []


def delimiter_of(heading: str) -> str:
    """Return what parts the names of a heading; spreadsheets in half of Europe write semicolons."""
    return max(",;\t", key=heading.count)


def _heading(line: str) -> dict[str, int]:
    """Return where the columns stand, if this is the heading of tracking rows."""
    columns = columns_of(cells_of(line.removeprefix(_FIELDS).strip()))
    return columns if {"event", "recipients", "time"} <= columns.keys() else {}


def _row(cells: list[str], columns: dict[str, int]) -> Row | None:
    if not columns:
        source = cells[_DEFAULT_COLUMNS["source"]] if len(cells) > _DEFAULT_COLUMNS["statuses"] else ""
        if source not in _SOURCES:
            return None
        columns = _DEFAULT_COLUMNS
    return {column: cells[place] for column, place in columns.items() if place < len(cells)}
