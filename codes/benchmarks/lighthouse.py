"""What Lighthouse says of the pages: performance, accessibility, best practices, search engines; desktop and phone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from codes.benchmarks.load import free_port, rimbalzo
from codes.benchmarks.timing import table

#: Taken from npm into DATA_DIR on the first run.
PACKAGE = "lighthouse@12"
PAGES = (
    "/it/",
    "/it/codes/550/",
    "/it/search/?q=casella+piena",
    "/it/explained/?code=550&status=5.1.1&reason=user-unknown",
)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FORMS = ("desktop", "mobile")
#: Pages that no search engine is to list: what it says of them is beside the point.
NOT_LISTED = ("/it/explained/",)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--runs", type=int, default=1, help="how often each page is measured; the best run counts")


def run(write: Callable[[str], object], runs: int) -> None:
    """Measure and write; raises FileNotFoundError where npm or Chromium is missing."""
    lighthouse, chromium = _lighthouse(), _first_of(CHROMIUM)
    site = f"http://127.0.0.1:{(port := free_port())}"
    with rimbalzo(port, workers=1):
        rows: list[tuple[str, ...]] = [("page", "form", *CATEGORIES)]
        for page in PAGES:
            for form in FORMS:
                scores = [_scores(lighthouse, chromium, site + page, form) for _run in range(max(1, runs))]
                best = {name: max(one[name] for one in scores) for name in CATEGORIES}
                if page.startswith(NOT_LISTED):
                    best.pop("seo")
                rows.append((page, form, *(str(best.get(name, "-")) for name in CATEGORIES)))
        write(table(iter(rows)))


def _first_of(names: tuple[str, ...]) -> str:
    """Return the path of the first program that is installed."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        raise FileNotFoundError(f"None of these is installed: {', '.join(names)}.")
    return found


def _lighthouse() -> Path:
    """Return Lighthouse's program, fetched from npm on the first run."""
    folder = settings.DATA_DIR / "lighthouse"
    program = folder / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        npm = _first_of(("npm",))
        command = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), PACKAGE]
        subprocess.run(command, check=True)  # noqa: S603 (nothing in it comes from outside)
    return program


def _scores(lighthouse: Path, chromium: str, address: str, form: str) -> dict[str, int]:
    """Return what one run says, 0 to 100 a category."""
    command = [
        str(lighthouse),
        address,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        *(["--preset=desktop"] if form == "desktop" else []),
    ]
    answer = subprocess.run(  # noqa: S603 (our own addresses)
        command, check=True, capture_output=True, env={**os.environ, "CHROME_PATH": chromium}, timeout=300
    )
    categories = json.loads(answer.stdout)["categories"]
    return {name: round(100 * (categories[name]["score"] or 0)) for name in CATEGORIES}
