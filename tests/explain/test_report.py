"""`manage.py explain --report`: what many mails tell together, as text, JSON, CSV and a page."""

import csv
import io
import json
import stat
import zipfile
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from codes.bounce import read
from codes.reporting import workers
from codes.reporting.summary import Summary

pytestmark = pytest.mark.django_db

BOUNCE = """\
From MAILER-DAEMON Mon Nov 23 09:14:05 2026
From: MAILER-DAEMON@mail.example.it
Date: Mon, 23 Nov 2026 09:14:05 +0100
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.it

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.example.com
Diagnostic-Code: smtp; {reply}
Last-Attempt-Date: {day} Nov 2026 09:14:05 +0100

--b--

"""
LUNCH = "From anna@example.org Mon Nov 23 09:14:05 2026\nFrom: anna@example.org\nSubject: Lunch\n\nAt one?\n\n"


def bounce(number, reply="550 5.1.1 User unknown", action="failed", day=23):
    status = reply.split()[1]
    return BOUNCE.format(recipient=f"{number}@Example.com", action=action, status=status, reply=reply, day=day)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A mailbox, a folder, an archive and a picture: 46 bounces of 44 addresses, 3 other mails."""
    monkeypatch.setattr(workers, "MOST_IN_BATCH", 5)
    mails = tmp_path / "mails"
    (mails / "deep").mkdir(parents=True)
    unknown = [bounce(number) for number in range(30)]
    full = [bounce(number, "452 4.2.2 Mailbox full", "delayed", 24) for number in range(28, 34)]
    given_up = [bounce(number, "452 4.2.2 Mailbox full", "failed", 24) for number in range(40, 50)]
    (mails / "a.mbox").write_text("".join([*full, LUNCH, *unknown]))
    for number, text in enumerate(given_up[:5]):
        (mails / "deep" / f"{number}.eml").write_text(text)
    with zipfile.ZipFile(mails / "z.zip", "w") as archive:
        for number, text in enumerate([*given_up[5:], LUNCH, LUNCH]):
            archive.writestr(f"{number}.eml", text)
    (mails / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    return mails


def report(run, folder, *options):
    status, out, _err = run("--report", "--processes", "2", "--format", "json", *options, str(folder))
    return status, json.loads(out)


def test_a_report_counts_messages_reasons_days_and_addresses(run, folder):
    status, told = report(run, folder)

    assert status == 1, "the picture could not be read"
    assert (told["messages"], told["bounces"], told["not_bounces"]) == (50, 46, 3)
    assert told["unreadable"] == {"binary": 1}
    assert told["outcomes"] == {"failed": 30, "expired": 10, "delayed": 6}
    assert told["reasons"] == {"user-unknown": 30, "mailbox-full": 16}
    assert told["domains"] == {"example.com": 46}
    assert told["days"] == {"2026-11-23": 30, "2026-11-24": 16}
    assert told["addresses"]["remove"][:2] == ["0@example.com", "1@example.com"]
    assert len(told["addresses"]["remove"]) == 30, "the strongest list alone has an address"
    assert [len(told["addresses"][name]) for name in ("retry", "wait")] == [10, 4]


def test_two_processes_tell_what_one_tells_and_in_the_same_order(run, folder, tmp_path):
    told = []
    for processes in ("1", "2"):
        path = tmp_path / f"{processes}.csv"
        _status, out, _err = run("--report", "--processes", processes, "--csv", str(path), str(folder))
        told.append((out, path.read_text()))
    assert told[0] == told[1]


def test_the_csv_file_has_a_row_for_each_delivery_and_is_for_its_owner_alone(run, folder, tmp_path):
    path = tmp_path / "out.csv"
    _status, out, err = run("--report", "--language", "en", "--csv", str(path), str(folder))
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))

    assert len(rows) == 50
    assert [row["input"] for row in rows if row["error"]] == [f"{folder}/picture.png"]
    assert rows[0] == {
        "input": f"{folder}/a.mbox#1",
        "recipient": "28@Example.com",
        "domain": "example.com",
        "day": "2026-11-24",
        "outcome": "delayed",
        "permanence": "soft",
        "reply_code": "452",
        "enhanced_code": "4.2.2",
        "reason": "mailbox-full",
        "title": "Mailbox full",
        "who_acts": "recipient",
        "provider": "",
        "basis": rows[0]["basis"],
        "list": "wait",
        "headline": rows[0]["headline"],
        "error": "",
        "kind": "delivery-report",
        "stage": "",
        "remote_host": "mx.example.com",
        "reply_text": "452 4.2.2 Mailbox full",
    }
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert f"{path} holds personal data" in err
    assert "Mailbox does not exist" in out


def test_a_spreadsheet_takes_nothing_from_a_mail_for_a_formula(run, mail, tmp_path):
    path = tmp_path / "out.csv"
    run("--report", "--language", "it", "--csv", str(path), mail("a.eml", bounce("+39*2").encode()))
    (row,) = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";")
    assert row["recipient"] == "'+39*2@Example.com"


@pytest.mark.parametrize(("language", "title"), [("it", "Casella inesistente"), ("en", "Mailbox does not exist")])
def test_the_page_stands_alone_in_the_language_asked_for(run, folder, tmp_path, language, title):
    path = tmp_path / "out.html"
    run("--report", "--language", language, "--html", str(path), str(folder))
    page = path.read_text()
    assert f'<html lang="{language}">' in page
    assert title in page
    assert "<table>" in page
    assert "0@example.com" in page.replace("<wbr>", "")
    assert not [mark for mark in ("<script", "src=", "<link", "@import", "url(") if mark in page]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_an_address_holds_is_text_on_the_page_and_in_the_terminal(run, mail, tmp_path):
    path = tmp_path / "out.html"
    evil = bounce("x").replace("x@Example.com", '"<b>\x1b[31m"@example.com').encode()
    _status, out, _err = run("--report", "--html", str(path), mail("a.eml", evil))
    assert "<b>\x1b" not in path.read_text()
    assert "\x1b" not in out


def test_a_fault_of_ours_at_one_message_does_not_cost_the_report(run, folder, monkeypatch):
    def faulty(data, **options):
        if b"29@Example" in data:
            raise KeyError("a fault")
        return read(data, **options)

    monkeypatch.setattr(workers, "read", faulty)
    status, told = report(run, folder)
    assert status == 1
    assert told["unreadable"] == {"binary": 1, "fault": 2}
    assert told["messages"] == 50


def test_ctrl_c_ends_with_the_report_so_far(run, folder, monkeypatch):
    counted = Summary.add

    def interrupted(self, other):
        counted(self, other)
        if self.messages >= 20:
            raise KeyboardInterrupt

    monkeypatch.setattr(Summary, "add", interrupted)
    status, out, _err = run("--report", "--language", "en", "--processes", "2", str(folder))
    assert status == 130
    assert out.startswith("Interrupted")
    assert "Messages: 20." in out


def test_nothing_is_left_of_a_file_that_was_not_finished(run, folder, tmp_path, monkeypatch):
    def killed(*_arguments):
        raise workers.WorkerDiedError

    monkeypatch.setattr("codes.reporting.command.make", killed)
    (tmp_path / "out.csv").write_text("before")
    with pytest.raises(CommandError, match="killed"):
        run("--report", "--csv", str(tmp_path / "out.csv"), str(folder))
    assert (tmp_path / "out.csv").read_text() == "before"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--csv", "x.csv"),
        ("--report", "--format", "jsonl"),
        ("--report", "--source-text"),
        ("--report", "--follow"),
        ("--report", "--processes", "0"),
        ("--report", "--csv", "/nowhere/at/all.csv"),
        ("--follow", "--format", "json"),
        ("--follow", "a", "b"),
        ("--follow", "--link-base", "rimbalzo.example.it"),
        ("--follow", "/nowhere/at/all.log"),
        ("--all",),
    ],
    ids=" ".join,
)
def test_options_that_do_not_go_together_end_in_one_sentence(run, arguments):
    with pytest.raises(CommandError) as error:
        run(*arguments)
    assert str(error.value).endswith(".")
    assert "\n" not in str(error.value)


def test_the_folders_of_a_report_are_read_whole(run, folder):
    assert Path(folder, "deep").is_dir()
    _status, out, _err = run("--format", "jsonl", str(folder))
    assert json.loads(out)["error"]["code"] == "directory", "without --report, a folder is no mail"
