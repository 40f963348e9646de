"""Puts a backup in the place of the SQLite database, while Rimbalzo serves."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from codes.backups import restore
from codes.preparation import prepare


class Command(BaseCommand):
    """`manage.py restore FILE`."""

    help = "Put a backup in the place of the SQLite database. What the database holds now is lost: back it up first."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        prepare()
        restore(file)
        prepare()  # a backup of an older version is brought up to date
        self.stdout.write(f"The database is now that of {file}.")
