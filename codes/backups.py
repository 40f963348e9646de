"""Copies of the SQLite database: taken and put back whole while Rimbalzo serves."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.core.management.base import CommandError
from django.db import connection, transaction

from codes.knowledge import revision

#: A table that each of our databases has.
OURS = "codes_revision"


def back_up(file: Path) -> int:
    """Write the database, as it is at one moment, to a file of its owner's own; returns its size in bytes.

    Readers and writers go on meanwhile. A file of that name is replaced, by a whole copy or not at all. Raises
    CommandError.
    """
    source = _sqlite("pg_dump --format=custom --file FILE DATABASE_URL")
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    with _told(file):
        try:
            os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            with closing(sqlite3.connect(draft)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
            with draft.open("rb") as written:
                os.fsync(written.fileno())
            os.replace(draft, file)
        finally:
            draft.unlink(missing_ok=True)
        return file.stat().st_size


def restore(file: Path) -> None:
    """Put the database of a file in the place of ours; running servers follow within a second. Raises CommandError."""
    target = _sqlite("pg_restore --clean --if-exists --dbname DATABASE_URL FILE")
    with _told(file), closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as source:
        _must_be_ours(source, file)
        before = revision.current()
        source.backup(target)
    target.execute("PRAGMA journal_mode=WAL")
    with transaction.atomic():
        # Higher than both, or a server would take what it has in memory for what is now in the database.
        revision.raise_above(before)


def _sqlite(instead: str) -> sqlite3.Connection:
    if connection.vendor != "sqlite":
        raise CommandError(f"This database is no SQLite: {instead}")
    connection.ensure_connection()
    opened: sqlite3.Connection = connection.connection
    return opened


def _must_be_ours(source: sqlite3.Connection, file: Path) -> None:
    if source.execute("PRAGMA integrity_check").fetchone() != ("ok",):
        raise CommandError(f"{file} is damaged.")
    if not source.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [OURS]).fetchone():
        raise CommandError(f"{file} is no backup of Rimbalzo.")


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """Turn what can go wrong with a file into a sentence."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise CommandError(f"{file} cannot be used: {error}.") from error
