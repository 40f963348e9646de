"""Makes a report: opens files and folders, has them explained, adds up what comes back."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TextIO

from codes.bounce import UnreadableInput
from codes.bounce.files import messages
from codes.bounce.folders import files_below
from codes.explain.lists import LISTS
from codes.knowledge.entries import Knowledge
from codes.reporting.rows import MARK, Table
from codes.reporting.summary import Summary
from codes.reporting.workers import Message, Task, parts_of

#: Names of what could not be read that are kept, to be shown.
MOST_NAMES = 10

#: Called with the bytes that were read, and the messages that were explained, since the last call.
Advance = Callable[[int, int], object]


@dataclass(slots=True)
class Made:
    """What a run gave: the counts, names of what could not be read, how long it took, whether it was broken off."""

    summary: Summary = field(default_factory=Summary)
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    seconds: float = 0.0
    partial: bool = False

    def as_json(self) -> str:
        """Return the counts as one JSON object, the most frequent first, with the addresses of each list."""
        summary = self.summary
        counts = {
            name: dict(sorted(getattr(summary, name).items(), key=lambda item: (-item[1], item[0])))
            for name in ("unreadable", "outcomes", "reasons", "actors", "providers", "domains", "days")
        }
        told = {
            "partial": self.partial,
            "messages": summary.messages,
            "bounces": summary.bounces,
            "not_bounces": summary.not_bounces,
            **counts,
            "addresses": {name: summary.on_list(name) for name in LISTS},
        }
        return json.dumps(told, ensure_ascii=False, indent=2)


def make(
    paths: list[str],
    knowledge: Knowledge,
    task: Task,
    processes: int,
    csv: TextIO | None,
    advance: Advance,
) -> Made:
    """Explain all that the paths name and return what it tells; Ctrl+C ends it early, with what was read so far.

    Lines for the CSV file are written to `csv` as they come.
    Raises WorkerDiedError, and OSError where `csv` cannot be written.
    """
    made = Made()
    begun = time.monotonic()
    if csv:
        csv.write(MARK)
        Table(csv, task.language).heading()
    try:
        for part in parts_of(opened(paths, lambda size: advance(size, 0)), knowledge, task, processes):
            made.summary.add(part.summary)
            made.unreadable += part.unreadable[: MOST_NAMES - len(made.unreadable)]
            if csv:
                csv.write(part.csv)
            advance(0, part.summary.messages)
    except KeyboardInterrupt:
        made.partial = True
    made.seconds = time.monotonic() - begun
    return made


def opened(paths: list[str], advance: Callable[[int], object]) -> Iterator[Message]:
    """Yield the messages of files and folders; "-" is standard input."""
    for path in files_below(paths):
        read = 0
        try:
            with _stream(path) as stream:
                for name, content in messages(path, stream):
                    yield name, content
                    size = len(content) if isinstance(content, bytes) else 0
                    read += size
                    advance(size)
                advance(_size(path) - read)  # the rest, such as what a zip holds besides, or less where it unfolded
        except OSError:
            yield path, UnreadableInput("missing")


def _stream(path: str) -> IO[bytes]:
    return sys.stdin.buffer if path == "-" else Path(path).open("rb")


def size_of(paths: list[str]) -> int:
    """Return how many bytes there are to read."""
    return sum(map(_size, files_below(paths)))


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def cores() -> int:
    """Return how many processes can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
