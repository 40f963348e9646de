"""What PowerShell shows of Get-MessageTrackingLog: a list (`EventId : FAIL`) or a table with a heading.

And of Get-MessageTrace, Get-MessageTraceV2 and Get-MessageTraceDetail: a table (`RecipientAddress Status` above
dashes), or the objects of ConvertTo-Json. Sources: Microsoft's documentation of message tracking and of these commands;
the general forms of Format-List and Format-Table.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from codes.bounce.addresses import first_address
from codes.bounce.logs.exchange_rows import FOLDED, Row, columns_of, tries_of
from codes.bounce.logs.exchange_trace import tries_of_trace
from codes.bounce.logs.story import Log, Try, told

_PAIR = re.compile(r"(?P<name>[A-Z][A-Za-z]{1,40}) *: ?(?P<value>.*)$")
#: A line that names the event and is not the command that was typed.
_HEADING = re.compile(r"(?!.*\b[Gg]et-)[^|]*\bEventId\b")
_WORD = re.compile(r"\S+")
#: Names that only its objects have.
_OF_TRACE = {"MessageTraceId", "Received"}
#: Where a list of objects, or an object, begins at the beginning of a line.
_OPENED = re.compile(r"^ *(\[\s*\{|\{)", re.MULTILINE)


def read(lines: list[str]) -> Log | None:
    """Return what a list or a table of tracked events, or what a table or objects of a trace tell."""
    if any("RecipientAddress" in line for line in lines) and (tries := [*_traced(lines), *_in_objects(lines)]):
        return Log("exchange", told(tries))
    heading = next((place for place, line in enumerate(lines) if "EventId" in line and _HEADING.match(line)), None)
    if heading is None:
        return None
    rows = _listed(lines) if _PAIR.match(lines[heading].strip()) else _tabled(lines[heading:])
    tries = tries_of(rows)
    return Log("exchange", told(tries)) if tries else None


def _traced(lines: list[str]) -> Iterator[Try]:
    """Yield what the rows of a trace tell, each a message of its own."""
    names: list[str] = []
    starts: list[int] = []
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if "RecipientAddress" in line and "Status" in line and "---" in below and not below.strip("- "):
            names, starts = _heading(line)
        elif names and "@" in line:
            row = _named(names, _cells(line, starts))
            # a column that is too narrow ends in dots: whose the message was is not known then
            whole = first_address(row.get("recipients", "")) == row.get("recipients")
            for one in tries_of_trace(
                {column: row[column] for column in ("time", "recipients", "verdict") if column in row}
            ):
                yield replace(one, recipient=one.recipient if whole else None, part=line)


def _heading(line: str) -> tuple[list[str], list[int]]:
    """Return the names in a table's heading, and where each begins."""
    words = list(_WORD.finditer(line))
    return [word[0] for word in words], [word.start() for word in words]


def _cells(line: str, starts: list[int]) -> list[str]:
    """Return the cells of a row; where letters are wide, or numbers stand at the right, one begins further left."""
    found = [line.rfind(" ", 0, start) + 1 if start < len(line) else start for start in starts]
    return [line[start:end].strip() for start, end in zip(found, [*found[1:], None], strict=True)]


def _in_objects(lines: list[str]) -> Iterator[Try]:
    """Yield what the objects of a trace tell; PowerShell writes a list of them, or a single one."""
    if not any('"RecipientAddress"' in line for line in lines):
        return
    text = "\n".join(lines)
    opened = _OPENED.search(text)
    if opened is None:
        return
    try:
        held, _end = json.JSONDecoder(strict=False).raw_decode(text, opened.start(1))
    except (ValueError, RecursionError):
        return
    for number, one in enumerate(held if isinstance(held, list) else [held]):
        if isinstance(one, dict) and _OF_TRACE & one.keys():
            row = _named(list(one), [value if isinstance(value, str) else "" for value in one.values()])
            for found in tries_of_trace(row):
                yield replace(found, part="" if row.get("key") else str(number))


def _listed(lines: list[str]) -> list[Row]:
    """Return the rows of a list; a name that comes again begins the next one, an indented line goes on."""
    rows: list[dict[str, str]] = [{}]
    name = ""
    for line in lines:
        if found := _PAIR.match(line):
            name = found["name"]
            if name in rows[-1]:
                rows.append({})
            rows[-1][name] = found["value"].strip()
        elif name and line.startswith(FOLDED):
            rows[-1][name] += f" {line.strip()}"
    return [_named(list(row), list(row.values())) for row in rows]


def _tabled(lines: list[str]) -> list[Row]:
    """Return the rows of a table: each cell begins below its heading."""
    names, starts = _heading(lines[0])
    if not {"event", "recipients"} <= columns_of(names).keys():
        return []
    ends: list[int | None] = [*starts[1:], None]
    return [
        _named(names, [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]) for line in lines[1:]
    ]


def _named(names: list[str], values: list[str]) -> Row:
    return {column: values[place] for column, place in columns_of(names).items()}
