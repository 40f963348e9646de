"""Pages of codes: known, unknown, malformed, their classes and subjects."""

import re

import pytest
from django.test import Client

from codes.views import listing

pytestmark = pytest.mark.django_db

ESA = "211 214 220 221 250 251 354 421 450 451 452 453 500 501 502 503 504 550 551 552 553 554".split()


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def test_every_code_of_the_knowledge_base_has_its_page_in_both_languages(client: Client, knowledge):
    codes = [code for code, entry in knowledge.reply_codes.items() if entry.standing != "draft"]
    codes += [entry.in_class(digit) for entry in knowledge.enhanced_codes.values() for digit in entry.classes]

    for language in ("it", "en"):
        for code in codes:
            assert f'<span class="code">{code}</span>' in text(client, f"/{language}/codes/{code}/")


def test_a_code_page_says_what_it_means_and_what_to_do(client: Client, knowledge):
    page = text(client, "/it/codes/550/")
    entry = knowledge.reply_codes["550"]

    assert entry.title.it in page
    assert "Che cosa vuol dire" in page and "Che cosa fare" in page
    assert "Definitivo" in page


def test_a_code_and_its_enhanced_codes_link_to_each_other(client: Client):
    assert 'href="/it/codes/5.1.1/"' in text(client, "/it/codes/550/")
    assert 'href="/it/codes/550/"' in text(client, "/it/codes/5.1.1/")


def test_a_code_says_what_it_means_at_each_stage(client: Client, knowledge):
    meanings = knowledge.reply_codes["552"].stage_meanings
    page = text(client, "/en/codes/552/")

    assert meanings["rcpt"].en in page and meanings["message"].en in page
    assert meanings["rcpt"].en != meanings["message"].en


def test_a_stage_without_a_reason_of_its_own_shows_that_of_any_other(knowledge):
    rows = {row.stage: row for row in listing.stage_rows(knowledge, knowledge.reply_codes["552"])}

    assert rows["rcpt"].reason == rows[""].reason == knowledge.reasons["mailbox-full"]
    assert rows["burl"].reason is None


def test_a_code_shows_how_servers_word_it(client: Client, knowledge):
    entry = knowledge.reply_codes["550"]
    worded = listing.wordings(entry, listing.signatures_with_code(knowledge, "550"))

    assert len({wording.signature.reason for wording in worded}) == 3
    assert 'id="wordings"' in text(client, "/it/codes/550/")
    assert knowledge.reply_codes["354"].wordings[1].split(",")[0] in text(client, "/it/codes/354/")


def without_terms(html: str) -> str:
    """Return a page without the links to the glossary, which stand around words."""
    return re.sub(r'<a class="term"[^>]*>(.*?)</a>', r"\1", html)


def test_an_enhanced_code_keeps_its_definition_apart_from_what_others_make_of_it(client: Client, knowledge):
    entry = knowledge.enhanced_codes["X.1.10"]
    page = without_terms(text(client, "/en/codes/5.1.10/"))

    assert "Microsoft" not in entry.meaning.en and "Microsoft 365" in entry.other_uses.en
    assert 'id="other-uses"' in page and entry.difference.en in page


def test_a_success_does_not_stand_for_the_reason_of_a_refusal(knowledge):
    assert knowledge.reason_of_enhanced_code("5.7.0") == "policy"
    assert knowledge.reason_of_enhanced_code("2.7.0") is None
    assert knowledge.reason_of_enhanced_code("2.1.5") == "delivered"


def test_an_enhanced_code_leads_to_its_reason(client: Client):
    assert 'href="/en/reasons/user-unknown/"' in text(client, "/en/codes/5.1.1/")


def test_the_same_enhanced_code_reads_differently_in_each_class(client: Client):
    assert 'data-verdict="temporary"' in text(client, "/en/codes/4.2.2/")
    assert 'data-verdict="permanent"' in text(client, "/en/codes/5.2.2/")


def test_both_classes_stand_side_by_side(client: Client):
    page = text(client, "/it/codes/x.2.2/")

    assert 'href="/it/codes/4.2.2/"' in page and 'href="/it/codes/5.2.2/"' in page


def test_capitals_lead_to_the_one_address(client: Client):
    response = client.get("/it/codes/X.1.1/")

    assert (response.status_code, response["Location"]) == (301, "/it/codes/x.1.1/")


@pytest.mark.parametrize("code", ["557", "559", "5.7.999", "4.9.1", "x.9.9"])
def test_a_code_that_nobody_defined_gets_a_helpful_page_and_404(client: Client, code):
    page = text(client, f"/it/codes/{code}/", status=404)

    assert "Un codice che nessuno ha definito" in page


