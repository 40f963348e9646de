"""An editor among thousands of entries: how long lists and saving take, and until another process shows a change."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import cycle, islice

from codes.benchmarks.editor import NAME, PASSWORD, Editor
from codes.benchmarks.load import fetch, free_port, rimbalzo, settle
from codes.benchmarks.timing import table
from site_config.environment import CHECKOUT

#: Milliseconds that are wanted: of a list, of saving, and until another process shows what was saved.
LIST, SAVE, SEEN = 300, 200, 2000
#: Seconds between two edits: nobody writes faster, and the servers build their search indices meanwhile.
PAUSE = 5
LISTS = ("signature", "reason", "replycode", "enhancedcode", "provider", "guide", "term")
#: What is edited: the kind, and the address of its page before its key.
PAGES = {"reason": "reasons", "signature": "messages", "replycode": "codes"}


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--entries", type=int, default=5000, help="how many in all (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=7, help="how often (default: %(default)s)")


def run(write: Callable[[str], object], entries: int, rounds: int) -> None:
    """Edit on one server and read on another, both at one database, and write the medians and the worst."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="rimbalzo-editing-"))
        own = {"DATA_DIR": folder, "SECRET_KEY": "k" * 60}
        _manage(own, "createsuperuser", "--no-input", "--username", NAME, "--email", "anna@example.it")
        edited = json.loads(_manage(own, "shell", "--no-imports", "-c", f"{MAKE} print(make({entries}))"))
        roots = [f"http://127.0.0.1:{free_port()}" for _ in range(2)]
        for root in roots:
            stack.enter_context(rimbalzo(int(root.rpartition(":")[2]), 1, **own))
        measured = list(_measured(roots, edited, rounds))
    write(f"{entries} entries, {rounds} rounds, milliseconds\n")
    rows = [
        (what, f"{statistics.median(times):.0f}", f"{max(times):.0f}", str(wanted)) for what, times, wanted in measured
    ]
    write(table([("", "median", "most", "wanted"), *rows]))


MAKE = "from codes.benchmarks.editing import make;"


def make(entries: int) -> str:
    """Fill the database of this process up with known messages like the shipped ones.

    Returns, as JSON, the primary key and the address of one entry of each kind that is edited.
    """
    from codes import models
    from codes.knowledge import revision
    from codes.preparation import prepare

    prepare(say=lambda line: None)
    shipped = list(models.Signature.objects.all())
    missing = entries - sum(model._default_manager.count() for model in models.SHIPPED_MODELS)
    made = []
    for count, row in enumerate(islice(cycle(shipped), max(missing, 0))):
        turn = count // len(shipped) + 1
        columns = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        slug = f"{row.slug[:70]}-{turn}"
        patterns = [f"{pattern} variant{turn}" for pattern in row.patterns]
        examples = [f"{example} variant{turn}" for example in row.examples]
        columns |= {"id": None, "slug": slug, "patterns": patterns, "examples": examples}
        made.append(models.Signature(**columns))
    models.Signature.objects.bulk_create(made, batch_size=200)
    revision.bump()
    rows = {"reason": models.Reason, "signature": models.Signature, "replycode": models.ReplyCode}
    keys = {"reason": "mailbox-full", "signature": shipped[0].slug, "replycode": "550"}
    return json.dumps(
        {
            kind: (model._default_manager.get_by_natural_key(keys[kind]).pk, f"/it/{PAGES[kind]}/{keys[kind]}/")
            for kind, model in rows.items()
        }
    )


def _measured(
    roots: list[str], edited: dict[str, tuple[int, str]], rounds: int
) -> Iterator[tuple[str, list[float], int]]:
    editor = Editor(roots[0])
    for root in roots:
        settle(f"{root}/healthz")
    for kind in LISTS:
        address = f"/admin/codes/{kind}/"
        editor.status(address)
        yield (
            f"list of {kind}",
            [_milliseconds(lambda address=address: editor.status(address)) for _ in range(rounds)],
            LIST,
        )
    for kind, (row, page) in edited.items():
        saving, seen = [], []
        for turn in range(rounds + 1):
            time.sleep(PAUSE)
            title = f"Titolo {kind} {turn}"
            if not editor.title(row, title, kind):
                raise RuntimeError(f"{kind} was not saved.")
            while title.encode() not in fetch(roots[1] + page):
                time.sleep(0.02)
            if turn:  # the first one warms up
                saving.append(editor.saving * 1000)
                seen.append((time.monotonic() - editor.sent) * 1000)
        yield f"saving a {kind}", saving, SAVE
        yield f"{kind} seen on the other server", seen, SEEN


def _milliseconds(act: Callable[[], object]) -> float:
    began = time.monotonic()
    act()
    return (time.monotonic() - began) * 1000


def _manage(own: dict[str, str], *words: str) -> str:
    environ = {**os.environ, **own, "DJANGO_SUPERUSER_PASSWORD": PASSWORD}
    done = subprocess.run(  # noqa: S603 (our own words)
        [sys.executable, "manage.py", *words], cwd=CHECKOUT, env=environ, capture_output=True, text=True, check=True
    )
    return done.stdout.strip().rpartition("\n")[2]
