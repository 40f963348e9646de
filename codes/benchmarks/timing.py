"""Takes times, and lays them out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Item = TypeVar("Item")

#: Rounds of which the quickest counts: what else the machine does can only make one slower.
ROUNDS = 7


def seconds_each(function: Callable[[Item], object], items: Sequence[Item], rounds: int = ROUNDS) -> float:
    """Return the processor seconds that the function takes for one item, in the best of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        for item in items:
            function(item)
        best = min(best, time.process_time() - started)
    return best / len(items)


def table(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as text, the first cell to the left, the others to the right."""
    lines = [tuple(row) for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width) for column, (cell, width) in enumerate(pairs)
        ).rstrip()
        for pairs in (list(zip(line, widths, strict=True)) for line in lines)
    )
