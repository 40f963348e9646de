"""Pages of reasons, providers, known messages and collections."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from codes.knowledge.entries import Knowledge, Reason
from codes.models.vocabulary import ProviderKind, ReasonGroup
from codes.views import listing, visitor
from codes.views.published import page, published
from codes.views.route import route_of_reason

#: The page of each kind of entry, by the model's name.
PAGES = {
    "reason": "reason",
    "provider": "provider",
    "signature": "message",
    "collection": "collection",
    "guide": "guide",
}


def moved(knowledge: Knowledge, kind: str, slug: str) -> HttpResponse:
    """Send an address that an entry had before to its page; raises Http404 where none had it."""
    now = knowledge.former_slugs.get((kind, slug))
    if now is None:
        raise Http404
    return HttpResponsePermanentRedirect(reverse(PAGES[kind], args=[now]))


@published
def reasons(request: HttpRequest) -> HttpResponse:
    """All reasons, by group."""
    knowledge = visitor.knowledge_for(request)
    groups = [
        (group, [_reason_row(reason) for reason in knowledge.reasons.values() if reason.group == group])
        for group in ReasonGroup
    ]
    return page(request, "reasons.html", {"groups": groups, "count": len(knowledge.reasons)})


def _reason_row(reason: Reason) -> tuple[Reason, str, str]:
    return reason, listing.verdict_of_reason(reason), listing.mover_of_reason(reason)


@published
def reason(request: HttpRequest, slug: str) -> HttpResponse:
    """One reason: what it means, whose move it is, what to do and what leads to it."""
    knowledge = visitor.knowledge_for(request)
    entry = knowledge.reasons.get(slug)
    if entry is None:
        return moved(knowledge, "reason", slug)
    verdict = listing.verdict_of_reason(entry)
    mover = listing.mover_of_reason(entry)
    context = {
        "entry": entry,
        "entry_kind": "reason",
        "group": ReasonGroup(entry.group) if entry.group in ReasonGroup.values else None,
        "verdict": verdict,
        "mover": mover,
        "later_mover": entry.acts_when_final if verdict == "temporary" and entry.acts_when_final != mover else "",
        "route": route_of_reason(entry, verdict, mover) if verdict in ("permanent", "temporary") else None,
        "codes": _codes_of_reason(knowledge, slug),
        "messages": list(knowledge.signatures_for(slug)),
        "guides": knowledge.guides_for(slug),
    }
    return page(request, "reason.html", context)


def _codes_of_reason(knowledge: Knowledge, slug: str) -> list[tuple]:
    """Return (code, title, stages) of every code that leads to a reason by itself."""
    rows = [
        (entry.in_class(digit), entry.title, ())
        for entry in knowledge.enhanced_codes.values()
        for digit in entry.classes
        if entry.reason_in(digit) == slug
    ]
    for code in knowledge.reply_codes.values():
        stages = tuple(stage for stage, reason_slug in code.stage_reasons.items() if reason_slug == slug)
        if stages and listing.is_known(code):
            rows.append((code.code, code.title, () if "" in stages else stages))
    return rows


@published
def providers(request: HttpRequest) -> HttpResponse:
    """All providers, by kind."""
    knowledge = visitor.knowledge_for(request)
    groups = [(kind, [entry for entry in knowledge.providers.values() if entry.kind == kind]) for kind in ProviderKind]
    return page(request, "providers.html", {"groups": [group for group in groups if group[1]]})


@published
def provider(request: HttpRequest, slug: str) -> HttpResponse:
    """One provider: how to tell it, and the messages known from it."""
    knowledge = visitor.knowledge_for(request)
    entry = knowledge.providers.get(slug)
    if entry is None:
        return moved(knowledge, "provider", slug)
    known = [each for each in knowledge.signatures.values() if slug in (each.provider, each.system)]
    by_reason = groupby(sorted(known, key=lambda signature: signature.reason), key=lambda signature: signature.reason)
    context = {
        "entry": entry,
        "entry_kind": "provider",
        "kind": ProviderKind(entry.kind) if entry.kind in ProviderKind.values else None,
        "messages": [(knowledge.reasons.get(slug), list(signatures)) for slug, signatures in by_reason],
    }
    return page(request, "provider.html", context)


@published
def messages(request: HttpRequest) -> HttpResponse:
    """Known messages, by the reason they stand for: of each the first; the page of the reason has all."""
    knowledge = visitor.knowledge_for(request)
    groups = [(entry, list(knowledge.signatures_for(entry.slug))) for entry in knowledge.reasons.values()]
    context = {"groups": [group for group in groups if group[1]], "count": len(knowledge.signatures)}
    return page(request, "messages.html", context)


@published
def message(request: HttpRequest, slug: str) -> HttpResponse:
    """One known message: whose words they are, what they mean, and how we know."""
    knowledge = visitor.knowledge_for(request)
    entry = knowledge.signatures.get(slug)
    if entry is None:
        return moved(knowledge, "signature", slug)
    reason = knowledge.reasons[entry.reason]
    retried = bool(entry.codes) and all(code.startswith("4") for code in entry.codes)
    final = bool(entry.codes) and all(code.startswith("5") for code in entry.codes)
    verdict = "temporary" if retried else "permanent" if final else listing.verdict_of_reason(reason)
    context = {
        "entry": entry,
        "entry_kind": "signature",
        "reason": reason,
        "provider": knowledge.providers.get(entry.provider or ""),
        "verdict": verdict,
        "mover": entry.who_acts or reason.who_acts(retried=verdict == "temporary"),
    }
    return page(request, "message.html", context)


@published
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """A curated list of codes."""
    knowledge = visitor.knowledge_for(request)
    entry = knowledge.collections.get(slug)
    if entry is None:
        return moved(knowledge, "collection", slug)
    codes = [knowledge.reply_codes[code] for code in entry.codes if code in knowledge.reply_codes]
    context = {
        "entry": entry,
        "entry_kind": "collection",
        "classes": [(digit, [code for code in codes if code.digit == digit]) for digit in "2345"],
        "count": len(codes),
        "esa_codes": listing.esa_codes(knowledge),
    }
    return page(request, "collection.html", context)
