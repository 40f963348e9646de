"""The search page."""

import re
from html import unescape

import pytest
from django.test import Client

from codes.views import searching

pytestmark = pytest.mark.django_db


def first_links(client: Client, query: str, language: str = "it") -> list[str]:
    """Return the links inside main, in order."""
    page = client.get(f"/{language}/search/", {"q": query}).content.decode()
    return re.findall(r'<a [^>]*?href="([^"]+)"', page.partition('<main id="main"')[2].partition("</main>")[0])


def links_of_hits(page: str) -> list[str]:
    """Return the links of the results that a page lists, in order."""
    return re.findall(r'<h2><a href="([^"]+)"', page.partition('<ol class="rows hits"')[2].partition("</ol>")[0])


@pytest.mark.parametrize(
    ("language", "query", "found"),
    [
        ("it", "casella piena", "/it/reasons/mailbox-full/"),
        ("it", "caselle piene", "/it/reasons/mailbox-full/"),
        ("it", "CASELLA PIENA", "/it/reasons/mailbox-full/"),
        ("it", "utente sconosciuto", "/it/reasons/user-unknown/"),
        ("it", "quota exceeded", "/it/reasons/mailbox-full/"),
        ("en", "mailbox full", "/en/reasons/mailbox-full/"),
        ("en", "relay access denied", "/en/reasons/relay-denied/"),
        ("en", "mailbo ful", "/en/reasons/mailbox-full/"),
    ],
)
def test_words_find_what_they_mean_and_the_results_are_the_first_links(client: Client, language, query, found):
    assert first_links(client, query, language)[0] == found


def test_results_name_their_kind_their_verdict_and_whose_move_it_is(client: Client):
    page = client.get("/it/search/?q=casella+piena").content.decode()
    first = page.partition('<li class="first">')[2].partition("</li>")[0]

    assert '<span class="kind">Motivo</span>' in first
    assert 'data-verdict="temporary"' in first and "Temporaneo" in first
    assert "Tocca al destinatario" in first
    assert "<mark>Casella</mark> <mark>piena</mark>" in first


@pytest.mark.parametrize(
    ("query", "leads_to"),
    [
        ("550", "/it/codes/550/"),
        (" 5.1.1 ", "/it/codes/5.1.1/"),
        ("550 5.1.1", "/it/codes/5.1.1/"),
        ("mailbox-full", "/it/reasons/mailbox-full/"),
        ("cisco-esa", "/it/collections/cisco-esa/"),
    ],
)
def test_an_exact_code_or_slug_opens_its_page(client: Client, query, leads_to):
    response = client.get("/it/search/", {"q": query})

    assert (response.status_code, response["Location"]) == (302, leads_to)


def test_a_code_can_be_searched_in_the_texts(client: Client):
    response = client.get("/it/search/", {"q": "550", "exact": "1"})

    assert response.status_code == 200
    assert 'href="/it/codes/550/"' in response.content.decode()


def test_a_misspelt_word_is_taken_for_the_nearest(client: Client):
    page = client.get("/en/search/?q=quota+exceded").content.decode()

    assert "(taken for “quota exceeded”)" in page
    assert 'href="/en/search/?q=quota+exceded&amp;exact=1"' in page


def test_exact_takes_no_word_for_another(client: Client):
    assert "taken for" not in client.get("/en/search/?q=quota+exceded&exact=1").content.decode()


def test_results_of_one_kind(client: Client):
    page = client.get("/en/search/?q=mailbox+full&kind=code").content.decode()

    hits = page.partition('<ol class="rows hits"')[2].partition("</ol>")[0]
    assert hits.count("<li") == hits.count('href="/en/codes/') > 1


def test_without_hits_the_nearest_are_shown_and_the_way_on(client: Client):
    page = client.get("/en/search/?q=xyzzyplugh").content.decode()

    assert "Nothing found for" in page
    assert page.count('href="/en/reasons/') > 3
    assert "Explain it as a bounce" in page


def test_an_empty_search_says_what_can_be_searched(client: Client):
    for query in ("", "?q=", "?q=+++"):
        assert "Che cosa si può cercare" in client.get(f"/it/search/{query}").content.decode()


def test_a_name_by_which_an_entry_was_found_is_shown(client: Client):
    page = client.get("/it/search/?q=casella+satura").content.decode()

    assert "Si chiama anche: <mark>casella</mark> <mark>satura</mark>" in page


def test_all_of_one_kind_are_counted_and_the_page_says_which_it_shows(client: Client, knowledge):
    with_550 = [signature for signature in knowledge.signatures.values() if "550" in signature.codes]

    page = client.get("/en/search/?q=550&kind=message&exact=1&page=2").content.decode()

    found = int(re.search(r"(\d+) results for", page)[1])
    assert found >= len(with_550) > 2 * searching.ON_A_PAGE
    assert len(links_of_hits(page)) == searching.ON_A_PAGE
    assert "here 21 to 40" in page


def test_every_message_with_a_code_is_on_one_of_the_pages_once(client: Client, knowledge):
    address, seen = "/en/search/?q=550&kind=message&exact=1", []
    while address:
        page = client.get(address).content.decode()
        seen += links_of_hits(page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following and unescape(following[1])

    with_550 = {f"/en/messages/{each.slug}/" for each in knowledge.signatures.values() if "550" in each.codes}
    assert len(seen) == len(set(seen))
    assert with_550 <= set(seen)


def test_few_results_need_no_pages(client: Client):
    assert 'rel="next"' not in client.get("/en/search/?q=greylisting&kind=reason&exact=1").content.decode()


@pytest.mark.parametrize("number", ["0", "-1", "999", "two"])
def test_a_page_that_is_not_there_leads_to_one_that_is(client: Client, number: str):
    page = client.get("/en/search/", {"q": "550", "kind": "message", "exact": "1", "page": number})

    assert page.status_code == 200
    assert links_of_hits(page.content.decode())


def test_what_is_typed_is_shown_as_text(client: Client):
    page = client.get("/en/search/", {"q": "<script>alert(1)</script> mailbox"}).content.decode()

    assert "<script>alert" not in page


def test_stop_words_and_signs_alone_find_nothing_and_break_nothing(client: Client):
    for query in ("di la e", "???", '" ( foo:bar', "x" * 5000):
        assert client.get("/it/search/", {"q": query}).status_code == 200
