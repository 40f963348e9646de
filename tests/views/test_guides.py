"""Guides: Markdown made safe, codes and terms linked; and the glossary they link to."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from codes.knowledge import snapshot
from codes.knowledge.entries import Said, Term, Text
from codes.knowledge.glossary import Glossary
from codes.models import Guide, Reason
from codes.models.vocabulary import Picture
from codes.views.markdown import render

DKIM = Term("dkim", Text("DKIM", "DKIM"), ("DKIM", "firma"), ("DKIM",), Text("Una firma.", "A <signature>."), "", (), 1)


def html(text: str, language: str = "en") -> str:
    return render(Said(text, language), Glossary([DKIM], language), language).html


class Elements(HTMLParser):
    """The elements of a text, as a browser would see them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "[press](javascript:alert(1))",
        "[press](data:text/html,x)",
        "[press](//evil.example/)",
        "![picture](https://evil.example/a.png)",
        "<a href='javascript:alert(1)'>press</a>",
        '[press](https://example.com/ "x\\" onclick=\\"alert(1)")',
    ],
)
def test_nothing_in_a_text_runs_or_loads(text):
    elements = Elements(html(text)).found

    assert {tag for tag, _attributes in elements} <= {"p", "a", "span"}
    for _tag, attributes in elements:
        assert set(attributes) <= {"href", "title", "target", "rel", "class"}
        assert attributes.get("href", "https://").startswith("https://")


def test_a_link_to_our_pages_stays_in_the_language():
    assert '<a href="/it/reasons/greylisted/">' in html("[attesa](/reasons/greylisted/)", "it")


def test_a_link_to_the_web_opens_beside_the_page_and_says_so():
    shown = html("[RFC](https://example.com/)")

    assert '<a href="https://example.com/" target="_blank" rel="noopener noreferrer">' in shown
    assert '<span class="hidden">' in shown


def test_a_code_links_to_its_page():
    assert '<a class="code" href="/en/codes/5.1.1/">5.1.1</a>' in html("See `5.1.1`, not `MAIL FROM`.")
    assert "<code>MAIL FROM</code>" in html("See `5.1.1`, not `MAIL FROM`.")


def test_headings_have_ids_of_their_own_and_the_page_has_one_of_the_first_level():
    shown = render(Said("# Perché\n\n## Perché\n\n## Main", "it"), Glossary([], "it"), "it")

    assert [heading.id for heading in shown.headings] == ["perche", "perche-2", "main-2"]
    assert "<h1" not in shown.html


def test_a_term_is_linked_where_it_first_stands_outside_headings_links_and_code():
    shown = html("## DKIM\n\n[DKIM](/guides/pec/) `DKIM` and DKIM, then DKIM.")

    assert shown.count('class="term"') == 1
    assert "and <a" in shown
    assert 'title="A &lt;signature&gt;."' in shown


def test_a_text_is_searched_for_the_terms_of_its_own_language():
    assert 'href="/it/glossary/#dkim"' in html("La firma.", "it")
    assert 'class="term"' not in html("La firma.", "en")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["it", "en"])
def test_every_guide_has_its_page_with_picture_and_contents(client: Client, knowledge, language):
    for slug, guide in knowledge.guides.items():
        page = client.get(f"/{language}/guides/{slug}/").content.decode()

        assert page.count("<h1") == 1, slug
        assert page.count('<svg class="drawing" role="img"') == bool(guide.picture), slug
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids)), slug
        assert page.count("<h2 id=") >= 4, slug


@pytest.mark.django_db
def test_every_picture_is_drawn_and_used(knowledge):
    assert {guide.picture for guide in knowledge.guides.values()} - {""} == set(Picture.values)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["it", "en"])
def test_every_term_has_its_place_in_the_glossary(client: Client, knowledge, language):
    page = client.get(f"/{language}/glossary/").content.decode()
    anchors = re.findall(r'<div id="([^"]+)"', page)

    assert sorted(anchors) == sorted(knowledge.terms)
    assert len(anchors) >= 60
    assert set(re.findall(rf'href="/{language}/glossary/#([^"]+)"', page)) <= set(anchors)


@pytest.mark.django_db
def test_meanings_of_reasons_and_codes_link_to_terms(client: Client):
    reason = Reason.objects.get(slug="blocklisted")
    reason.meaning_it = "Il server sta in una blocklist; quella blocklist è pubblica. `blocklist`"
    reason.save()
    snapshot.current(fresh=True)

    page = client.get("/it/reasons/blocklisted/").content.decode()

    meaning = page.partition('id="meaning"')[2].partition("</section>")[0]
    assert meaning.count('href="/it/glossary/#blocklist"') == 1
    assert "<code>blocklist</code>" in meaning


@pytest.mark.django_db
def test_a_guide_in_one_language_only_says_so(client: Client):
    Guide.objects.create(slug="new", title_it="Nuova", body_it="## Titolo\n\nUn testo con SPF.")
    snapshot.current(fresh=True)

    page = client.get("/en/guides/new/").content.decode()

    assert '<div class="guide" lang="it">' in page
    assert "This text is in Italian only." in page
    assert 'href="/en/glossary/#spf"' in page


@pytest.mark.django_db
def test_a_reason_and_its_guides_lead_to_each_other(client: Client):
    assert 'href="/it/guides/blocklists/"' in client.get("/it/reasons/blocklisted/").content.decode()
    assert 'href="/it/reasons/blocklisted/"' in client.get("/it/guides/blocklists/").content.decode()


@pytest.mark.django_db
def test_the_address_for_the_source_of_a_mail_leads_to_its_guide(client: Client):
    response = client.get("/it/help/source/")

    assert response["Location"] == "/it/guides/message-source/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "address"), [("greylisting", "/it/guides/greylisting/"), ("Mailing list", "#mailing-list")]
)
def test_guides_and_terms_are_found(client: Client, query, address):
    assert address in client.get("/it/search/", {"q": query, "exact": 1}).content.decode()


@pytest.mark.django_db
def test_an_editor_gets_to_the_form_of_a_guide_and_of_a_term(admin_client: Client, knowledge):
    guide, term = knowledge.guides["pec"], knowledge.terms["pec"]

    assert f'href="/admin/codes/guide/{guide.pk}/change/"' in admin_client.get("/it/guides/pec/").content.decode()
    assert f'href="/admin/codes/term/{term.pk}/change/"' in admin_client.get("/it/glossary/").content.decode()
