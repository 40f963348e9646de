"""What `manage.py explain --report` does: has many mails explained, and writes what they tell together."""

from __future__ import annotations

import shutil
import sys
from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from codes.explain.failures import sentence_for
from codes.knowledge import snapshot
from codes.reporting import progress
from codes.reporting.as_page import as_page
from codes.reporting.as_text import as_text
from codes.reporting.files import written
from codes.reporting.running import Advance, Made, cores, make, size_of
from codes.reporting.tables import number
from codes.reporting.workers import Task, WorkerDiedError

#: Exit status of a program that Ctrl+C ended.
INTERRUPTED = 130


def report(command: BaseCommand, language: str, options: dict[str, Any]) -> bool:
    """Write the report in the language that is active, and return whether something could not be read.

    Files are there before the report is shown. Ends with exit status 130 where Ctrl+C made it partial; raises
    CommandError where a file cannot be written, or a worker died.
    """
    if options["processes"] is not None and options["processes"] < 1:
        raise CommandError("--processes takes a number from 1 up.")
    knowledge = snapshot.current()
    task = Task(language, not options["without_signatures"], bool(options["csv"]))
    try:
        with ExitStack() as files:
            csv = files.enter_context(written(options["csv"])) if options["csv"] else None
            page = files.enter_context(written(options["html"])) if options["html"] else None
            with _progress(options["file"]) as advance:
                made = make(options["file"], knowledge, task, options["processes"] or cores(), csv, advance)
            if page:
                page.write(as_page(made.summary, knowledge, language, timezone.localtime(), partial=made.partial))
    except OSError as error:
        raise CommandError(f"{error.filename or 'The file'} cannot be written: {error.strerror}.") from error
    except WorkerDiedError as error:
        raise CommandError("A process that explains was killed, perhaps for want of memory.") from error
    if options["format"] == "json":
        command.stdout.write(made.as_json())
    else:
        blocks = (getattr(sys.stdout, "encoding", None) or "").lower().startswith("utf")
        width = shutil.get_terminal_size((88, 24)).columns
        command.stdout.write(as_text(made.summary, knowledge, language, width, blocks=blocks, partial=made.partial))
    _write_asides(command, made, [path for path in (options["csv"], options["html"]) if path])
    if made.partial:
        sys.exit(INTERRUPTED)
    return made.summary.unreadable.total() > 0


def _progress(paths: list[str]) -> AbstractContextManager[Advance]:
    if not sys.stderr.isatty() or "-" in paths:
        return nullcontext(lambda _read, _explained: None)
    return progress.shown(size_of(paths), sys.stderr)


def _write_asides(command: BaseCommand, made: Made, files: list[str]) -> None:
    """Say on stderr what differs from run to run, or is not for whoever gets the report."""
    for name, code in made.unreadable:
        command.stderr.write(f"{name}: {sentence_for(code)}")
    count = made.summary.messages
    told = ngettext(
        "%(count)s message in %(seconds)s seconds, %(rate)s a second.",
        "%(count)s messages in %(seconds)s seconds, %(rate)s a second.",
        count,
    )
    rate = round(count / made.seconds) if made.seconds else 0
    command.stderr.write(
        told % {"count": number(count), "seconds": number(round(made.seconds, 1)), "rate": number(rate)}
    )
    for path in files:
        command.stderr.write(_("%(file)s holds personal data: only you can read it.") % {"file": path})
