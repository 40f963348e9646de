"""Home, lists of reasons, providers and messages, and the pages about Rimbalzo itself."""

import re
from collections import Counter

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["it", "en"])
def test_no_link_from_the_home_page_on_leads_nowhere(client: Client, language):
    """Walks through every page of a language; the other one is reached by the switch and walked by itself.

    Of a search the first page is enough: tests/views/test_search.py goes on to the others.
    """
    waiting, seen = [f"/{language}/"], set()
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        assert response.status_code in (200, 302), address
        if response.status_code == 302 or "html" not in response["Content-Type"]:
            continue
        html = response.content.decode()
        anchors = set(re.findall(r'\sid="([^"]+)"', html))
        for link in re.findall(r'<a [^>]*?href="([^"]+)"', html):
            path, _hash, anchor = link.replace("&amp;", "&").partition("#")
            assert path or anchor in anchors, f"{link} on {address}"
            if path.startswith(f"/{language}/") and "page=" not in path and path not in seen:
                seen.add(path)
                waiting.append(path)

    assert len(seen) > 500


def test_a_page_has_one_heading_a_title_and_a_description(client: Client):
    for path in ("", "codes/", "codes/4xx/", "reasons/", "reasons/greylisted/", "providers/", "messages/", "privacy/"):
        html = client.get(f"/en/{path}").content.decode()

        assert html.count("<h1") == 1, path
        assert re.search(r"<title>[^<]{5,} – Rimbalzo</title>", html), path
        assert re.search(r'<meta name="description" content="[^"]{20,}">', html), path
        assert '<a class="skip" href="#main">' in html, path


def test_pages_hold_no_inline_script_or_style_and_nothing_from_other_hosts(client: Client):
    for path in ("", "codes/550/", "codes/", "reasons/greylisted/", "search/?q=spam"):
        html = client.get(f"/en/{path}").content.decode()

        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html), path
        assert not re.search(r'<(?:script|img|link rel="stylesheet"|iframe)[^>]*(?:src|href)="(?:https?:)?//', html), (
            path
        )


def test_home_names_the_most_read_reasons_and_the_classes(client: Client):
    html = client.get("/it/").content.decode()

    assert html.partition('<ol class="top"')[2].partition("</ol>")[0].count("<li") == 10
    assert [code for code in ("2xx", "3xx", "4xx", "5xx") if f'href="/it/codes/{code}/"' not in html] == []


def test_every_reason_has_its_page_in_both_languages(client: Client, knowledge):
    for slug, reason in knowledge.reasons.items():
        assert reason.title.it.split("’")[0] in client.get(f"/it/reasons/{slug}/").content.decode()
        assert client.get(f"/en/reasons/{slug}/").status_code == 200


def test_a_reason_says_whose_move_it_is_and_what_to_answer(client: Client):
    html = client.get("/it/reasons/mailbox-full/").content.decode()

    assert "Tocca al destinatario" in html
    assert "Il messaggio che ha inviato il {data} a {destinatario}" in html
    assert "The message you sent on {date} to {recipient}" in html
    assert 'href="/it/codes/4.2.2/"' in html and 'href="/it/codes/5.2.2/"' in html


def test_every_known_message_and_provider_has_its_page(client: Client, knowledge):
    for slug in knowledge.signatures:
        assert client.get(f"/it/messages/{slug}/").status_code == 200, slug
    for slug in knowledge.providers:
        assert client.get(f"/en/providers/{slug}/").status_code == 200, slug


def test_a_provider_says_what_to_do_and_where_to_ask(client: Client):
    html = client.get("/it/providers/outlook/").content.decode()

    assert 'id="advice"' in html
    assert 'href="https://olcsupport.office.com/" target="_blank" rel="noopener noreferrer"' in html
    assert 'href="https://sendersupport.olc.protection.outlook.com/pm/troubleshooting"' in html


def test_a_mail_system_has_its_messages_and_they_lead_to_it(client: Client):
    assert 'href="/it/messages/postfix-loop/"' in client.get("/it/providers/postfix/").content.decode()
    assert 'href="/it/providers/postfix/"' in client.get("/it/messages/postfix-loop/").content.decode()


def test_providers_of_every_kind_are_described(knowledge):
    kinds = Counter(provider.kind for provider in knowledge.providers.values())

    assert kinds["mailbox"] >= 30
    assert kinds["gateway"] >= 8
    assert kinds["system"] >= 8
    assert [slug for slug, provider in knowledge.providers.items() if not (provider.advice and provider.sources)] == []


@pytest.mark.parametrize("kind", ["reasons", "messages", "providers", "collections", "guides"])
def test_an_unknown_slug_is_not_found(client: Client, kind):
    assert client.get(f"/it/{kind}/no-such-thing/").status_code == 404


def test_an_explanation_without_content_takes_only_what_is_well_formed(client: Client):
    response = client.get("/it/explained/?code=<b>&status=9.9.9&reason=nobody")

    assert response.status_code == 404
    assert "A questo indirizzo non c’è niente da spiegare." in response.content.decode()


def test_an_explanation_without_content_is_for_no_search_engine(client: Client):
    html = client.get("/it/explained/?code=550&status=5.1.1&reason=user-unknown").content.decode()

    assert '<meta name="robots" content="noindex">' in html
    assert 'href="/it/codes/5.1.1/"' in html


def test_the_process_says_that_it_lives(client: Client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_browsers_find_a_picture_for_the_tab(client: Client):
    assert client.get("/favicon.ico")["Location"].endswith("favicon.svg")


def test_a_reason_tells_what_the_recipient_can_do(client: Client, knowledge):
    page = client.get("/it/reasons/mailbox-full/").content.decode()

    assert all(step in page for step in knowledge.reasons["mailbox-full"].recipient_steps.lines("it"))
