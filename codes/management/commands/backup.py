"""Writes the SQLite database to a file, while Rimbalzo serves."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from codes.backups import back_up


class Command(BaseCommand):
    """`manage.py backup FILE`."""

    help = "Write the SQLite database to a file, also while Rimbalzo serves. A file of that name is replaced."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        size = back_up(file)
        self.stdout.write(f"{file}: {size >> 10} KB. It holds accounts: keep it as safe as the database.")
