"""`manage.py explain`: formats, exit statuses, files of many."""

import io
import json
import sys

import pytest

from codes.explain.failures import sentence_for

pytestmark = pytest.mark.django_db


def test_lines_come_in_the_order_given(run, mail):
    names = [mail("a.txt", b"550 5.1.1 User unknown"), mail("b.txt", b"452 4.2.2 Mailbox full")]
    status, out, _err = run("--format", "jsonl", *names)
    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [row["input"] for row in rows] == names
    assert [row["deliveries"][0]["reason"] for row in rows] == ["user-unknown", "mailbox-full"]


def test_one_input_gives_one_json_object(run, mail):
    _status, out, _err = run("--format", "json", mail("a.txt", b"550 5.1.1 User unknown"))
    assert json.loads(out)["kind"] == "reply"


def test_what_cannot_be_read_is_an_object_with_an_error_and_the_rest_goes_on(run, mail):
    bad, good = mail("bad.eml", b""), mail("good.txt", b"550 5.1.1 User unknown")
    status, out, _err = run("--format", "jsonl", "--language", "it", bad, good, "/nowhere/at/all")
    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 1
    assert rows[0] == {"input": bad, "error": {"code": "empty", "message": str(sentence_for("empty"))}} or rows[0][
        "error"
    ]["message"].startswith("Non c’è nulla")
    assert rows[1]["is_bounce"] is True
    assert rows[2]["error"]["code"] == "missing"


@pytest.mark.parametrize(("language", "word"), [("it", "Destinatario"), ("en", "Recipient")])
def test_text_is_in_the_language_asked_for(run, mail, language, word):
    name = mail("a.txt", b"<a@example.com>: host mx.example.com[192.0.2.1] said: 550 5.1.1 User unknown")
    status, out, _err = run("--language", language, name)
    assert status == 0
    assert f"{word}: a@example.com" in out
    assert f"/{language}/reasons/user-unknown/" in out


def test_standard_input_is_read_with_a_dash(run, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"550 5.1.1 User unknown")))
    _status, out, _err = run("--format", "jsonl", "-")
    assert json.loads(out)["input"] == "-"


def test_codes_alone_decide_without_signatures(run, mail):
    name = mail("a.txt", b"550 5.7.1 <a@example.com>: User unknown")
    _status, out, _err = run("--format", "jsonl", "--without-signatures", name)
    assert json.loads(out)["deliveries"][0]["basis"] == "enhanced-code"


def test_the_source_text_comes_on_request(run, mail):
    name = mail("a.txt", b"550 5.1.1 User unknown")
    assert "source_text" not in json.loads(run("--format", "jsonl", name)[1])
    assert json.loads(run("--format", "jsonl", "--source-text", name)[1])["source_text"] == "550 5.1.1 User unknown"
