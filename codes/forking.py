"""What a process does before it forks, and its children after: connections have one owner, orphans must not stay."""

import ctypes
import os
import signal
import sys

from django.db import connections

PR_SET_PDEATHSIG = 1


def close_connections() -> None:
    """Close what children must not inherit: a connection to the database has one owner."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


def die_with(parent: int) -> None:
    """Let this process be killed when its parent dies: an orphan would go on alone, or wait for ever (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before it could be watched
            os._exit(1)
