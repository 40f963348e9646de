"""The reader's language: how it is found, kept and switched."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("accepted", "home"), [("it-IT,it;q=0.9", "/it/"), ("en-GB", "/en/"), ("fr", "/it/")])
def test_the_bare_address_leads_to_the_language_the_browser_asks_for(client: Client, accepted, home):
    response = client.get("/", headers={"accept-language": accepted})

    assert (response.status_code, response["Location"]) == (302, home)


def test_the_cookie_beats_the_browser(client: Client):
    client.cookies["django_language"] = "en"

    assert client.get("/", headers={"accept-language": "it"})["Location"] == "/en/"


@pytest.mark.parametrize("address", ["/fr/", "/fr/codes/550/", "/de/search/"])
def test_an_unknown_language_is_a_page_not_found_in_the_readers_language(client: Client, address):
    response = client.get(address, headers={"accept-language": "en"})

    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


@pytest.mark.parametrize("path", ["", "codes/", "codes/550/", "reasons/mailbox-full/", "search/?q=quota&exact=1"])
def test_the_switch_keeps_the_page(client: Client, path):
    page = client.get(f"/it/{path}").content.decode()

    assert f'<a class="language" href="/en/{path.replace("&", "&amp;")}" hreflang="en" lang="en">' in page


def test_using_the_switch_is_remembered(client: Client):
    client.get("/en/codes/550/", headers={"referer": "http://testserver/it/codes/550/"})

    assert client.get("/550", headers={"accept-language": "it"})["Location"] == "/en/codes/550/"


def test_reading_pages_of_one_language_sets_no_cookie(client: Client):
    for came_from in ("", "http://testserver/it/codes/", "http://elsewhere.example/en/"):
        assert not client.get("/it/codes/550/", headers={"referer": came_from}).cookies


def test_a_page_names_its_address_in_both_languages(client: Client):
    page = client.get("/it/codes/550/").content.decode()

    assert '<link rel="canonical" href="http://testserver/it/codes/550/">' in page
    assert '<link rel="alternate" hreflang="en" href="http://testserver/en/codes/550/">' in page
    assert '<html lang="it">' in page
