"""`manage.py signatures`: what it says of known messages that are as they should be, and of others."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from codes.knowledge import signature_report, snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _prepared(monkeypatch):
    """The tests' database is prepared already."""
    monkeypatch.setattr("codes.management.commands.signatures.prepare", lambda: None)


@pytest.fixture
def knowledge():
    return snapshot.current()


def output(*arguments):
    out = StringIO()
    call_command("signatures", *arguments, stdout=out)
    return out.getvalue()


def test_the_shipped_messages_hold_what_they_promise():
    assert "do not match: 0\n" in output("check")


def test_an_example_that_its_pattern_misses_is_a_fault(knowledge):
    one = next(iter(knowledge.signatures.values()))
    broken = replace(one, patterns=("words that stand in no example",))
    report = signature_report.check(replace(knowledge, signatures={broken.slug: broken}))
    assert report.is_wrong
    assert broken.slug in report.unmatched[0]


def test_an_example_that_another_reason_takes_is_a_fault(knowledge):
    one = knowledge.signatures["gmail-user-unknown"]
    thief = replace(one, slug="thief", reason="virus", weight=one.weight + 1)
    report = signature_report.check(replace(knowledge, signatures={one.slug: one, "thief": thief}))
    assert any("thief says virus" in line for line in report.stolen)


def test_a_reply_is_tried_and_the_winner_says_why():
    told = output("try", "550-5.1.1 The email account that you tried to reach does not exist. gsmtp")
    assert told.startswith("1. gmail-user-unknown: user-unknown")
    assert "a provider’s message outranks" in told


def test_an_unknown_reply_matches_nothing():
    assert output("try", "550 zzz") == "No known message matches.\n"


def test_coverage_counts_replies_of_lines_and_of_explanations(tmp_path):
    (tmp_path / "replies.txt").write_text("550 5.1.1 User unknown\n550 zzz\n")
    (tmp_path / "explained.jsonl").write_text('{"deliveries": [{"reply_text": "452 4.2.2 Mailbox full"}]}\n')
    told = output("coverage", str(tmp_path / "replies.txt"), str(tmp_path / "explained.jsonl"))
    assert told.startswith("2 of 3 replies are known messages (66.7%)")
    assert "1 550 zzz" in told


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        output("coverage", str(tmp_path / "nowhere"))
