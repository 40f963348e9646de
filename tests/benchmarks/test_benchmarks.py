"""`manage.py benchmark`: what it measures is not judged here, only that it measures."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

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


def test_a_folder_without_mails_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"No .*eml in"):
        call_command("benchmark", "reader", str(tmp_path))


def test_queries_pages_and_suggestions_are_measured(tmp_path):
    (tmp_path / "queries.tsv").write_text("# language, query\nit\tcasella piena\treasons/mailbox-full\nen\tspam\tx\n")
    out = StringIO()
    call_command("benchmark", "search", str(tmp_path / "queries.tsv"), stdout=out)
    rows = {line.split("  ")[0]: line.split() for line in out.getvalue().splitlines() if line}
    assert all(float(rows[name][-1]) > 0 for name in ("query", "page of results", "suggestions"))
