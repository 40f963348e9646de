"""Suggestions for what is being typed."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def suggested(client: Client, text: str, language: str = "it") -> list[str]:
    """Return the addresses of the options."""
    page = client.post(f"/{language}/search/suggestions/", {"text": text}).content.decode()
    return re.findall(r'data-address="([^"]+)"', page)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("55", "/it/codes/550/"),
        ("5.1.1", "/it/codes/5.1.1/"),
        ("5.7.", "/it/codes/5.7.0/"),
        ("550 5.1.1", "/it/codes/5.1.1/"),
        ("4xx", "/it/codes/4xx/"),
        ("casella pie", "/it/reasons/mailbox-full/"),
        ("casella piena p", "/it/reasons/mailbox-full/"),
        ("gma", "/it/providers/gmail/"),
    ],
)
def test_what_is_typed_suggests_what_it_may_become(client: Client, text, first):
    assert suggested(client, text)[0] == first


def test_the_last_option_of_words_is_the_whole_search(client: Client):
    assert suggested(client, "mailbox full", "en")[-1] == "/en/search/?q=mailbox%20full"


@pytest.mark.parametrize("text", ["", "a", "mario.rossi@example.com", "one\ntwo", "x" * 500, "???"])
def test_nothing_is_suggested_for_what_is_no_search(client: Client, text):
    assert suggested(client, text) == []


def test_suggestions_are_asked_by_post_only_and_kept_by_nobody(client: Client):
    assert client.get("/it/search/suggestions/?text=spam").status_code == 405
    assert client.post("/it/search/suggestions/", {"text": "spam"})["Cache-Control"] == "no-store"


def test_what_is_typed_comes_back_as_text(client: Client):
    page = client.post("/it/search/suggestions/", {"text": 'spam"><b'}).content.decode()

    assert "<b" not in page.replace("<blockquote", "")
