"""`manage.py explain`: explains mails, logs, notices and replies on the command line, one, many, or as a log grows."""

import json
import shutil
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from codes.bounce import UnreadableInput, read
from codes.bounce.files import Content, messages
from codes.explain import Explanation, explain
from codes.explain.failures import as_dict, sentence_for
from codes.explain.plain_text import as_text
from codes.knowledge import snapshot
from codes.knowledge.entries import Knowledge
from codes.preparation import prepare
from codes.reporting import as_page, progress, running
from codes.reporting.as_text import as_text as report_as_text
from codes.reporting.files import written
from codes.reporting.tables import number
from codes.reporting.workers import Task, WorkerDiedError

#: The name of an input, and what it means or why it cannot be read.
Row = tuple[str, Explanation | UnreadableInput]
#: Exit status of a program that Ctrl+C ended.
INTERRUPTED = 130


class Command(BaseCommand):
    """Reads files or standard input, one explanation a message, in the order given; or counts many in a report."""

    help = "Explain bounced mail: files (.eml, .msg, mbox, .zip, logs, text), or standard input with -."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options that the contract fixes, and those of reports."""
        parser.add_argument("file", nargs="*", default=["-"], help="mails, logs, notices; - is standard input")
        parser.add_argument("--format", choices=("text", "json", "jsonl"), default="text")
        parser.add_argument("--language", choices=("it", "en"), default=None)
        parser.add_argument("--without-signatures", action="store_true", help="let codes decide alone, to judge them")
        parser.add_argument("--source-text", action="store_true", help="add the decoded text to which offsets point")
        report = parser.add_argument_group("a report over many")
        report.add_argument("--report", action="store_true", help="count what files and whole folders tell together")
        report.add_argument("--csv", metavar="FILE", help="with --report: also write a line for each delivery")
        report.add_argument("--html", metavar="FILE", help="with --report: also write the report as a page")
        report.add_argument("--processes", type=int, help="with --report: how many at once (default: all cores)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Explain everything; exit status 1 where one input could not be read."""
        _check(options)
        prepare()
        language = options["language"] or translation.get_language() or "it"
        language = language if language in ("it", "en") else "it"
        self.failed = False
        with translation.override(language):
            if options["report"]:
                self._report(language, options)
            else:
                knowledge = snapshot.current()
                if options["without_signatures"]:
                    knowledge = replace(knowledge, signatures={})
                rows = self._explained(options["file"], knowledge, language)
                getattr(self, f"_write_{options['format']}")(rows, language, options["source_text"])
        if self.failed:
            sys.exit(1)

    def _report(self, language: str, options: dict[str, Any]) -> None:
        """Count what the files tell; files asked for are written before the report is shown."""
        knowledge = snapshot.current()
        task = Task(language, not options["without_signatures"], bool(options["csv"]))
        processes = options["processes"] or running.cores()
        try:
            with ExitStack() as files:
                csv = files.enter_context(written(options["csv"])) if options["csv"] else None
                page = files.enter_context(written(options["html"])) if options["html"] else None
                with self._progress(options["file"]) as advance:
                    made = running.make(options["file"], knowledge, task, processes, csv, advance)
                if page:
                    now = timezone.localtime()
                    page.write(as_page.as_page(made.summary, knowledge, language, now, partial=made.partial))
        except OSError as error:
            raise CommandError(f"{error.filename or 'The file'} cannot be written: {error.strerror}.") from error
        except WorkerDiedError as error:
            raise CommandError("A process that explains was killed, perhaps for want of memory.") from error
        self._write_report(made, knowledge, language, options)
        if made.partial:
            sys.exit(INTERRUPTED)
        self.failed = made.summary.unreadable.total() > 0

    def _progress(self, paths: list[str]) -> Any:
        if not sys.stderr.isatty() or "-" in paths:
            return nullcontext(lambda _read, _explained: None)
        return progress.shown(running.size_of(paths), sys.stderr)

    def _write_report(self, made: running.Made, knowledge: Knowledge, language: str, options: dict[str, Any]) -> None:
        if options["format"] == "json":
            self.stdout.write(made.as_json())
        else:
            blocks = (getattr(sys.stdout, "encoding", None) or "").lower().startswith("utf")
            width = shutil.get_terminal_size((88, 24)).columns
            self.stdout.write(
                report_as_text(made.summary, knowledge, language, width, blocks=blocks, partial=made.partial)
            )
        for name, code in made.unreadable:
            self.stderr.write(f"{name}: {sentence_for(code)}")
        count = made.summary.messages
        rate = count / made.seconds if made.seconds else 0
        self.stderr.write(
            ngettext(
                "%(count)s message in %(seconds)s seconds, %(rate)s a second.",
                "%(count)s messages in %(seconds)s seconds, %(rate)s a second.",
                count,
            )
            % {"count": number(count), "seconds": f"{made.seconds:.1f}", "rate": number(round(rate))}
        )
        if options["csv"] or options["html"]:
            names = _(" and ").join(name for name in (options["csv"], options["html"]) if name)
            self.stderr.write(_("%(files)s: written for you alone, since personal data is in it.") % {"files": names})

    def _explained(self, files: list[str], knowledge: Knowledge, language: str) -> Iterator[Row]:
        for name in files:
            for message_name, data in _opened(name):
                try:
                    if isinstance(data, UnreadableInput):
                        raise data
                    yield message_name, explain(read(data), knowledge, language)
                except UnreadableInput as error:
                    self.failed = True
                    yield message_name, error

    def _write_jsonl(self, rows: Iterator[Row], language: str, source: bool) -> None:
        for name, result in rows:
            self.stdout.write(json.dumps(_as_dict(name, result, source), ensure_ascii=False))

    def _write_json(self, rows: Iterator[Row], language: str, source: bool) -> None:
        results = [_as_dict(name, result, source) for name, result in rows]
        self.stdout.write(json.dumps(results[0] if len(results) == 1 else results, ensure_ascii=False, indent=2))

    def _write_text(self, rows: Iterator[Row], language: str, source: bool) -> None:
        for position, (name, result) in enumerate(rows):
            if position:
                self.stdout.write("")
            if isinstance(result, UnreadableInput):
                self.stderr.write(f"{name}: {sentence_for(result.code)}")
            else:
                self.stdout.write(as_text(name, result, snapshot.current(), language))


def _check(options: dict[str, Any]) -> None:
    """Raise CommandError where options do not go together."""
    if options["report"]:
        if options["format"] == "jsonl":
            raise CommandError("A report is text or json; --csv FILE writes a line for each delivery.")
        if options["source_text"]:
            raise CommandError("--source-text is for single explanations, not for a --report.")
        if options["processes"] is not None and options["processes"] < 1:
            raise CommandError("--processes takes a number from 1 up.")
        return
    for name in ("csv", "html", "processes"):
        if options[name]:
            raise CommandError(f"--{name} goes with --report.")


def _opened(name: str) -> Iterator[tuple[str, Content]]:
    try:
        if name == "-":
            yield from messages(name, sys.stdin.buffer)
        else:
            with Path(name).open("rb") as stream:
                yield from messages(name, stream)
    except OSError as error:
        yield name, UnreadableInput("directory" if isinstance(error, IsADirectoryError) else "missing")


def _as_dict(name: str, result: Explanation | UnreadableInput, source: bool) -> dict[str, Any]:
    if isinstance(result, UnreadableInput):
        return as_dict(name, result.code)
    return result.as_dict(name, with_source=source)
