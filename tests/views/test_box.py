"""What is put into the box decides where it leads: a code's page, a search or an explanation."""

import gzip

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

pytestmark = pytest.mark.django_db

BOUNCE = "550 5.1.1 <anna.verdi@example.com>: Recipient address rejected: User unknown"


def put(client: Client, text: str, **more: str):
    return client.post("/it/explain/", {"text": text, **more})


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [
        ("550", "/it/codes/550/"),
        ("5.1.1", "/it/codes/5.1.1/"),
        ("550 5.1.1", "/it/codes/5.1.1/"),
        ("550-5.1.1", "/it/codes/5.1.1/"),
        ("#5.1.1", "/it/codes/5.1.1/"),
        ("550 #5.1.1", "/it/codes/5.1.1/"),
        ("4.x.x", "/it/codes/4.x.x/"),
        ("4XX", "/it/codes/4xx/"),
        ("X.1.1", "/it/codes/x.1.1/"),
        ("5.7.x", "/it/codes/5.7.x/"),
        (" \n «5.1.1». \n", "/it/codes/5.1.1/"),
        ("SMTP 550", "/it/codes/550/"),
        ("421 5.1.1", "/it/codes/5.1.1/?with=421"),
        ("557", "/it/codes/557/"),
    ],
)
def test_just_a_code_opens_its_page(client: Client, typed, leads_to):
    response = put(client, typed)

    assert (response.status_code, response["Location"]) == (303, leads_to)


def test_the_page_of_an_enhanced_code_mentions_the_reply_code_typed_before_it(client: Client):
    for typed in ("550 5.1.1", "421 5.1.1"):
        page = client.get(put(client, typed)["Location"]).content.decode()

        assert f'href="/it/codes/{typed[:3]}/"' in page


@pytest.mark.parametrize("typed", [BOUNCE, "550 User unknown", "451 4.7.1 Greylisted, try again later"])
def test_a_code_followed_by_words_is_explained(client: Client, typed):
    response = put(client, typed)

    assert response.status_code == 200
    assert "Perché lo diciamo" in response.content.decode()


def test_an_explanation_is_compressed_for_those_who_take_it(client: Client):
    plain = put(client, BOUNCE)
    compressed = client.post("/it/explain/", {"text": BOUNCE}, headers={"accept-encoding": "gzip, br"})

    assert "Content-Encoding" not in plain
    assert compressed["Content-Encoding"] == "gzip"
    assert gzip.decompress(compressed.content) == plain.content
    assert "Accept-Encoding" in plain["Vary"]
    assert "Accept-Encoding" in compressed["Vary"]


def test_a_known_message_is_explained_without_a_code(client: Client):
    page = put(client, "user unknown").content.decode()

    assert "Certezza alta: è un messaggio noto" in page
    assert 'href="/it/search/?q=user%20unknown"' in page


@pytest.mark.parametrize("typed", ["casella piena", "lista di blocco", "mailbox-full", "perché l’allegato è bloccato?"])
def test_a_few_other_words_are_searched(client: Client, typed):
    response = put(client, typed)

    assert response.status_code == 303
    assert response["Location"].startswith("/it/search/?q=")


@pytest.mark.parametrize(
    "typed",
    [
        "mario.rossi@example.com",
        "scrivo a mario@example.com",
        "mail.example.com",
        "bloccato 192.0.2.25",
        "2001:db8::1",
        "telefono 3331234567",
        "https://example.com/x",
        "uno due tre quattro cinque sei sette",
        "due\nrighe",
    ],
)
def test_nothing_that_may_be_personal_gets_into_an_address(client: Client, typed):
    response = put(client, typed)

    assert response.status_code == 200
    assert "Location" not in response


def test_words_that_were_searched_can_be_explained_and_the_other_way_round(client: Client):
    results = client.get("/it/search/?q=casella+strana").content.decode()
    assert '<input type="hidden" name="text" value="casella strana">' in results

    explained = put(client, "casella strana", **{"as": "notice"}).content.decode()
    assert 'href="/it/search/?q=casella%20strana"' in explained


def test_a_code_page_offers_the_search(client: Client):
    assert 'href="/it/search/?q=550&amp;exact=1"' in client.get("/it/codes/550/").content.decode()


def test_a_file_is_explained(client: Client):
    file = SimpleUploadedFile("bounce.txt", BOUNCE.encode(), "text/plain")

    page = client.post("/en/explain/", {"text": "", "file": file}).content.decode()

    assert "Not delivered" in page and "5.1.1" in page


def test_a_file_goes_before_what_stands_in_the_box(client: Client):
    file = SimpleUploadedFile("bounce.txt", b"452 4.2.2 Mailbox full", "text/plain")

    page = client.post("/en/explain/", {"text": BOUNCE, "file": file}).content.decode()

    assert "anna.verdi" not in page


@pytest.mark.parametrize(
    ("example", "holds"), [("notice", "User unknown"), ("log", "Greylisted"), ("code", "550 5.1.1")]
)
def test_an_example_fills_the_box(client: Client, example, holds):
    response = client.post("/en/explain/", {"text": "", "example": example})

    assert response.status_code == 200
    assert holds in response.context["text"]


def test_each_example_is_explained(client: Client):
    for example in ("notice", "log"):
        text = client.post("/en/explain/", {"text": "", "example": example}).context["text"]

        assert client.post("/en/explain/", {"text": text}).context["fates"][0].delivery.basis == "known-message"


def test_editing_brings_the_text_back_into_the_box(client: Client):
    page = put(client, BOUNCE, edit="1").content.decode()

    assert "User unknown</textarea>" in page


def test_the_explanation_is_to_be_had_as_json(client: Client):
    response = put(client, BOUNCE, format="json")

    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "no-store"
    assert response.json()["deliveries"][0]["enhanced_code"] == "5.1.1"


def test_the_address_of_the_box_shows_the_empty_box(client: Client):
    response = client.get("/it/explain/")

    assert response.status_code == 200
    assert '<textarea id="text" name="text"' in response.content.decode()


def test_explaining_needs_no_token_and_sets_no_cookie():
    client = Client(enforce_csrf_checks=True)

    response = put(client, BOUNCE)

    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"
