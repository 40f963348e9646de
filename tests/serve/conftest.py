"""Installations and servers; on PostgreSQL each has a database of its own beside that of the suite."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.serve.installation import FirstRun, Server, Site

POSTGRES = os.environ.get("DATABASE_URL", "") if os.environ.get("DATABASE_URL", "").startswith("postgres") else ""


@pytest.fixture(scope="session", autouse=True)
def signals_of_a_terminal() -> Iterator[None]:
    """Let processes start with the signals of a terminal, although the suite may run in the background."""
    usual = {signal.SIGHUP: signal.SIG_DFL, signal.SIGINT: signal.default_int_handler}
    before = {number: signal.signal(number, handler) for number, handler in usual.items()}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture(scope="session")
def new_database() -> Iterator[Callable[..., str]]:
    """Return a maker of PostgreSQL databases, copies of another where one is named; on SQLite it makes empty URLs."""
    made: list[str] = []

    def make(template: str = "template1") -> str:
        if not POSTGRES:
            return ""
        made.append(f"rimbalzo_serve_{os.getpid()}_{len(made)}")
        with psycopg.connect(POSTGRES, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {made[-1]} TEMPLATE {template.rpartition('/')[2]}")
        return f"{POSTGRES.rpartition('/')[0]}/{made[-1]}"

    yield make
    if made:
        with psycopg.connect(POSTGRES, autocommit=True) as connection:
            for name in made:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def first_run(tmp_path_factory: pytest.TempPathFactory, new_database: Callable[..., str]) -> FirstRun:
    site = Site(tmp_path_factory.mktemp("first-run"), new_database())
    server = Server(site)
    try:
        server.wait_until_listening()
        home_page = server.ask("/it/")
        status = server.end()
        return FirstRun(site, server.steps, server.said, server.complained, home_page, status)
    finally:
        server.kill()


@pytest.fixture
def bare_site(tmp_path: Path, new_database: Callable[..., str]) -> Site:
    """Return a site on which nothing has run yet."""
    return Site(tmp_path, new_database())


@pytest.fixture(scope="session")
def copy_of_first_run(first_run: FirstRun, new_database: Callable[..., str]) -> Callable[[Path], Site]:
    """Return a maker of sites that have run once."""

    def copied(folder: Path) -> Site:
        shutil.copytree(first_run.site.folder, folder, dirs_exist_ok=True)
        return Site(folder, new_database(first_run.site.database) if POSTGRES else "")

    return copied


@pytest.fixture
def site(copy_of_first_run: Callable[[Path], Site], tmp_path: Path) -> Site:
    """Return a site that has run once, of the test's own."""
    return copy_of_first_run(tmp_path)


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """Return a starter of servers, all of which end with the test."""
    started: list[Server] = []

    def start(site: Site, *options: str) -> Server:
        started.append(Server(site, *options))
        return started[-1]

    yield start
    for server in started:
        server.kill()


@pytest.fixture
def running(site: Site, serve: Callable[..., Server]) -> Server:
    """Return a server that takes requests."""
    return serve(site).wait_until_listening()
