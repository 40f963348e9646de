"""Prepares what is needed and runs the production server."""

import os
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from codes.forking import close_connections
from codes.knowledge import snapshot
from codes.preparation import prepare
from site_config import server


def between(lowest: int, highest: int) -> Callable[[str], int]:
    """Return a type of option: a whole number within these bounds."""

    def number(given: str) -> int:
        if not given.isdecimal() or not lowest <= int(given) <= highest:
            raise ArgumentTypeError(f"{given!r} is not a number from {lowest} to {highest}.")
        return int(given)

    return number


class Command(BaseCommand):
    """`manage.py serve`."""

    help = "Prepares the database, the texts and the static files where needed, and serves Rimbalzo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the address, the port and the number of workers."""
        parser.add_argument("--address", default="127.0.0.1", help="Address to listen at (%(default)s).")
        parser.add_argument("--port", default=8000, type=between(1, 65535), help="Port to listen at (%(default)s).")
        parser.add_argument("--workers", default=1, type=between(1, 64), help="Number of processes (%(default)s).")

    def handle(self, *, address: str, port: int, workers: int, **options: Any) -> None:
        """Prepare, say where the app is to be found, and serve until told to end."""
        if settings.DEBUG:
            raise CommandError(
                "DEBUG is on, and its error pages would show what people paste: unset it, or use runserver."
            )
        try:
            server.claim(address, port)
            prepare(static=True, say=self._say)
            self._hint_at_staff()
            place = server.claim(address, port)  # once more: preparing can take a while
            self._hint_at_hosts(place)
        except server.CannotListen as error:
            raise CommandError(str(error)) from error
        snapshot.current()  # inherited by every worker, also by one that is started while the database is gone
        close_connections()  # the workers are forked
        server.run(place, workers, listening=lambda: self._say(f"Rimbalzo listens at {place.url} (Ctrl+C ends it)."))

    def _hint_at_staff(self) -> None:
        if not get_user_model().objects.filter(is_staff=True, is_active=True).exists():
            self._say("Nobody can edit the texts yet. To make the first account: uv run manage.py createsuperuser")

    def _hint_at_hosts(self, place: server.Place) -> None:
        if place.is_open and not os.environ.get("ALLOWED_HOSTS"):
            names = ", ".join(settings.ALLOWED_HOSTS)
            self._say(f"It answers only as {names}: set ALLOWED_HOSTS to the names under which others ask.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
