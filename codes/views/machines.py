"""What browsers and search engines ask for: the description of our search, the list of our pages, and robots.txt."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from codes.knowledge.entries import Knowledge
from codes.search import index_of
from codes.views import visitor
from codes.views.context import Site
from codes.views.published import published

#: Pages that are no entry's.
LISTS = (
    "home", "codes", "sheet", "reasons", "providers", "messages", "guides", "glossary", "ticket-systems", "privacy",
)  # fmt: skip


def opensearch(request: HttpRequest) -> HttpResponse:
    """Describe the search, so that a browser's address bar can use it, in the reader's language."""
    with translation.override(translation.get_language_from_request(request)):
        content = render_to_string("opensearch.xml", {}, request)
    response = HttpResponse(content, content_type="application/opensearchdescription+xml; charset=utf-8")
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    response["Cache-Control"] = "no-cache"
    return response


@published
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every public page in both languages."""
    origin = Site(request).origin
    pages = [f"{origin}/{{}}{path}" for path in sorted(set(_paths(visitor.knowledge_for(request))))]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for page in pages:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{page.format(language)}"/>'
            for language in ("it", "en")
        )
        lines += [f"<url><loc>{page.format(language)}</loc>{links}</url>" for language in ("it", "en")]
    lines.append("</urlset>\n")
    return HttpResponse("\n".join(lines), content_type="application/xml; charset=utf-8")


def _paths(knowledge: Knowledge) -> Iterator[str]:
    """Yield the path of each page, without its language."""
    with translation.override("it"):
        for name in LISTS:
            yield reverse(name)[3:]
        for document in index_of(knowledge).documents:
            if document.kind == "term":
                continue  # they stand on the glossary's one page
            yield reverse(document.kind, args=[document.key])[3:]


def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines where the list is; pages that are none of their business say so themselves."""
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {Site(request).origin}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
