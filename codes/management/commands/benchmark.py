"""`manage.py benchmark SUBJECT`: measures how fast a part is, beside others in the same run."""

from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from codes.preparation import prepare

#: Each is a module of codes/benchmarks.
SUBJECTS = ("reader", "search", "signatures", "lighthouse", "pages", "editing", "soak")


class Command(BaseCommand):
    """Runs one benchmark; what a module needs is imported only when it is asked for."""

    help = "Measure how fast a part is, beside others in the same run."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Give each subject its own options."""
        subjects = parser.add_subparsers(dest="subject", required=True)
        for name in SUBJECTS:
            module = import_module(f"codes.benchmarks.{name}")
            module.add_arguments(subjects.add_parser(name, help=(module.__doc__ or "").partition("\n")[0]))

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure, on the knowledge base of this machine."""
        prepare()
        module = import_module(f"codes.benchmarks.{options['subject']}")
        own = {name: value for name, value in options.items() if name in module.run.__annotations__}
        try:
            module.run(self.stdout.write, **own)
        except FileNotFoundError as error:
            raise CommandError(str(error)) from error
