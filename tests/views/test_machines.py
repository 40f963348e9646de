"""What browsers and search engines ask for."""

import re
from xml.etree import ElementTree

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

NAMES = {
    "search": "http://a9.com/-/spec/opensearch/1.1/",
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


@pytest.mark.parametrize(("accepts", "language"), [("it", "it"), ("en-GB,en;q=0.9", "en")])
def test_a_browser_can_search_from_its_address_bar(client: Client, accepts, language):
    response = client.get("/opensearch.xml", headers={"accept-language": accepts})
    template = ElementTree.fromstring(response.content).find("search:Url", NAMES).get("template")

    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    assert template == f"http://testserver/{language}/search/?q={{searchTerms}}"
    assert 'type="application/opensearchdescription+xml"' in client.get("/it/").content.decode()


def test_the_sitemap_lists_every_page_in_both_languages_once(client: Client, knowledge):
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    addresses = [each.text for each in root.iterfind("map:url/map:loc", NAMES)]

    assert len(addresses) == len(set(addresses))
    for path in ("", "codes/", "codes/550/", "codes/5.1.1/", "codes/4xx/", "codes/x.7.x/", "privacy/"):
        assert {f"http://testserver/it/{path}", f"http://testserver/en/{path}"} <= set(addresses), path
    for kind, slugs in (("reasons", knowledge.reasons), ("messages", knowledge.signatures)):
        assert {f"http://testserver/en/{kind}/{slug}/" for slug in slugs} <= set(addresses)
    assert {link.get("hreflang") for link in root.find("map:url", NAMES).iterfind("xhtml:link", NAMES)} == {"it", "en"}


def test_every_page_of_the_sitemap_is_there_and_has_a_description_of_its_own(client: Client):
    addresses = re.findall(r"<loc>http://testserver(/en/[^<]*)</loc>", client.get("/sitemap.xml").content.decode())
    common = re.search(r'name="description" content="([^"]*)"', client.get("/en/").content.decode())[1]
    wrong = []
    for address in [*addresses[:: len(addresses) // 60], "/en/codes/x.7.x/", "/en/codes/5xx/"]:
        response = client.get(address)
        described = re.search(r'name="description" content="([^"]*)"', response.content.decode())
        canonical = f'<link rel="canonical" href="http://testserver{address}">' in response.content.decode()
        if response.status_code != 200 or not canonical or (described[1] == common and address != "/en/"):
            wrong.append(address)

    assert wrong == []


def test_robots_are_told_of_the_sitemap(client: Client):
    assert b"Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content
