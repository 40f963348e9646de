"""The search page."""

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from codes.knowledge.entries import Knowledge
from codes.search import index_of
from codes.search.documents import Document
from codes.search.marking import Marker, other_names, says
from codes.search.query import Query
from codes.views import listing, visitor
from codes.views.asked import asked
from codes.views.codes import address_of
from codes.views.published import page, published
from codes.views.words import VERDICT_OF_CLASS, WORD_OF_VERDICT, system_name

LONGEST_QUERY = 200
#: How many results a page lists; links lead to the others.
ON_A_PAGE = 20
KINDS = {
    "reason": _("Reason"),
    "code": _("Code"),
    "message": _("Message"),
    "provider": _("Provider"),
    "collection": _("Collection"),
    "guide": _("Guide"),
    "term": _("Term"),
}
PLURALS = {
    "reason": _("Reasons"),
    "code": _("Codes"),
    "message": _("Messages"),
    "provider": _("Providers"),
    "collection": _("Collections"),
    "guide": _("Guides"),
    "term": _("Terms"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit as the page lists it."""

    kind: str
    label: str | Promise
    owner: str
    address: str
    code: str
    title: SafeString
    says: SafeString
    names: list[SafeString]
    verdict: str
    verdict_word: str | Promise
    mover: str


@published
def search(request: HttpRequest) -> HttpResponse:
    """Search the knowledge base; an exact code or slug jumps to its page unless `exact` was asked for."""
    query = " ".join(request.GET.get("q", "").split())[:LONGEST_QUERY]
    kind = request.GET.get("kind", "") if request.GET.get("kind") in KINDS else ""
    exact = bool(request.GET.get("exact"))
    knowledge = visitor.knowledge_for(request)
    language = visitor.language_of_page()
    if not exact and not kind and (target := jump(knowledge, query)):
        return HttpResponseRedirect(target)
    index = index_of(knowledge)
    everything = index.search(query, language, exact)
    results = everything.of_kind(kind) if kind else everything
    show = Show(index.knowledge, results.query, language)
    listed = Paginator(results.hits, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "query": query,
        "kind": kind,
        "hits": [show(hit.document) for hit in listed],
        "listed": listed,
        "previous": _address(query, kind, exact, listed.number - 1),
        "next": _address(query, kind, exact, listed.number + 1),
        "total": len(everything.hits),
        "corrected": results.query.corrected,
        "partial": results.partial,
        "filters": [
            (each, PLURALS[each], everything.counts[each], _address(query, each, exact))
            for each in KINDS
            if everything.counts[each]
        ],
        "all_address": _address(query, "", exact or bool(kind)),
        "exact_address": _address(query, "", True),
        "nearest": [] if results.hits or not query else [show(near) for near in index.nearest(query, language)],
    }
    return page(request, "search.html", context)


def _address(query: str, kind: str, exact: bool, number: int = 1) -> str:
    parameters = {"q": query} | ({"kind": kind} if kind else {}) | ({"exact": "1"} if exact else {})
    parameters |= {"page": str(number)} if number > 1 else {}
    return f"{reverse('search')}?{urlencode(parameters)}"


def jump(knowledge: Knowledge, query: str) -> str:
    """Return the address that a query names exactly, or nothing."""
    slug = query.lower()
    for kind, entries in (
        ("reason", knowledge.reasons),
        ("collection", knowledge.collections),
        ("provider", knowledge.providers),
        ("message", knowledge.signatures),
        ("guide", knowledge.guides),
    ):
        if slug in entries and ("-" in slug or kind == "reason"):
            return reverse(kind, args=[slug])
    wanted = asked(query) if query else None
    return address_of(knowledge, wanted.code, wanted.reply) if wanted and wanted.kind == "code" else ""


class Show:
    """Makes of documents what the page lists, the words of one query marked in them."""

    def __init__(self, knowledge: Knowledge, query: Query, language: str, brief: bool = False) -> None:
        self.knowledge = knowledge
        self.language = language
        self.brief = brief  # titles and names, no sentences
        self._markers = (Marker(query), Marker(query, widely=True))

    def __call__(self, document: Document) -> Shown:
        """Return a document as the page lists it; words that only mean the same are marked where none was typed so."""
        verdict, mover, owner = _judged(self.knowledge, document)
        title = document.title.in_language(self.language)
        for marker in self._markers:
            sentence = "" if self.brief else says(document, marker, self.language)
            names = other_names(document, marker, (title, sentence))
            if names or marker.held(title) or marker.held(sentence):
                break
        return Shown(
            kind=document.kind,
            label=KINDS[document.kind],
            owner=owner,
            address=address_of_document(document),
            code=document.key if document.kind == "code" else "",
            title=_marked(title, marker),
            says=_marked(sentence, marker),
            names=[_marked(name, marker) for name in names],
            verdict=verdict,
            verdict_word=WORD_OF_VERDICT.get(verdict, ""),
            mover=mover,
        )


def _marked(text: str, marker: Marker) -> SafeString:
    """Escape a text and mark the words that were found; a name in the other language says which it is."""
    pieces = marker.pieces(text.replace("`", ""))
    html = "".join(f"<mark>{escape(piece)}</mark>" if hit else escape(piece) for piece, hit in pieces)
    language = getattr(text, "language", "")
    return mark_safe(
        f'<span lang="{language}">{html}</span>' if language not in ("", visitor.language_of_page()) else html
    )


def address_of_document(document: Document) -> str:
    """Return the address of an entry; a term's is its place in the glossary."""
    if document.kind == "term":
        return f"{reverse('glossary')}#{document.key}"
    return reverse(document.kind, args=[document.key])


def _judged(knowledge: Knowledge, document: Document) -> tuple[str, str, str]:
    """Return verdict, whose move it is, and whose words they are, as far as the kind of entry has them."""
    key = document.key
    if document.kind == "reason":
        reason = knowledge.reasons[key]
        return listing.verdict_of_reason(reason), listing.mover_of_reason(reason), ""
    if document.kind == "message":
        signature = knowledge.signatures[key]
        reason = knowledge.reasons[signature.reason]
        provider = knowledge.providers.get(signature.provider or "")
        mover = signature.who_acts or listing.mover_of_reason(reason)
        language = visitor.language_of_page()
        owner = str(provider.title.in_language(language)) if provider else system_name(signature.system)
        return listing.verdict_of_reason(reason), mover, owner
    if document.kind == "code":
        verdict = VERDICT_OF_CLASS.get(key[0], "")
        slug = knowledge.reason_of_enhanced_code(key) if "." in key else knowledge.reason_at_stage(key, None)
        reason = knowledge.reasons.get(slug or "")
        return verdict, reason.who_acts(retried=key[0] == "4") if reason and key[0] in "45" else "", ""
    return "", "", ""
