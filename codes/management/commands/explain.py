"""`manage.py explain`: explains mails, logs, notices and replies on the command line."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from codes.bounce import UnreadableInput, read
from codes.bounce.files import messages
from codes.explain import Explanation, explain
from codes.explain.failures import as_dict, sentence_for
from codes.explain.plain_text import as_text
from codes.knowledge import snapshot
from codes.knowledge.entries import Knowledge
from codes.preparation import prepare

#: The name of an input, and what it means or why it cannot be read.
Row = tuple[str, Explanation | UnreadableInput]


class Command(BaseCommand):
    """Reads files or standard input, one explanation a message, in the order given."""

    help = "Explain bounced mail: files (.eml, .msg, mbox, .zip, logs, text), or standard input with -."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options that the contract fixes."""
        parser.add_argument("file", nargs="*", default=["-"], help="mails, logs, notices; - is standard input")
        parser.add_argument("--format", choices=("text", "json", "jsonl"), default="text")
        parser.add_argument("--language", choices=("it", "en"), default=None)
        parser.add_argument("--without-signatures", action="store_true", help="let codes decide alone, to judge them")
        parser.add_argument("--source-text", action="store_true", help="add the decoded text to which offsets point")

    def handle(self, *args: Any, **options: Any) -> None:
        """Explain everything; exit status 1 where one input could not be read."""
        prepare()
        language = options["language"] or translation.get_language() or "it"
        language = language if language in ("it", "en") else "it"
        self.failed = False
        with translation.override(language):
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
        for number, (name, result) in enumerate(rows):
            if number:
                self.stdout.write("")
            if isinstance(result, UnreadableInput):
                self.stderr.write(f"{name}: {sentence_for(result.code)}")
            else:
                self.stdout.write(as_text(name, result, snapshot.current(), language))


def _opened(name: str) -> Iterator[tuple[str, bytes | UnreadableInput]]:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        yield name, UnreadableInput("directory" if isinstance(error, IsADirectoryError) else "missing")
        return
    yield from messages(name, data)


def _as_dict(name: str, result: Explanation | UnreadableInput, source: bool) -> dict[str, Any]:
    if isinstance(result, UnreadableInput):
        return as_dict(name, result.code)
    return result.as_dict(name, with_source=source)
