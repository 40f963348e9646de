"""How long a query, a page of results and a list of suggestions take the server."""

from __future__ import annotations

import statistics
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path

from django.test import RequestFactory
from django.utils import translation

from codes.benchmarks.timing import table
from codes.knowledge import snapshot
from codes.preparation import prepare
from codes.search import Index
from codes.views.searching import search
from codes.views.suggesting import suggestions

ROUNDS = 5
Run = Callable[[str, str], object]


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "queries", nargs="?", default="tests/search/queries.tsv", help="language and query a line, tabs between"
    )


def run(write: Callable[[str], object], queries: str) -> None:
    """Measure and write.

    What counts is the processor time of the thread that answers, so that a busy machine says much the same.
    """
    prepare(static=True)  # pages name their static files
    lines = Path(queries).read_text().splitlines()
    rows = [(line.split("\t")[0], line.split("\t")[1]) for line in lines if line and not line.startswith("#")]
    knowledge = snapshot.current()
    began = time.thread_time()
    index = Index(knowledge)
    write(
        f"{len(index.documents)} entries indexed in {(time.thread_time() - began) * 1000:.0f} ms; {len(rows)} queries\n"
    )
    write(table(_costs(index, rows)))


def _costs(index: Index, rows: list[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    make = RequestFactory(headers={"host": "localhost"})
    runs: dict[str, Run] = {
        "query": lambda language, query: index.search(query, language),
        "page of results": lambda language, query: search(make.get(f"/{language}/search/", {"q": query, "exact": "1"})),
        "suggestions": lambda language, query: suggestions(
            make.post(f"/{language}/search/suggestions/", {"text": query})
        ),
    }
    yield ("milliseconds", "median", "95 of 100", "slowest")
    for name, run_one in runs.items():
        first, again = _taken(run_one, rows, 1), _taken(run_one, rows, ROUNDS)
        for remark, taken in ((", first time", first), ("", again)):
            figures = (statistics.median(taken), taken[int(len(taken) * 0.95)], taken[-1])
            yield (name + remark, *(f"{figure * 1000:.2f}" for figure in figures))


def _taken(run_one: Run, rows: list[tuple[str, str]], rounds: int) -> list[float]:
    taken = []
    for language, query in rows * rounds:
        with translation.override(language):
            began = time.thread_time()
            run_one(language, query)
            taken.append(time.thread_time() - began)
    return sorted(taken)
