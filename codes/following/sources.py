"""Gives the lines of a pipe or of a growing file as soon as they are there."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

#: Bytes asked for at a time, and those after which a line without an end is cut: no line of a log is as long.
_BLOCK = 1 << 16
_LONGEST = 1 << 20
#: Seconds between two looks at a file.
LOOK_EVERY = 0.2


class _Lines:
    """Parts bytes into lines; what is no UTF-8 is replaced."""

    def __init__(self) -> None:
        self._rest = b""

    def of(self, data: bytes) -> Iterator[str]:
        """Yield the lines that these bytes complete."""
        *whole, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > _LONGEST:
            whole.append(self._rest)
            self._rest = b""
        yield from map(_decoded, whole)

    def last(self) -> Iterator[str]:
        """Yield what stands behind the last line's end."""
        if self._rest:
            yield _decoded(self._rest)
        self._rest = b""


def _decoded(line: bytes) -> str:
    return line.decode("utf-8", "replace").rstrip("\r")


def lines_of_pipe(descriptor: int) -> Iterator[str]:
    """Yield the lines of a pipe until it is closed; nothing waits for a buffer to fill."""
    lines = _Lines()
    while data := os.read(descriptor, _BLOCK):
        yield from lines.of(data)
    yield from lines.last()


def lines_of_file(path: Path, look_every: float = LOOK_EVERY) -> Iterator[str]:
    """Yield the lines that are written to a file from now on, for ever.

    A file that takes its name is read from its beginning once the old one is read to its end, and so is one that became
    shorter, as log rotation leaves them. Raises OSError where there is no such file at first.
    """
    stream = path.open("rb", buffering=0)
    stream.seek(0, os.SEEK_END)
    while True:
        lines = _Lines()
        yield from _until_replaced(stream, path, lines, look_every)
        stream.close()
        yield from lines.last()
        stream = path.open("rb", buffering=0)


def _until_replaced(stream: BinaryIO, path: Path, lines: _Lines, look_every: float) -> Iterator[str]:
    while True:
        replaced = _is_replaced(stream, path)  # looked at first: what was written before it is read still
        while data := stream.read(_BLOCK):
            yield from lines.of(data)
        if replaced:
            return
        time.sleep(look_every)


def _is_replaced(stream: BinaryIO, path: Path) -> bool:
    try:
        now, ours = path.stat(), os.fstat(stream.fileno())
    except OSError:  # between two files, as rotation leaves it for a moment
        return False
    return (now.st_dev, now.st_ino) != (ours.st_dev, ours.st_ino) or now.st_size < stream.tell()
