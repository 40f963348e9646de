"""How much memory this process holds, and held at most."""

from __future__ import annotations

import resource
import sys
from pathlib import Path


def resident_megabytes() -> float:
    """Return what the process holds now (Linux; elsewhere the most that it held)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return peak_megabytes()
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def peak_megabytes() -> float:
    """Return the most that the process held so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)
