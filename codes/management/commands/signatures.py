"""`manage.py signatures check|try|coverage`: for those who keep the known messages alive."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from codes.knowledge import signature_report, snapshot
from codes.knowledge.entries import Knowledge
from codes.preparation import prepare


class Command(BaseCommand):
    """Looks at all known messages together; nothing is changed."""

    help = "Check the known messages, try a reply on them, or see how many replies they explain."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Give each task its own options."""
        tasks = parser.add_subparsers(dest="task", required=True)
        tasks.add_parser("check", help="what overlaps, what never matches its example, what is assumed")
        attempt = tasks.add_parser("try", help="which known messages match a reply, in which order, and why")
        attempt.add_argument("reply", help='"550 5.1.1 User unknown"')
        coverage = tasks.add_parser("coverage", help="what share of replies a known message explains")
        coverage.add_argument("file", nargs="+", type=Path, help="a reply a line, or explanations as JSON lines")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the task; `check` ends with status 1 where something is wrong."""
        prepare()
        tasks: dict[str, Callable[..., None]] = {"check": self._check, "try": self._try, "coverage": self._coverage}
        tasks[options["task"]](snapshot.current(), options)

    def _check(self, knowledge: Knowledge, options: dict[str, Any]) -> None:
        report = signature_report.check(knowledge)
        for title, lines in report.sections():
            self.stdout.write(f"{title}: {len(lines)}")
            for line in lines:
                self.stdout.write(f"  {line}")
        if report.is_wrong:
            raise CommandError("Some known messages do not hold what they promise.")

    def _try(self, knowledge: Knowledge, options: dict[str, Any]) -> None:
        for line in signature_report.attempt(options["reply"], knowledge):
            self.stdout.write(line)

    def _coverage(self, knowledge: Knowledge, options: dict[str, Any]) -> None:
        try:
            replies = [reply for path in options["file"] for reply in _replies(path)]
        except OSError as error:
            raise CommandError(str(error)) from error
        for line in signature_report.coverage(replies, knowledge):
            self.stdout.write(line)


def _replies(path: Path) -> list[str]:
    """Return the replies of a file: those of explanations (`explain --format jsonl`), or its lines."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    if not lines or not lines[0].startswith("{"):
        return lines
    deliveries = [delivery for line in lines for delivery in json.loads(line).get("deliveries", [])]
    return [delivery["reply_text"] for delivery in deliveries if delivery.get("reply_text")]
