"""The progress bar of a long run, on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from django.utils.translation import ngettext
from tqdm import tqdm

from codes.reporting.running import Advance
from codes.reporting.tables import number


@contextmanager
def shown(size: int, stream: TextIO) -> Iterator[Advance]:
    """Give what is to be called with the bytes read and messages explained since; `size` are the bytes in all."""
    tqdm.monitor_interval = 0  # no thread of its own: processes are forked beside it
    done = 0
    with tqdm(total=size, file=stream, leave=False, bar_format="{percentage:3.0f}% {bar} {desc} {remaining}") as bar:

        def advance(read: int, explained: int) -> None:
            nonlocal done
            done += explained
            bar.set_description_str(
                ngettext("%(count)s message", "%(count)s messages", done) % {"count": number(done)}, refresh=False
            )
            bar.update(read)

        yield advance
