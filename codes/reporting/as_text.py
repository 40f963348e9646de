"""A report as plain text, in the width of the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from codes.explain.plain_text import printable
from codes.knowledge.entries import Knowledge
from codes.reporting.summary import Summary
from codes.reporting.tables import Listed, Table, counted, lists_of, number, tables_of

#: Addresses of a list that are shown.
FIRST = 5
#: Columns: the narrowest and widest text, and those of a table beside its labels and bars: blanks, count, share.
_NARROWEST, _WIDEST = 40, 120
_NUMBERS = 18
_EIGHTHS = " ▏▎▍▌▋▊▉"


def as_text(summary: Summary, knowledge: Knowledge, language: str, width: int, *, blocks: bool, partial: bool) -> str:
    """Return the report in the language that is active; `blocks` says whether the terminal can draw bars of blocks."""
    width = max(_NARROWEST, min(width, _WIDEST))
    pieces = [textwrap.fill(counted(summary), width)]
    if partial:
        pieces.insert(0, textwrap.fill(_("Interrupted: this is the report on what was read so far."), width))
    pieces += ["\n".join(_table(table, width, blocks)) for table in tables_of(summary, knowledge, language)]
    pieces += ["\n".join(_listed(listed, width)) for listed in lists_of(summary)]
    return "\n\n".join(pieces)


def _table(table: Table, width: int, blocks: bool) -> Iterator[str]:
    yield table.title
    labels = min(max(len(row.label) for row in table.rows), max(20, (width - _NUMBERS) * 2 // 3))
    room = width - labels - _NUMBERS
    for row in table.rows:
        *above, last = textwrap.wrap(printable(row.label), labels, break_long_words=True) or [""]
        yield from (f"  {line}" for line in above)
        bar = "" if row.rest else _bar(row.length, room, blocks)
        yield f"  {last:<{labels}} {number(row.count):>8} {row.share:4.0%}  {bar}".rstrip()


def _bar(length: float, room: int, blocks: bool) -> str:
    if not blocks:
        return "#" * round(length * room)
    whole, eighths = divmod(max(1, round(length * room * 8)), 8)
    return "█" * whole + _EIGHTHS[eighths].strip()


def _listed(listed: Listed, width: int) -> Iterator[str]:
    yield f"{listed.title}: {number(len(listed.addresses))}"
    if not listed.addresses:
        return
    yield from textwrap.wrap(listed.advice, width, initial_indent="  ", subsequent_indent="  ")
    yield from (f"  {printable(address)}" for address in listed.first(FIRST))
    if others := listed.others(FIRST):
        yield "  " + ngettext(
            "and %(count)s other, in the CSV file (--csv)", "and %(count)s others, in the CSV file (--csv)", others
        ) % {"count": number(others)}
