"""Backups of SQLite, taken and put back under a running server."""

import sqlite3
import stat
import threading

import pytest

from tests.serve.conftest import POSTGRES
from tests.serve.installation import Server, Site, wait_for

pytestmark = pytest.mark.skipif(bool(POSTGRES), reason="PostgreSQL has pg_dump and pg_restore")

EDIT = "from codes.models import ReplyCode; row = ReplyCode.objects.get(code='550'); row.title_it = {!r}; row.save()"
TITLE = "from codes.models import ReplyCode; print(ReplyCode.objects.get(code='550').title_it)"


def rows(file) -> dict[str, list]:
    """Return everything that a database holds, but for the revision, which a restore raises."""
    with sqlite3.connect(file) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: database.execute(f"SELECT * FROM {table}").fetchall() for table in tables if "revision" not in table
        }


def shows(server: Server, title: str) -> bool:
    return title in server.ask("/it/codes/550/")[1]


def test_what_was_backed_up_comes_back_whole_under_a_running_server(running: Server):
    site, backup = running.site, running.site.folder / "backup.sqlite3"
    site.shell(EDIT.format("Prima"))
    assert site.run("backup", str(backup)).returncode == 0
    before = rows(site.data / "rimbalzo.sqlite3")
    assert rows(backup) == before
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    site.shell(EDIT.format("Dopo") + "; ReplyCode.objects.filter(code='421').delete()")
    wait_for(lambda: shows(running, "Dopo"), seconds=5)

    done = site.run("restore", str(backup))

    assert done.returncode == 0, done.stderr
    assert rows(site.data / "rimbalzo.sqlite3") == before
    wait_for(lambda: shows(running, "Prima"), seconds=5)
    site.shell(EDIT.format("Poi"))
    wait_for(lambda: shows(running, "Poi"), seconds=5)
    assert running.complained == ""


def test_a_backup_is_whole_though_somebody_writes(site: Site):
    database, backup = site.data / "rimbalzo.sqlite3", site.folder / "backup.sqlite3"
    ended = threading.Event()

    def write() -> None:
        with sqlite3.connect(database, timeout=20) as writer:
            while not ended.is_set():
                writer.execute("UPDATE codes_revision SET number = number + 1")
                writer.execute("INSERT INTO django_session VALUES (hex(randomblob(16)), 'x', '2026-01-01')")
                writer.commit()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        assert site.run("backup", str(backup)).returncode == 0
    finally:
        ended.set()
        thread.join()
    with sqlite3.connect(backup) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not list(site.folder.glob(".backup*"))


@pytest.mark.parametrize(
    ("content", "says"),
    [(None, "cannot be used"), (b"no database", "cannot be used"), (b"", "is no backup of Rimbalzo")],
)
def test_what_is_no_backup_changes_nothing(site: Site, content, says):
    file = site.folder / "backup.sqlite3"
    if content is not None:
        file.write_bytes(content)
    before = rows(site.data / "rimbalzo.sqlite3")
    done = site.run("restore", str(file))
    assert done.returncode == 1
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert rows(site.data / "rimbalzo.sqlite3") == before


def test_a_folder_that_cannot_be_written_is_one_sentence(site: Site):
    done = site.run("backup", str(site.folder / "missing" / "backup.sqlite3"))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
