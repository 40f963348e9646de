"""One at a time: two processes, or two machines on one database, must not prepare together."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

#: Any number, as long as nothing else locks the same one in this database.
ADVISORY_LOCK = 0x52494D42  # "RIMB"


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Wait until nobody else prepares this folder or this database; both locks end with the process at the latest."""
    with file.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])
