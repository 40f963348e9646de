"""Checks the shipped texts against the style guide."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from codes.linting.check import lint
from codes.shipping.reading import InvalidFixture


class Command(BaseCommand):
    """Tells every text that breaks a rule of fixtures/README.md: the rule, what was found, what is expected."""

    help = "Checks the fixtures against the rules of fixtures/README.md. Needs the development dependencies."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Define the options."""
        parser.add_argument("--directory", type=Path, default=None, help="folder of the files (default: fixtures)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the findings; raises CommandError where there are any."""
        try:
            findings = lint(options["directory"] or settings.BASE_DIR / "fixtures")
        except InvalidFixture as error:
            raise CommandError(str(error)) from error
        except ModuleNotFoundError as error:
            raise CommandError(f"{error.name} is missing: install the development dependencies (uv sync).") from error
        for finding in findings:
            self.stdout.write(str(finding))
        if findings:
            raise CommandError(f"{len(findings)} findings.")
        if options["verbosity"]:
            self.stdout.write("Every text keeps to the rules.")
