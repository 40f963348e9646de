"""`manage.py explain`: explains mails, logs, notices and replies on the command line, one, many, or as a log grows."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from codes.bounce import UnreadableInput, read
from codes.bounce.files import Content, messages
from codes.explain import Explanation, explain
from codes.explain.failures import as_dict, sentence_for
from codes.explain.plain_text import as_text
from codes.following.command import follow
from codes.knowledge import snapshot
from codes.knowledge.entries import Knowledge
from codes.preparation import prepare
from codes.reporting.command import report
from site_config.checks import SETTINGS

#: The name of an input, and what it means or why it cannot be read.
Row = tuple[str, Explanation | UnreadableInput]


class Command(BaseCommand):
    """Reads files or standard input, one explanation a message, in the order given; or counts many in a report."""

    help = "Explain bounced mail: files (.eml, .msg, mbox, .zip, logs, text), or standard input with -."
    requires_migrations_checks = False
    requires_system_checks = (SETTINGS,)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options that the contract fixes, and those for many mails and for logs."""
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
        log = parser.add_argument_group("a log while it grows")
        log.add_argument("--follow", action="store_true", help="tell of each delivery that fails, as its lines come")
        log.add_argument("--all", action="store_true", help="with --follow: also what is still being tried")
        log.add_argument(
            "--link-base", metavar="URL", help="with --follow: where links lead, https://rimbalzo.example.it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Explain everything; exit status 1 where one input could not be read."""
        _check(options)
        prepare()
        language = options["language"] or translation.get_language() or "it"
        language = language if language in ("it", "en") else "it"
        self.failed = False
        with translation.override(language):
            if options["report"]:
                self.failed = report(self, language, options)
            elif options["follow"]:
                follow(self, language, options)
            else:
                knowledge = snapshot.current()
                if options["without_signatures"]:
                    knowledge = replace(knowledge, signatures={})
                rows = self._explained(options["file"], knowledge, language)
                getattr(self, f"_write_{options['format']}")(rows, language, options["source_text"])
        if self.failed:
            sys.exit(1)

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
    given = {name for name, value in options.items() if value not in (None, False)}
    if "report" in given and "follow" in given:
        raise CommandError("--report and --follow do not go together.")
    for mode, own in (("report", ("csv", "html", "processes")), ("follow", ("all", "link_base"))):
        for name in own:
            if name in given and mode not in given:
                raise CommandError(f"--{name.replace('_', '-')} goes with --{mode}.")
    if "source_text" in given and given & {"report", "follow"}:
        raise CommandError("--source-text is for single explanations.")
    if "report" in given and options["format"] == "jsonl":
        raise CommandError("A report is text or json; --csv FILE writes a line for each delivery.")
    if "follow" in given and options["format"] == "json":
        raise CommandError("What is followed has no end: take --format text or jsonl.")
    if "follow" in given and len(options["file"]) > 1:
        raise CommandError("--follow takes one file, or - for standard input.")


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
