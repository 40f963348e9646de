"""What was prepared from what: a stamp lies where its result lies, so that both get lost, or restored, together."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import connection


class Store(Protocol):
    """Where stamps are kept."""

    def read(self, name: str) -> str:
        """Return a step's stamp, empty where there is none."""

    def write(self, name: str, stamp: str) -> None:
        """Keep a step's stamp."""


class Files:
    """Stamps of what lies in DATA_DIR, beside it."""

    def read(self, name: str) -> str:
        """Return a step's stamp, empty where there is none."""
        file = self._file(name)
        return file.read_text() if file.exists() else ""

    def write(self, name: str, stamp: str) -> None:
        """Keep a step's stamp."""
        self._file(name).write_text(stamp)

    @staticmethod
    def _file(name: str) -> Path:
        return Path(settings.DATA_DIR) / f"{name}.stamp"


class Database:
    """Stamps of what is in the database, in a table of their own: another database, or an older copy, has other stamps.

    The table is no model, since it is read before there are any migrations.
    """

    TABLE = "rimbalzo_prepared"

    def read(self, name: str) -> str:
        """Return a step's stamp, empty where there is none."""
        if self.TABLE not in connection.introspection.table_names():
            return ""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT stamp FROM {self.TABLE} WHERE name = %s", [name])
            row = cursor.fetchone()
        return row[0] if row else ""

    def write(self, name: str, stamp: str) -> None:
        """Keep a step's stamp."""
        with connection.cursor() as cursor:
            columns = "name varchar(40) PRIMARY KEY, stamp text NOT NULL"
            cursor.execute(f"CREATE TABLE IF NOT EXISTS {self.TABLE} ({columns})")
            cursor.execute(
                f"INSERT INTO {self.TABLE} (name, stamp) VALUES (%s, %s)"
                " ON CONFLICT (name) DO UPDATE SET stamp = excluded.stamp",
                [name, stamp],
            )


def digest(parts: Iterable[str]) -> str:
    """Return a short digest of some texts, whatever their order."""
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()[:32]


def contents(files: Iterable[tuple[str, Path]]) -> str:
    """Return a digest of files' names and contents; the same on every machine, since nodes may share a database."""
    return digest(f"{name} {hashlib.sha256(file.read_bytes()).hexdigest()}" for name, file in files)


def listing(folder: Path) -> str:
    """Return a digest of the names and sizes of what lies in a folder, so that a file lost there is noticed."""
    return digest(f"{file.relative_to(folder)} {file.stat().st_size}" for file in folder.rglob("*") if file.is_file())
