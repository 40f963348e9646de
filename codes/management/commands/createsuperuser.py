"""`manage.py createsuperuser`, on a fresh clone too."""

from typing import Any

from django.contrib.auth.management.commands import createsuperuser

from codes.preparation import prepare


class Command(createsuperuser.Command):
    """Django's own command, once the database is there."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Prepare the database first: the command looks into it before it asks anything."""
        prepare()
        return super().execute(*args, **options)
