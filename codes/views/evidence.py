"""The pasted text with the words that decided marked and numbered, each number tied to a statement."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape  # Django's looks for lazy texts too, which costs as much again for every line

from django.utils.safestring import SafeString, mark_safe

from codes.explain.explanation import Evidence


@dataclass(frozen=True, slots=True)
class Piece:
    """A statement and its number in the text; None where other marks cover all of it."""

    what: str
    quote: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that bears a number; a later stretch of the same statement does not repeat it."""

    start: int
    end: int
    number: int
    first: bool
    owner: int


@dataclass(slots=True)
class Line:
    """A line of the text, as HTML."""

    number: int
    html: SafeString
    decisive: bool


class Annotation:
    """Numbers the evidence of all blocks of a page, one after the other."""

    def __init__(self, text: str, blocks: Iterable[Iterable[Evidence]]) -> None:
        self.text = text
        self.pieces: list[list[Piece]] = []
        numbered: list[tuple[Evidence, int, int]] = []
        by_span: dict[tuple[int, int], int] = {}
        for owner, block in enumerate(blocks):
            self.pieces.append([])
            for evidence in block:
                if not 0 <= evidence.start < evidence.end <= len(text):
                    continue
                span = (evidence.start, evidence.end)
                if span not in by_span:
                    by_span[span] = len(by_span) + 1
                    numbered.append((evidence, by_span[span], owner))
                self.pieces[owner].append(Piece(evidence.what, evidence.quote, by_span[span]))
        self.marks = _without_overlaps(text, numbered)
        self._renumber()

    def _renumber(self) -> None:
        """Close the gaps that statements without a mark of their own leave in the numbers."""
        shown = {mark.number for mark in self.marks}
        order = {old: new for new, old in enumerate(sorted(shown), start=1)}
        self.marks = [Mark(mark.start, mark.end, order[mark.number], mark.first, mark.owner) for mark in self.marks]
        self.pieces = [
            list(dict.fromkeys(Piece(piece.what, piece.quote, order.get(piece.number or 0)) for piece in block))
            for block in self.pieces
        ]

    def decisive_lines(self, owner: int) -> list[Line]:
        """Return the lines that hold a block's evidence; a mark has its id where its number is new."""
        wanted = {piece.number for piece in self.pieces[owner]}
        marks = [mark for mark in self.marks if mark.number in wanted]
        starts = self._starts
        wanted_lines = sorted(
            {
                number
                for mark in marks
                for number in range(bisect_right(starts, mark.start) - 1, bisect_right(starts, mark.end - 1))
            }
        )
        return [line for line in self._lines(marks, owner, wanted_lines) if line.decisive]

    def all_lines(self) -> list[Line]:
        """Return the whole text, marked."""
        return list(self._lines(self.marks, None, range(len(self._starts))))

    @cached_property
    def _starts(self) -> list[int]:
        """Return where each line begins."""
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def _lines(self, marks: list[Mark], owner: int | None, wanted: Iterable[int]) -> Iterator[Line]:
        """Yield some lines, counted from 0; a text may have a million of which a block's marks touch three."""
        position = 0
        for index in wanted:
            start = self._starts[index]
            end = self._starts[index + 1] - 1 if index + 1 < len(self._starts) else len(self.text)
            while position < len(marks) and marks[position].end <= start:
                position += 1
            here = []
            for mark in marks[position:]:
                if mark.start >= end:
                    break
                here.append(mark)
            yield Line(index + 1, _marked(self.text[start:end], start, here, owner), bool(here))


def _without_overlaps(text: str, numbered: list[tuple[Evidence, int, int]]) -> list[Mark]:
    """Give every character to the shortest statement that covers it."""
    marks: list[Mark] = []
    for evidence, number, owner in sorted(numbered, key=lambda item: (item[0].end - item[0].start, item[0].start)):
        free = [(evidence.start, evidence.end)]
        for mark in marks:
            free = [
                piece
                for start, end in free
                for piece in ((start, min(end, mark.start)), (max(start, mark.end), end))
                if piece[0] < piece[1]
            ]
        free = [(start, end) for start, end in sorted(set(free)) if any(char.isalnum() for char in text[start:end])]
        for index, (start, end) in enumerate(free):
            shown = text[start:end]
            first = start + len(shown) - len(shown.lstrip())
            marks.append(Mark(first, first + len(shown.strip()), number, index == 0, owner))
    return sorted(marks, key=lambda mark: mark.start)


def _marked(line: str, offset: int, marks: list[Mark], owner: int | None) -> SafeString:
    """Escape a line and mark it."""
    if not marks:  # nearly always
        return mark_safe(escape(line.replace("\r", "")))
    html, position = [], 0
    for mark in marks:
        start, end = max(mark.start - offset, 0), min(mark.end - offset, len(line))
        goes_on = mark.start < offset or not mark.first
        anchor = f' id="m{mark.number}"' if owner == mark.owner and not goes_on else ""
        more = ' class="more"' if goes_on else ""
        html.append(escape(line[position:start].replace("\r", "")))
        html.append(f'<mark{anchor}{more} data-n="{mark.number}">{escape(line[start:end].replace(chr(13), ""))}</mark>')
        position = end
    html.append(escape(line[position:].replace("\r", "")))
    return mark_safe("".join(html))
