"""Pages of the guides and the glossary."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.text import slugify

from codes.knowledge.entries import Term
from codes.views import visitor
from codes.views.entries import moved
from codes.views.markdown import render
from codes.views.published import page, published

#: The guide behind the address that programs and pages know it by.
SOURCE = "message-source"


@published
def guides(request: HttpRequest) -> HttpResponse:
    """All guides, in their order."""
    knowledge = visitor.knowledge_for(request)
    context = {"guides": list(knowledge.guides.values()), "term_count": len(knowledge.terms)}
    return page(request, "guides.html", context)


@published
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide."""
    knowledge = visitor.knowledge_for(request)
    entry = knowledge.guides.get(slug)
    if entry is None:
        return moved(knowledge, "guide", slug)
    language = visitor.language_of_page()
    said = entry.body.in_language(language)
    order = list(knowledge.guides.values())
    place = order.index(entry)
    context = {
        "entry": entry,
        "entry_kind": "guide",
        "body": render(said, knowledge.glossaries[said.language], language),
        "body_language": said.language,
        "reasons": [knowledge.reasons[each] for each in entry.reasons if each in knowledge.reasons],
        "previous": order[place - 1] if place else None,
        "next": order[place + 1] if place + 1 < len(order) else None,
    }
    return page(request, "guide.html", context)


@published
def glossary(request: HttpRequest) -> HttpResponse:
    """All terms, by the letter they begin with."""
    knowledge = visitor.knowledge_for(request)
    language = visitor.language_of_page()

    def place(term: Term) -> str:
        return slugify(term.title.in_language(language))

    terms = sorted(knowledge.terms.values(), key=place)
    letters = [(letter.upper(), list(group)) for letter, group in groupby(terms, key=lambda term: place(term)[:1])]
    return page(request, "glossary.html", {"letters": letters, "count": len(terms)})


def source(request: HttpRequest) -> HttpResponse:
    """Lead to the guide on how to get a mail's source."""
    return HttpResponsePermanentRedirect(reverse("guide", args=[SOURCE]))
