"""Writes the knowledge base back as fixtures."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from codes.models import Reason
from codes.shipping.exporting import export


class Command(BaseCommand):
    """Makes local improvements something that can be reviewed and shipped."""

    help = "Writes the knowledge base of the database as YAML fixtures, byte for byte the same where nothing changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Define the options."""
        parser.add_argument("--directory", type=Path, default=None, help="folder of the files (default: fixtures)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Export, and name the files that changed."""
        if not Reason.objects.exists():
            raise CommandError("There is no knowledge base in this database: the files would be emptied.")
        folder = options["directory"] or settings.BASE_DIR / "fixtures"
        try:
            changed = [name for name, is_changed in export(folder).items() if is_changed]
        except OSError as error:
            raise CommandError(f"The files cannot be written: {error}.") from error
        if options["verbosity"]:
            self.stdout.write(f"Changed: {', '.join(changed)}" if changed else "No file changed.")
