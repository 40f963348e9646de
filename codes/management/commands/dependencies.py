"""`manage.py dependencies`: what the app is made of, for those who audit it."""

from typing import Any

from django.core.management.base import BaseCommand

from codes.benchmarks.timing import table
from site_config.dependencies import dependencies


class Command(BaseCommand):
    """Writes a table: package, version, licence, who needs it."""

    help = "Lists every package that the app needs to run, with its version and licence."
    requires_system_checks = ()
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        """List them by name."""
        rows = [(each.name, each.version, each.licence, each.needed_by) for each in dependencies()]
        self.stdout.write(table([("package", "version", "licence", "needed by"), *rows]))
