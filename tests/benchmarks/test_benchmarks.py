"""`manage.py benchmark`: what it measures is not judged here, only that it measures."""

import sqlite3
from contextlib import closing
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from codes.benchmarks import load, pages
from codes.benchmarks.load import Measured

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _prepared(monkeypatch):
    """The tests' database is prepared already."""
    monkeypatch.setattr("codes.management.commands.benchmark.prepare", lambda: None)
    monkeypatch.setattr("codes.benchmarks.search.prepare", lambda static: None)


@pytest.fixture
def mails(tmp_path):
    (tmp_path / "one.eml").write_text("From: MAILER-DAEMON@mx.example.com\nSubject: Undelivered\n\n550 5.1.1 no\n")
    return tmp_path


def test_the_reader_is_measured_beside_flufl_bounce(mails):
    out = StringIO()
    call_command("benchmark", "reader", str(mails), "--largest", "1", stdout=out)
    rows = {line.split("  ")[0]: line.split() for line in out.getvalue().splitlines() if line}
    assert rows["flufl.bounce, addresses only"][-2] == "1.00"
    assert float(rows["read and explained"][-1]) > 0
    assert "a log" in rows


def test_a_mail_on_which_the_peer_fails_does_not_end_the_measuring(mails):
    (mails / "two.eml").write_bytes("From: Nicolò <MAILER-DAEMON@mx.example.com>\n\n550 5.1.1 no\n".encode("latin-1"))
    out = StringIO()
    call_command("benchmark", "reader", str(mails), "--largest", "1", stdout=out)
    assert "flufl.bounce, addresses only" in out.getvalue()


def test_a_folder_without_mails_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"No .*eml in"):
        call_command("benchmark", "reader", str(tmp_path))


def test_queries_pages_and_suggestions_are_measured(tmp_path):
    (tmp_path / "queries.tsv").write_text("# language, query\nit\tcasella piena\treasons/mailbox-full\nen\tspam\tx\n")
    out = StringIO()
    call_command("benchmark", "search", str(tmp_path / "queries.tsv"), stdout=out)
    rows = {line.split("  ")[0]: line.split() for line in out.getvalue().splitlines() if line}
    assert all(float(rows[name][-1]) > 0 for name in ("query", "page of results", "suggestions"))


def test_a_program_that_is_lacking_is_named_with_the_package_that_has_it(monkeypatch):
    monkeypatch.setattr("codes.benchmarks.load.shutil.which", lambda *words, **options: None)
    with pytest.raises(CommandError, match="No wrk here: apt-get install wrk"):
        call_command("benchmark", "pages")


def test_datasette_gets_the_same_codes_and_an_index_of_the_reasons(tmp_path):
    number = pages._copied(tmp_path / "knowledge.db")
    with closing(sqlite3.connect(tmp_path / "knowledge.db")) as copy:
        assert copy.execute("SELECT code FROM codes_replycode WHERE id = ?", [number]).fetchone() == ("550",)
        found = copy.execute("SELECT count(*) FROM codes_reason_fts WHERE codes_reason_fts MATCH 'casella'").fetchone()
    assert found[0] > 0


def test_what_is_measured_is_compared_with_what_is_wanted():
    measured = Measured(rate=100, p50=1, p95=2, p99=3, errors=0)
    names = ("code page", "datasette: a row", "explain 4 KB")
    results = {(name, connections): measured for name in names for connections in pages.CONNECTIONS}
    rows = {row[0]: row[1:] for row in pages._ratios(results)}
    assert rows["code page ÷ datasette: a row, 8 connections"] == ("1.00", "15 or more")
    assert rows["explanations a second, 8 connections"] == ("100", "300 or more")
    assert not any("nginx" in name for name in rows)


def test_a_body_reaches_wrk_as_it_is():
    assert load._lua('a"b\\c\nd') == '"a\\"b\\\\c\\nd"'
