"""Some messages of many: each is explained on its own, in short rows, and forgotten."""

import json
import logging

import pytest
from django.test import Client
from django.test.utils import override_settings

from codes.bounce.files import messages as cut
from codes.counting.tally import tally
from codes.models import ReasonCount
from codes.views import bulk, limits
from tests.many_mails import mailbox, mails

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n"


@pytest.fixture(autouse=True)
def _full_shares():
    limits.explanations.forget()
    yield
    limits.explanations.forget()


def framed(messages: list[bytes]) -> bytes:
    return json.dumps([len(one) for one in messages]).encode() + b"\n" + b"".join(messages)


def send(client: Client, body: bytes, language: str = "it"):
    return client.post(f"/{language}/bulk/explain/", body, content_type="application/octet-stream")


def explained(client: Client, messages: list[bytes], language: str = "it") -> list[dict]:
    response = send(client, framed(messages), language)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    return response.json()["messages"]


def test_each_delivery_is_a_short_row_in_the_order_of_the_messages(client: Client):
    answers = explained(client, mails(10))

    reasons = [[row["reason"] for row in answer["rows"]] for answer in answers]
    assert reasons[:4] == [["mailbox-full"], ["user-unknown"], ["blocklisted"], ["domain-not-found"]]
    assert len(reasons[9]) == 2
    row = answers[1]["rows"][0]
    assert row["recipient"] == "sindaco1@borgo.example.it"
    assert (row["domain"], row["list"], row["failure"], row["cause"]) == ("borgo.example.it", "remove", True, True)
    assert row["title"] == "Casella inesistente"
    assert "sindaco1@borgo.example.it" in row["headline"]
    assert "input" not in row


def test_rows_are_worded_in_the_language_of_the_address(client: Client):
    [answer] = explained(client, mails(2)[1:], "en")

    assert answer["rows"][0]["title"] == "Mailbox does not exist"
    assert "exist" in answer["rows"][0]["headline"]


def test_what_cannot_be_read_is_one_sentence_and_the_rest_goes_on(client: Client, monkeypatch, caplog):
    before = bulk.read
    monkeypatch.setattr(bulk, "read", lambda data: 1 / 0 if data == b"broken" else before(data))
    with caplog.at_level(logging.CRITICAL, logger="codes.views.bulk"):
        answers = explained(client, [PDF, b"", b"broken", mails(1)[0]])

    assert [answer.get("error", {}).get("code") for answer in answers] == ["binary", "empty", "incident", None]
    assert "numero" in answers[2]["error"]["message"]
    assert answers[3]["rows"][0]["reason"] == "mailbox-full"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[3]",
        b"[3]\nab",
        b"[3]\nabcd",
        b"[-1, 4]\nabc",
        b"[true]\na",
        b'{"3": 1}\nabc',
        b"[" * 3000 + b"\n",
        b"\xff\n",
        b" " * 5000 + b"\n",
    ],
)
def test_a_broken_body_is_one_sentence(client: Client, body):
    response = send(client, body)

    assert response.status_code == 400
    assert response.json()["error"]["message"] == "I messaggi sono arrivati incompleti. Li mandi di nuovo."


def test_too_many_and_too_large_are_413(client: Client):
    assert send(client, framed([b"x"] * (bulk.MOST_MESSAGES + 1))).status_code == 413
    assert send(client, framed([b"x" * (bulk.FILE_LIMIT + 1)])).status_code == 413


def test_it_is_asked_by_post_alone(client: Client):
    assert client.get("/it/bulk/explain/").status_code == 405


@override_settings(EXPLAIN_LIMIT=20)
def test_each_message_takes_of_the_share_and_some_is_left_for_colleagues(client: Client):
    explained(client, mails(15))
    refused = send(client, framed(mails(10)))

    assert refused.status_code == 429
    assert 0 < refused.json()["wait"] <= int(refused["Retry-After"])
    assert client.post("/it/explain/", {"text": "550 5.1.1 User unknown"}).status_code == 200


@override_settings(EXPLAIN_LIMIT=3)
def test_a_chunk_larger_than_the_whole_share_is_taken_once(client: Client):
    explained(client, mails(10))

    assert send(client, framed(mails(1))).json()["wait"] > 60


def test_all_are_counted_as_any_explanation(client: Client):
    tally.flush()
    before = {one.reason: one.count for one in ReasonCount.objects.all()}
    explained(client, mails(20))
    tally.flush()

    after = {one.reason: one.count - before.get(one.reason, 0) for one in ReasonCount.objects.all()}
    assert (after["mailbox-full"], after["user-unknown"]) == (4, 6)


def test_the_mails_of_these_tests_are_cut_as_they_were_put_together():
    parts = list(cut("a.mbox", mailbox(mails(5))))

    assert [name for name, _content in parts] == [f"a.mbox#{number}" for number in range(1, 6)]


def test_the_page_says_what_to_do_without_javascript(client: Client):
    page = client.get("/it/bulk/").content.decode()

    assert "manage.py explain --report" in page
    assert 'href="/it/bulk/"' in client.get("/it/").content.decode()