def test_an_unknown_code_is_explained_by_its_class_and_subject(client: Client, knowledge):
    page = text(client, "/en/codes/5.7.999/", status=404)

    assert knowledge.classes["5"].title.en in page
    assert knowledge.subjects["7"].title.en in page
    assert 'href="/en/codes/x.7.x/"' in page


@pytest.mark.parametrize("code", ["550", "5.1.1"])
def test_a_page_that_shows_only_some_of_a_codes_messages_links_to_more(client: Client, knowledge, code):
    page = text(client, f"/en/codes/{code}/")
    bearing = [entry for entry in knowledge.signatures.values() if code in entry.codes]
    message, more = r'href="/en/messages/[^"]+', f"/en/search/?q={code}&amp;kind=message&amp;exact=1"

    listed = page.partition('id="messages"')[2].partition("</section>")[0]

    assert len(re.findall(message, listed)) == 12 < len(bearing)
    assert f'href="{more}"' in page
    assert len(re.findall(message, text(client, more.replace("&amp;", "&")))) > 12


def test_a_providers_own_code_shows_the_messages_that_bear_it(client: Client, knowledge):
    code = next(
        code
        for signature in knowledge.signatures.values()
        for code in signature.codes
        if code.count(".") == 2 and code[0] in "245" and knowledge.enhanced_code(code) is None
    )

    assert "Un codice proprio di un gestore" in text(client, f"/it/codes/{code}/")


@pytest.mark.parametrize("code", ["55", "5500", "650", "abc", "5.1", "5.1.1.1", "3.1.1", "5.01.1", "5.1.1000", "xxx"])
def test_a_malformed_code_is_a_plain_404(client: Client, code):
    assert "Page not found" in text(client, f"/en/codes/{code}/", status=404)


@pytest.mark.parametrize("code", ["2xx", "3xx", "4xx", "5xx", "2.x.x", "4.x.x", "5.x.x"])
def test_each_class_has_its_list(client: Client, code):
    page = text(client, f"/it/codes/{code}/")

    assert f'<span class="code">{code}</span>' in page


def test_the_classes_tell_soft_from_hard_bounces(client: Client):
    assert "soft bounce" in text(client, "/it/codes/4xx/")
    assert "hard bounce" in text(client, "/it/codes/5xx/")


@pytest.mark.parametrize(("code", "inside"), [("x.1.x", "5.1.1"), ("5.7.x", "5.7.26"), ("4.2.x", "4.2.2")])
def test_each_subject_has_its_list_also_within_a_class(client: Client, code, inside):
    assert f'href="/it/codes/{inside}/"' in text(client, f"/it/codes/{code}/")


def test_a_subject_that_the_standard_does_not_know_is_malformed(client: Client):
    text(client, "/it/codes/x.8.x/", status=404)


def test_the_overview_lists_every_code_once(client: Client, knowledge):
    page = text(client, "/it/codes/")

    for code, entry in knowledge.reply_codes.items():
        assert page.count(f'href="/it/codes/{code}/"') == (entry.standing != "draft"), code
    for code in knowledge.enhanced_codes:
        assert page.count(f'href="/it/codes/{code.lower()}/"') == 1


def test_the_codes_of_cisco_esa_are_listed_and_marked(client: Client):
    collection = text(client, "/it/collections/cisco-esa/")

    assert "Codici supportati da Cisco ESA" in collection
    assert [code for code in ESA if f'href="/it/codes/{code}/"' not in collection] == []
    assert collection.count(">ESA</abbr>") == 22
    assert "RFC 821" in collection
    assert text(client, "/it/codes/").count(">ESA</abbr>") == 22


def test_a_code_stands_as_json_beside_its_page(client: Client, knowledge):
    for code in ("550", "5.1.1"):
        data = client.get(f"/it/codes/{code}.json").json()

        assert data["code"] == code
        assert data["page"] == f"http://testserver/it/codes/{code}/"
    assert client.get("/it/codes/550.json").json()["title"] == knowledge.reply_codes["550"].title.it
    assert client.get("/it/codes/5.1.1.json").json()["reason"] == "user-unknown"
    assert client.get("/it/codes/5.7.999.json").status_code == 404


def test_the_known_messages_of_a_code_show_an_example_that_bears_it(client: Client):
    for code in ("550", "5.7.1", "421"):
        html = client.get(f"/en/codes/{code}/").content.decode()
        rows = html.partition('id="messages"')[2].partition("</ul>")[0]
        examples = re.findall(r'<code class="says" lang="en">([^<]*)</code>', rows)

        assert len(examples) == 12
        assert [example for example in examples if not re.search(rf"(?<![\d.]){re.escape(code)}\b", example)] == []
