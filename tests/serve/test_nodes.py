"""Two nodes on one PostgreSQL: edits are seen by both, and what is killed is not missed."""

import ast
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPException

import pytest

from codes.benchmarks.editor import NAME, PASSWORD, Editor
from codes.benchmarks.postgres import PostgreSQL
from codes.benchmarks.processes import processes
from tests.serve.installation import Server, Site, wait_for

pytestmark = [
    pytest.mark.nodes,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes through /proc"),
]

BOUNCE = b"text=550+5.1.1+User+unknown&as=notice"


@pytest.fixture(scope="module")
def postgres() -> Iterator[PostgreSQL]:
    cluster = PostgreSQL()
    yield cluster
    cluster.end()


@pytest.fixture(scope="module")
def sites(postgres, tmp_path_factory) -> list[Site]:
    """Return two machines: folders of their own, the same database and the same key."""
    made = [Site(tmp_path_factory.mktemp(name), postgres.url, {"SECRET_KEY": "k" * 60}) for name in ("one", "two")]
    made[0].more |= {"DJANGO_SUPERUSER_PASSWORD": PASSWORD}
    done = made[0].run("createsuperuser", "--no-input", "--username", NAME, "--email", "anna@example.it")
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture(scope="module")
def nodes(sites) -> Iterator[list[Server]]:
    started = [Server(site, "--workers", "2") for site in sites]
    for server in started:
        server.wait_until_listening()
    yield started
    for server in started:
        server.kill()


@pytest.fixture(scope="module")
def row(nodes) -> int:
    """Return the number of the reply code that is edited."""
    return int(nodes[0].site.shell("from codes.models import ReplyCode; print(ReplyCode.objects.get(code='550').pk)"))


def title(server: Server) -> str:
    return server.ask("/it/codes/550/")[1].partition("<title>")[2].partition("</title>")[0]


def test_an_edit_through_one_shows_on_the_other_within_two_seconds(nodes, row):
    one, two = nodes
    assert Editor(one.root).title(row, "Scritto sul primo")
    wait_for(lambda: all("Scritto sul primo" in title(two) for _each_worker in range(6)), seconds=2)
    assert Editor(two.root).title(row, "Scritto sul secondo")
    wait_for(lambda: all("Scritto sul secondo" in title(one) for _each_worker in range(6)), seconds=2)


class Work:
    """Editors and readers at work on some servers, each editor with a row of its own."""

    def __init__(self, servers: list[Server]) -> None:
        self.saved: dict[int, str] = {}
        self.tried: dict[int, set[str]] = {}
        self.edits = self.failures = 0
        self._ended = threading.Event()
        code = "from codes.models import ReplyCode; print(*ReplyCode.objects.values_list('pk', flat=True)[:2])"
        rows = servers[0].site.shell(code).split()
        self._threads = [
            threading.Thread(target=self._edit, args=(server, int(number)))
            for server, number in zip(servers, rows, strict=True)
        ] + [threading.Thread(target=self._read, args=(server,)) for server in servers]
        for thread in self._threads:
            thread.start()

    def _edit(self, server: Server, number: int) -> None:
        editor = Editor(server.root)
        count = 0
        while not self._ended.is_set():
            count += 1
            words = f"Titolo {count}"
            self.tried.setdefault(number, set()).add(words)
            if editor.title(number, words):
                self.saved[number] = words
                self.tried[number] = set()
                self.edits += 1

    def _read(self, server: Server) -> None:
        while not self._ended.is_set():
            try:
                status = server.ask("/it/explain/", BOUNCE)[0]
            except (OSError, HTTPException):
                continue  # the server is dead, or was just killed
            self.failures += status >= 500

    def end(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(timeout=60)

    def nothing_is_lost(self, site: Site) -> bool:
        """Compare with the database: what was said to be saved is there, unless a later try got as far."""
        code = "from codes.models import ReplyCode; print(dict(ReplyCode.objects.values_list('pk', 'title_it')))"
        there = ast.literal_eval(site.shell(code))
        return all(there[number] in {words} | self.tried[number] for number, words in self.saved.items())


def test_killing_workers_and_a_parent_under_load_loses_no_saved_edit(nodes, sites):
    one, two = nodes
    work = Work(nodes)
    try:
        wait_for(lambda: work.edits >= 4)
        two.kill_worker(two.workers()[0])
        wait_for(lambda: len(two.workers()) == 2)
        edits = work.edits
        wait_for(lambda: work.edits >= edits + 2)
        family = {one.process.pid, *one.workers()}
        one.process.kill()
        edits = work.edits
        wait_for(lambda: not {pid for pid, _parent in processes()} & family, seconds=5)
        wait_for(lambda: work.edits >= edits + 2)  # the other serves on
    finally:
        work.end()
    assert work.nothing_is_lost(sites[1])
    assert work.failures == 0
    one.process.wait()
    nodes[0] = Server(sites[0], "--workers", "2").wait_until_listening()


def test_without_the_database_pages_go_on_the_admin_says_so_and_all_heals(nodes, postgres, row):
    two = nodes[1]
    editor = Editor(two.root)
    assert editor.title(row, "Prima")
    wait_for(lambda: all("Prima" in title(two) for _each_worker in range(6)))
    time.sleep(2)  # six answers may be one worker's: by then each has the edit, as is tested above
    postgres.stop()
    try:
        for _once in range(8):
            assert two.ask("/it/explain/", BOUNCE)[0] == 200
            assert "Prima" in title(two)
        assert two.ask("/readyz")[0] == 503
        status, page = editor.status("/admin/codes/replycode/")
        assert status == 503
        assert "Il database in questo momento non risponde" in page
        two.kill_worker(two.workers()[0])
        wait_for(lambda: len(two.workers()) == 2)
        assert all(two.ask("/it/codes/550/")[0] == 200 for _each_worker in range(6))
    finally:
        postgres.start()
    wait_for(lambda: two.ask("/readyz")[0] == 200)
    wait_for(lambda: editor.title(row, "Dopo"))
    wait_for(lambda: all("Dopo" in title(two) for _each_worker in range(6)))
