"""`manage.py fuzz`: looks for inputs on which the reader fails or is slow."""

import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

#: Where what was found is kept, and read by the tests from then on.
FINDS = "tests/bounce/finds"


class Command(BaseCommand):
    """Starts the fuzzer on the samples of the tests; `uv run --group fuzz manage.py fuzz` installs what it takes."""

    help = "Look for inputs on which the reader fails, or takes longer than a second."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("folder", nargs="*", help="folders of inputs to begin with, besides the tests' own")
        parser.add_argument("--minutes", type=float, default=10)
        parser.add_argument("--largest", type=int, default=64, help="KB of the largest input (default: %(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run, and say what was found; exit status 1 where something was."""
        if importlib.util.find_spec("atheris") is None:
            raise CommandError("The fuzzer is not installed: uv run --group fuzz manage.py fuzz")
        finds = settings.BASE_DIR / FINDS
        before = set(finds.iterdir())
        begin_with = [settings.BASE_DIR / "tests/bounce/samples", finds, *map(Path, options["folder"])]
        with tempfile.TemporaryDirectory() as grown:
            status = subprocess.run(  # noqa: S603 (our own module)
                [
                    *(sys.executable, "-m", "codes.fuzzing", grown, *map(str, begin_with)),
                    f"-max_total_time={options['minutes'] * 60:.0f}",
                    f"-max_len={options['largest'] * 1024}",
                    f"-artifact_prefix={finds}/",
                    "-timeout=2",  # seconds; the watched code is several times slower than itself
                    "-rss_limit_mb=2048",
                    "-print_final_stats=1",
                ],
                check=False,
                cwd=settings.BASE_DIR,
            ).returncode
        found = sorted(path.name for path in set(finds.iterdir()) - before)
        if found or status:
            raise CommandError(f"Found and kept in {FINDS}: {', '.join(found) or 'nothing'} (status {status})")
        self.stdout.write("Nothing was found.")
