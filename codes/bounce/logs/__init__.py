"""Reads log lines: one file a mail system, all of one shape, tried in the order of `READERS`."""

from __future__ import annotations

from codes.bounce.logs import cisco_esa, exim, postfix, sendmail
from codes.bounce.logs.story import Log, Reader

#: A longer line is no line of a log; several patterns look at each one.
LONGEST_LINE = 4000

#: Each takes the lines and returns the deliveries they tell, or None where the lines are not its system's.
READERS: tuple[Reader, ...] = (cisco_esa.read, postfix.read, sendmail.read, exim.read)


def read_log(text: str) -> Log | None:
    """Return what the log lines in a text tell, or None where it holds none."""
    lines = [line for line in text.splitlines() if line.strip() and len(line) < LONGEST_LINE]
    return next((log for reader in READERS if (log := reader(lines))), None)


__all__ = ["READERS", "Log", "read_log"]
