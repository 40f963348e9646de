"""POST /api/v1/explain: the command's object, the box's limits, a sentence for whatever is wrong."""

import io
import json
import logging
import zipfile

import pytest
from django.core.management import call_command

from codes.api import explaining, schemas
from codes.counting.tally import tally
from codes.explain import explanation
from codes.models import ReasonCount
from codes.views import answering, intake
from tests.api.conftest import SAMPLES, sentence_of

pytestmark = pytest.mark.django_db

REPLY = "550 5.1.1 <mario.rossi@example.com>: Recipient address rejected: User unknown"
MAIL = (SAMPLES / "axigen.eml").read_bytes()


def zipped(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return content.getvalue()


def mbox(count: int) -> bytes:
    return b"\n".join(b"From x@example.it Mon Nov 23 09:14:05 2026\n" + MAIL for _one in range(count))


@pytest.mark.parametrize("language", ["it", "en"])
def test_a_file_gives_the_object_that_the_command_prints(explain, language, capsys, monkeypatch):
    monkeypatch.setattr("codes.management.commands.explain.prepare", lambda: None)
    monkeypatch.chdir(SAMPLES)
    call_command("explain", "axigen.eml", "--format", "json", "--language", language, "--source-text")
    printed = json.loads(capsys.readouterr().out)

    response = explain(file=("axigen.eml", MAIL), language=language, source_text="true")

    # What leaves the page can link to it: the command knows no address.
    assert json.loads(response.content.replace(b"http://testserver", b"")) | {"deliveries": []} == printed | {
        "deliveries": []
    }
    for ours, theirs in zip(response.json()["deliveries"], printed["deliveries"], strict=True):
        assert ours | {"text": None} == theirs | {"text": None}
        assert ours["text"]["steps"] == theirs["text"]["steps"]
    assert (response["Cache-Control"], response["Content-Language"]) == ("no-store", language)


def test_a_text_is_explained_in_the_language_asked_for(explain):
    italian, english = explain(text=REPLY, language="it").json(), explain(text=REPLY, language="en").json()

    assert italian["input"] == "paste"
    assert "source_text" not in italian
    assert [each["deliveries"][0]["links"]["reason"] for each in (italian, english)] == [
        "/it/reasons/user-unknown/",
        "/en/reasons/user-unknown/",
    ]
    assert explain("?language=en", text=REPLY).json() == english
    assert explain(text=REPLY, headers={"accept-language": "en-GB,en;q=0.9"}).json() == english
    assert explain(text=REPLY, source_text=True).json()["source_text"] == REPLY


def test_every_sample_is_answered_as_the_description_says(explain):
    files = [file for file in sorted(SAMPLES.iterdir())[::3] if file.is_file()]
    for file in files:
        response = explain(file=(file.name, file.read_bytes()), source_text="true")
        assert response.status_code == 200, file.name
        schemas.Explanation.model_validate(response.json(), strict=True)
    assert len(files) > 100


def test_a_file_with_several_messages_is_answered_with_a_list(explain):
    of_mbox = explain(file=("mails.mbox", mbox(3))).json()
    of_zip = explain(file=("a.zip", zipped(**{"b.eml": MAIL, "c.bin": bytes(range(32)) * 40}))).json()

    assert [one["input"] for one in of_mbox] == ["mails.mbox#1", "mails.mbox#2", "mails.mbox#3"]
    assert [one["input"] for one in of_zip] == ["a.zip/b.eml", "a.zip/c.bin"]
    assert of_zip[0]["is_bounce"] is True
    schemas.Unreadable.model_validate(of_zip[1], strict=True)
    assert explain(file=("a.zip", zipped(**{"b.eml": MAIL}))).json()["input"] == "a.zip/b.eml"


def test_a_file_with_too_many_messages_or_too_much_in_them_is_refused(explain, monkeypatch):
    monkeypatch.setattr(explaining, "MOST_MESSAGES", 2)
    assert "100 messag" in sentence_of(explain(file=("mails.mbox", mbox(3))), 413)

    monkeypatch.setattr(intake, "FILE_LIMIT", 20_000)
    bomb = zipped(**{"a.eml": b"550 User unknown\n" * 1000, "b.eml": b"550 User unknown\n" * 1000})
    assert "25 MB" in sentence_of(explain(file=("a.zip", bomb)), 413)


@pytest.mark.parametrize(
    ("body", "content_type", "status", "says"),
    [
        (b"{", "application/json", 400, "not JSON"),
        (b"\xff\xfe", "application/json", 400, "not JSON"),
        (b"[" * 100_000, "application/json", 400, "not JSON"),
        (b"[]", "application/json", 422, "“text”"),
        (b"{}", "application/json", 422, "“text”"),
        (b'{"text": 550}', "application/json", 422, "“text”"),
        (b'{"text": " \\n"}', "application/json", 400, "nothing to read"),
        (b'{"text": "550", "language": "de"}', "application/json", 422, "“it” or “en”"),
        (b'{"text": "550", "language": ["it"]}', "application/json", 422, "“it” or “en”"),
        (b'{"text": "550", "source_text": "yes"}', "application/json", 422, "“source_text”"),
        (b"text=550&source_text=yes", "application/x-www-form-urlencoded", 422, "“source_text”"),
        (b"550 User unknown", "text/plain", 415, "application/json"),
        (b"", "", 415, "application/json"),
        (b"--x\r\nno", "multipart/form-data", 400, "incomplete"),
    ],
)
def test_what_cannot_be_understood_is_one_sentence(client, body, content_type, status, says):
    response = client.generic("POST", "/api/v1/explain", body, content_type, headers={"accept-language": "en"})

    assert says in sentence_of(response, status)


@pytest.mark.parametrize(
    ("name", "content", "status", "says"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(50), 415, "picture"),
        ("a.zip", b"PK\x03\x04 not an archive", 415, "archive"),
        ("a.zip", zipped(), 415, "not a mail"),
        ("a.bin", bytes(range(32)) * 40, 415, "not a mail"),
        ("a.eml", b" \n", 400, "nothing to read"),
        ("a.zip", zipped(**{"a.eml": b" "}), 400, "nothing to read"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(explain, name, content, status, says):
    assert says in sentence_of(explain(file=(name, content), language="en", headers={"accept-language": "en"}), status)


def test_more_than_the_limits_is_refused(explain, monkeypatch):
    monkeypatch.setattr(intake, "PASTE_LIMIT", 100)
    assert "10 MB" in sentence_of(explain(text="x" * 101), 413)
    monkeypatch.setattr(explaining, "LARGEST_BODY", 200)
    assert "10 MB" in sentence_of(explain(text="x" * 201), 413)
    monkeypatch.setattr(intake, "FILE_LIMIT", 1000)
    assert "25 MB" in sentence_of(explain(file=("a.log", b"x" * 1001)), 413)


def test_each_message_counts_against_the_share_of_its_address(explain, settings):
    settings.EXPLAIN_LIMIT = 3
    assert explain(file=("mails.mbox", mbox(3))).status_code == 200
    response = explain("?language=en", text=REPLY)

    assert "Too many explanations" in sentence_of(response, 429)
    assert int(response["Retry-After"]) > 0


def test_an_explanation_is_counted_and_nothing_of_it_kept(explain, caplog):
    caplog.set_level(logging.DEBUG)
    explain(text=REPLY)
    tally.flush()

    assert ReasonCount.objects.get().reason == "user-unknown"
    assert "mario.rossi" not in caplog.text


def test_a_fault_of_our_own_gives_a_number_and_nothing_else(explain, monkeypatch, caplog):
    def break_down(report, *rest):
        raise RuntimeError(f"cannot explain {report}")

    monkeypatch.setattr(answering, "explained", break_down)
    response = explain(text=REPLY, language="en")

    assert "incident number" in sentence_of(response, 500)
    assert "mario.rossi" not in response.content.decode()
    assert all("mario.rossi" not in record.getMessage() for record in caplog.records)


def test_the_description_names_every_field_of_an_explanation():
    def names(described) -> set[str]:
        return {field.alias or name for name, field in described.model_fields.items()}

    empty = explanation.Explanation("other", False, None, None, None, explanation.Original(), (), (), "")
    assert names(schemas.Explanation) == set(empty.as_dict("paste", with_source=True))
