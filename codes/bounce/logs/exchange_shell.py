"""What PowerShell shows of Get-MessageTrackingLog: a list (`EventId : FAIL`) or a table with a heading.

Source: Microsoft's documentation of message tracking (the table's form); Format-List's general form.
"""

from __future__ import annotations

import re

from codes.bounce.logs.exchange_rows import Row, columns_of, tries_of
from codes.bounce.logs.story import Log, told

_PAIR = re.compile(r"(?P<name>[A-Z][A-Za-z]{1,40}) *: ?(?P<value>.*)$")
#: A line that names the event and is not the command that was typed.
_HEADING = re.compile(r"(?!.*\b[Gg]et-)[^|]*\bEventId\b")
_WORD = re.compile(r"\S+")


def read(lines: list[str]) -> Log | None:
    """Return what a list or a table of tracked events tells."""
    heading = next((place for place, line in enumerate(lines) if "EventId" in line and _HEADING.match(line)), None)
    if heading is None:
        return None
    rows = _listed(lines) if _PAIR.match(lines[heading].strip()) else _tabled(lines[heading:])
    tries = tries_of(rows)
    return Log("exchange", told(tries)) if tries else None


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
        elif name and line.startswith("        "):
            rows[-1][name] += f" {line.strip()}"
    return [_named(list(row), list(row.values())) for row in rows]


def _tabled(lines: list[str]) -> list[Row]:
    """Return the rows of a table: each cell begins below its heading."""
    words = list(_WORD.finditer(lines[0]))
    names, starts = [word[0] for word in words], [word.start() for word in words]
    if not {"event", "recipients"} <= columns_of(names).keys():
        return []
    ends: list[int | None] = [*starts[1:], None]
    return [
        _named(names, [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]) for line in lines[1:]
    ]


def _named(names: list[str], values: list[str]) -> Row:
    return {column: values[place] for column, place in columns_of(names).items()}
