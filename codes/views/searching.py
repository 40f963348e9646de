"""The search page."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from codes.knowledge.entries import Knowledge
from codes.search import Hit, index_of
from codes.search.documents import Document, folded, stem, words_of
from codes.views import listing, visitor
from codes.views.asked import asked
from codes.views.codes import address_of
from codes.views.published import page, published
from codes.views.words import WORD_OF_VERDICT

LONGEST_QUERY = 200
KINDS = {
    "reason": _("Reason"),
    "code": _("Code"),
    "message": _("Message"),
    "provider": _("Provider"),
    "collection": _("Collection"),
}
PLURALS = {
    "reason": _("Reasons"),
    "code": _("Codes"),
    "message": _("Messages"),
    "provider": _("Providers"),
    "collection": _("Collections"),
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
    verdict: str
    verdict_word: str | Promise
    mover: str


@published
def search(request: HttpRequest) -> HttpResponse:
    """Search the knowledge base; an exact code or slug jumps to its page unless `exact` was asked for."""
    query = " ".join(request.GET.get("q", "").split())[:LONGEST_QUERY]
    kind = request.GET.get("kind", "")
    exact = bool(request.GET.get("exact"))
    knowledge = visitor.knowledge_for(request)
    language = visitor.language_of_page()
    if not exact and not kind and (target := _jump(knowledge, query)):
        return HttpResponseRedirect(target)
    results = index_of(knowledge).search(query, language, exact)
    found = [_shown(knowledge, hit) for hit in results.hits]
    counts = {each: sum(hit.kind == each for hit in found) for each in KINDS}
    hits = [hit for hit in found if hit.kind == kind] if kind in KINDS else found
    context = {
        "query": query,
        "kind": kind if kind in KINDS else "",
        "exact": exact,
        "hits": hits,
        "total": len(found),
        "results": results,
        "filters": [
            (each, PLURALS[each], count, _address(query, each, exact)) for each, count in counts.items() if count
        ],
        "all_address": _address(query, "", exact or kind in KINDS),
        "exact_address": _address(query, "", True),
        "nearest": [
            _shown(knowledge, Hit(near, 0, frozenset())) for near in index_of(knowledge).nearest(query, language)
        ]
        if query and not hits
        else [],
    }
    return page(request, "search.html", context)


def _address(query: str, kind: str, exact: bool) -> str:
    parameters = {"q": query} | ({"kind": kind} if kind else {}) | ({"exact": "1"} if exact else {})
    return f"{reverse('search')}?{urlencode(parameters)}"


def _jump(knowledge: Knowledge, query: str) -> str:
    """Return the address that a query names exactly, or nothing."""
    slug = query.lower()
    for kind, entries in (
        ("reason", knowledge.reasons),
        ("collection", knowledge.collections),
        ("provider", knowledge.providers),
        ("message", knowledge.signatures),
    ):
        if slug in entries and ("-" in slug or kind == "reason"):
            return reverse(kind, args=[slug])
    wanted = asked(query) if query else None
    return address_of(knowledge, wanted.code, wanted.reply) if wanted and wanted.kind == "code" else ""


def _shown(knowledge: Knowledge, hit: Hit) -> Shown:
    document = hit.document
    verdict, mover, owner = _judged(knowledge, document)
    return Shown(
        kind=document.kind,
        label=KINDS[document.kind],
        owner=owner,
        address=reverse(document.kind, args=[document.key]),
        code=document.key if document.kind == "code" else "",
        title=_marked(document.title, hit.stems),
        says=_marked(_excerpt(document.says, hit.stems), hit.stems),
        verdict=verdict,
        verdict_word=WORD_OF_VERDICT.get(verdict, ""),
        mover=mover,
    )


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
        owner = str(provider.title.in_language(language)) if provider else signature.system.capitalize()
        return listing.verdict_of_reason(reason), mover, owner
    if document.kind == "code":
        verdict = {"2": "delivered", "3": "unknown", "4": "temporary", "5": "permanent"}.get(key[0], "unknown")
        slug = knowledge.reason_of_enhanced_code(key) if "." in key else knowledge.reason_at_stage(key, None)
        reason = knowledge.reasons.get(slug or "")
        return verdict, reason.who_acts(retried=key[0] == "4") if reason and key[0] in "45" else "", ""
    return "", "", ""


def _excerpt(text: str, stems: frozenset[str]) -> str:
    """Return the sentence that holds the most of the words found; a server's reply is shown whole."""
    sentences = re.split(r"(?<=[.?!])\s+(?=[A-ZÀ-Ý«“])", text)
    return max(sentences, key=lambda sentence: len({stem(word) for word in words_of(sentence)} & stems), default="")


def _marked(text: str, stems: frozenset[str]) -> SafeString:
    """Escape a text and mark the words that were found."""
    pieces = []
    for piece in re.split(r"(\w+)", text.replace("`", "")):
        hit = piece and any(stem(word) in stems for word in re.findall(r"[a-z0-9]+", folded(piece)))
        pieces.append(f"<mark>{escape(piece)}</mark>" if hit else escape(piece))
    return mark_safe("".join(pieces))
