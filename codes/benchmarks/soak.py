"""Load, killed workers and a database that comes and goes: what fails, what is lost, how memory grows."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, suppress
from http.client import HTTPException

from django.core.management.base import CommandError

from codes.benchmarks.editor import NAME, PASSWORD, Editor
from codes.benchmarks.load import fetch, free_port, rimbalzo
from codes.benchmarks.postgres import PostgreSQL
from codes.benchmarks.processes import megabytes_of
from codes.benchmarks.processes import workers_of as workers_of_server
from site_config.environment import CHECKOUT

PATHS = ("/it/", "/en/codes/550/", "/it/codes/4.2.2/", "/it/search/?q=casella", "/en/reasons/", "/it/explain/")
BOUNCE = b"text=550+5.1.1+User+unknown&as=notice"
READERS = 2
#: Seconds from one killed worker, and from one restart of the database, to the next.
KILL_EVERY, RESTART_EVERY = 5, 20
#: Megabytes by which a worker may grow, as a share of what it has once it is warm.
GROWTH = 0.10


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--seconds", type=int, default=480, help="how long (default: %(default)s)")


def run(write: Callable[[str], object], seconds: int) -> None:
    """Soak a server on a PostgreSQL of its own, and write what came of it; raises CommandError where it is not well."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="rimbalzo-soak-"))
        postgres = PostgreSQL()
        stack.callback(postgres.end)
        own = {"DATABASE_URL": postgres.url, "DATA_DIR": folder, "SECRET_KEY": "k" * 60}
        _manage(own, "createsuperuser", "--no-input", "--username", NAME, "--email", "anna@example.it")
        number = int(_manage(own, "shell", "--no-imports", "-c", f"{ROW} print(row.pk)"))
        root = f"http://127.0.0.1:{(port := free_port())}"
        server = stack.enter_context(rimbalzo(port, 3, **own))
        soak = Soak(root, number)
        memory = soak.run(server.pid, postgres, seconds)
        ended = server.poll() is not None
        title = _manage(own, "shell", "--no-imports", "-c", f"{ROW} print(row.title_it)")
    lost = title not in soak.may_be
    grown = memory[-1] / memory[0] - 1
    write(f"{seconds} s: {soak.kills} workers killed, {soak.restarts} restarts of the database")
    write("Answers: " + ", ".join(f"{count} × {status}" for status, count in sorted(soak.answers.items())))
    write(f"Broken off by a kill: {soak.broken}; edits saved: {soak.edits}, the last one {'LOST' if lost else 'there'}")
    write(f"Memory of the worker left alone: {memory[0]:.0f} MB warm, {memory[-1]:.0f} MB at the end ({grown:+.0%})")
    failed = sum(count for status, count in soak.answers.items() if status >= 500)
    if ended:
        write("The server has ended.")
    if ended or failed or lost or not soak.edits or grown > GROWTH:
        raise CommandError("It is not well.")


ROW = "from codes.models import ReplyCode; row = ReplyCode.objects.get(code='550');"


def _manage(own: dict[str, str], *words: str) -> str:
    environ = {**os.environ, **own, "DJANGO_SUPERUSER_PASSWORD": PASSWORD}
    done = subprocess.run(  # noqa: S603 (our own words)
        [sys.executable, "manage.py", *words], cwd=CHECKOUT, env=environ, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


class Soak:
    """Readers, an editor, and what happens to them."""

    def __init__(self, root: str, number: int) -> None:
        self.answers: Counter[int] = Counter()
        self.broken = self.edits = self.kills = self.restarts = 0
        #: What the title may be: the last one that was saved, and those tried since.
        self.may_be: set[str] = set()
        self._root, self._number = root, number
        self._ended = threading.Event()

    def run(self, parent: int, postgres: PostgreSQL, seconds: int) -> list[float]:
        """Soak so long; return the megabytes of one worker, once it was warm and from then on."""
        threads = [threading.Thread(target=self._edit), *(threading.Thread(target=self._read) for _ in range(READERS))]
        for thread in threads:
            thread.start()
        began = time.monotonic()
        memory: list[float] = []
        alone = workers_of_server(parent)[0]
        next_kill, next_restart = began + KILL_EVERY, began + RESTART_EVERY / 2
        try:
            while (now := time.monotonic()) < began + seconds:
                if now >= next_kill:
                    self._kill([pid for pid in workers_of_server(parent) if pid != alone])
                    next_kill = now + KILL_EVERY
                if now >= next_restart:
                    postgres.stop()
                    time.sleep(1)
                    postgres.start()
                    self.restarts += 1
                    next_restart = now + RESTART_EVERY
                if now - began >= seconds / 4:
                    memory.append(megabytes_of(alone))
                time.sleep(0.25)
        finally:
            self._ended.set()
            for thread in threads:
                thread.join()
        return memory

    def _kill(self, workers: list[int]) -> None:
        for pid in workers[:1]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                self.kills += 1

    def _read(self) -> None:
        turn = 0
        while not self._ended.is_set():
            turn += 1
            path = PATHS[turn % len(PATHS)]
            try:
                fetch(self._root + path, BOUNCE if path.endswith("explain/") else None)
                self.answers[200] += 1
            except urllib.error.HTTPError as error:
                error.close()
                self.answers[error.code] += 1
            except (OSError, HTTPException):
                self.broken += 1

    def _edit(self) -> None:
        """Save one title after the other, as fast as they are taken; the admin may say 503 meanwhile."""
        editor, turn = None, 0
        while not self._ended.is_set():
            try:
                editor = editor or Editor(self._root)
            except (OSError, HTTPException):
                time.sleep(0.2)
                continue
            turn += 1
            self.may_be.add(title := f"Titolo {turn}")
            if editor.title(self._number, title):
                self.edits += 1
                self.may_be = {title}
            else:
                time.sleep(0.2)
