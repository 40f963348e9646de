"""The processes of this machine: who started whom, and how much memory they hold."""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Iterator
from pathlib import Path


def processes() -> Iterator[tuple[int, int]]:
    """Yield the id of every living process, and its parent's (Linux)."""
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = entry.read_text().rpartition(")")[2].split()[:2]
        except OSError:  # it has just ended
            continue
        if state != "Z":
            yield int(entry.parent.name), int(parent)


def workers_of(parent: int) -> list[int]:
    """Return the ids of a process's children (Linux)."""
    return [pid for pid, above in processes() if above == parent]


def megabytes_of(pid: int) -> float:
    """Return the resident memory of a process (Linux), 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), 0)


def resident_megabytes() -> float:
    """Return what this process holds now (Linux; elsewhere the most that it held)."""
    return megabytes_of(os.getpid()) or peak_megabytes()


def peak_megabytes() -> float:
    """Return the most that this process held so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)
