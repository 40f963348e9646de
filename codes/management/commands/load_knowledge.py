"""Loads the shipped knowledge base and keeps what was edited here."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from codes.shipping import summary
from codes.shipping.loading import load
from codes.shipping.reading import InvalidFixture


class Command(BaseCommand):
    """Runs at every deployment, and at any time."""

    help = (
        "Loads the shipped knowledge base: creates what is new, updates what nobody edited, keeps what was edited or "
        "deleted here and marks where a newer shipped text is waiting."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Define the options."""
        parser.add_argument("--directory", type=Path, default=None, help="folder of the files (default: fixtures)")
        parser.add_argument("--dry-run", action="store_true", help="show what would be done, and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and print what was done."""
        folder = options["directory"] or settings.BASE_DIR / "fixtures"
        try:
            steps = load(folder, dry_run=options["dry_run"])
        except InvalidFixture as error:
            raise CommandError(f"{error} Nothing was loaded.") from error
        except IntegrityError as error:
            raise CommandError(
                "The knowledge base was changed meanwhile: nothing was loaded, run this again."
            ) from error
        if options["verbosity"]:
            for line in summary.lines(steps):
                self.stdout.write(line)
            if options["dry_run"]:
                self.stdout.write("\nThis was a dry run: nothing was written.")
