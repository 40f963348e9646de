"""Pages of reply codes, enhanced codes, their classes and subjects."""

import re
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from codes.api.objects import answer, code_object
from codes.knowledge.entries import Knowledge
from codes.views import listing, visitor
from codes.views.context import Site
from codes.views.dialogue import gates_of_code
from codes.views.published import page, published

NUMBER = r"(?:0|[1-9]\d{0,2})"
REPLY = re.compile(r"([2-5])\d\d")
ENHANCED = re.compile(rf"([245])\.({NUMBER})\.({NUMBER})")
EITHER_CLASS = re.compile(rf"x\.({NUMBER})\.({NUMBER})")
CLASS = re.compile(r"([2-5])xx|([245])\.x\.x")
SUBJECT = re.compile(r"([245x])\.([0-7])\.x")


@published
def index(request: HttpRequest) -> HttpResponse:
    """All codes, by class and by subject."""
    knowledge = visitor.knowledge_for(request)
    context = {
        "classes": [(digit, listing.reply_codes_in(knowledge, digit)) for digit in "2345"],
        "subjects": listing.subjects_with_codes(knowledge),
        "esa_codes": listing.esa_codes(knowledge),
        "esa": knowledge.collections.get(listing.ESA),
        "odd": [entry for entry in knowledge.reply_codes.values() if entry.digit in "01"],
    }
    return page(request, "codes.html", context)


@published
def sheet(request: HttpRequest) -> HttpResponse:
    """All codes on one sheet, to print."""
    knowledge = visitor.knowledge_for(request)
    context = {
        "classes": [(digit, listing.reply_codes_in(knowledge, digit)) for digit in "2345"],
        "subjects": listing.subjects_with_codes(knowledge),
    }
    return page(request, "sheet.html", context)


@published
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The page of whatever this code names; Http404 where it is no code."""
    if code != code.lower():
        return HttpResponsePermanentRedirect(reverse("code", args=[code.lower()]))
    knowledge = visitor.knowledge_for(request)
    if found := CLASS.fullmatch(code):
        return _class_page(request, knowledge, code, found[1] or found[2])
    if found := SUBJECT.fullmatch(code):
        return _subject_page(request, knowledge, code, found[1], found[2])
    if found := EITHER_CLASS.fullmatch(code):
        return _both_classes_page(request, knowledge, code, found[1])
    if ENHANCED.fullmatch(code):
        return _enhanced_page(request, knowledge, code)
    if REPLY.fullmatch(code) or code in knowledge.reply_codes:
        return _reply_page(request, knowledge, code)
    raise Http404


def is_well_formed(code: str) -> bool:
    """Return whether a code is a reply code or an enhanced code in a class, known or not."""
    return bool(REPLY.fullmatch(code) or ENHANCED.fullmatch(code))


def _class_page(request: HttpRequest, knowledge: Knowledge, code: str, digit: str) -> HttpResponse:
    context = {
        "code": code,
        "digit": digit,
        "entry": knowledge.classes.get(digit),
        "entry_kind": "codeclass",
        "reply_codes": listing.reply_codes_in(knowledge, digit),
        "subjects": listing.subjects_with_codes(knowledge, digit) if digit != "3" else [],
        "esa_codes": listing.esa_codes(knowledge),
        "others": [other for other in "2345" if other != digit],
    }
    return page(request, "class.html", context)


def _subject_page(request: HttpRequest, knowledge: Knowledge, code: str, digit: str, subject: str) -> HttpResponse:
    entries = [entry for entry in knowledge.enhanced_codes.values() if entry.subject == subject]
    language = visitor.language_of_page()
    digits = "245" if digit == "x" else digit
    context = {
        "code": code,
        "digit": digit,
        "subject": subject,
        "entry": knowledge.subjects.get(subject),
        "entry_kind": "codesubject",
        "lists": [(each, listing.enhanced_rows(knowledge, entries, each, language)) for each in digits],
        "subjects": [other for other in knowledge.subjects.values() if other.digit != subject],
    }
    return page(request, "subject.html", context)


def _both_classes_page(request: HttpRequest, knowledge: Knowledge, code: str, subject: str) -> HttpResponse:
    entry = knowledge.enhanced_code(code)
    language = visitor.language_of_page()
    context = {
        "code": code,
        "subject": knowledge.subjects.get(subject),
        "entry": entry,
        "entry_kind": "enhancedcode",
        "sides": [(digit, listing.enhanced_rows(knowledge, [entry], digit, language)) for digit in entry.classes]
        if entry
        else [],
        "messages": listing.signatures_with_code(knowledge, *(entry.in_class(digit) for digit in "245"))
        if entry
        else [],
    }
    return page(request, "both_classes.html" if entry else "unknown_code.html", context, 200 if entry else 404)


def _enhanced_page(request: HttpRequest, knowledge: Knowledge, code: str) -> HttpResponse:
    entry = knowledge.enhanced_code(code)
    digit, subject = code[0], knowledge.subjects.get(code.split(".")[1])
    context: dict[str, Any] = {
        "code": code,
        "digit": digit,
        "class": knowledge.classes.get(digit),
        "subject": subject,
        "entry": entry,
        "entry_kind": "enhancedcode",
        "came_with": _came_with(request),
    }
    if entry is None:
        context["messages"] = listing.signatures_with_code(knowledge, code)
        return page(request, "unknown_code.html", context, 200 if context["messages"] else 404)
    reason = knowledge.reasons.get(entry.reason_in(digit) or "")
    codes = list(knowledge.enhanced_codes.values())
    siblings = [other for other in codes if digit in other.classes or other is entry]
    place = siblings.index(entry)
    context |= {
        "unusual": digit not in entry.classes,
        "reason": reason,
        "mover": reason.who_acts(retried=digit == "4") if reason else "",
        "reply_codes": [
            knowledge.reply_codes[reply]
            for reply in entry.reply_codes
            if reply[0] == digit and listing.is_known(knowledge.reply_codes.get(reply))
        ],
        "messages": listing.signatures_with_code(knowledge, code),
        "twins": [entry.in_class(other) for other in entry.classes if other != digit],
        "previous": siblings[place - 1] if place else None,
        "next": siblings[place + 1] if place + 1 < len(siblings) else None,
    }
    context["previous_code"] = context["previous"] and context["previous"].in_class(digit)
    context["next_code"] = context["next"] and context["next"].in_class(digit)
    return page(request, "enhanced_code.html", context)


def _came_with(request: HttpRequest) -> str:
    """Return the reply code typed before an enhanced code, which `address_of` sends along where the page lacks it."""
    reply = request.GET.get("with", "")
    return reply if REPLY.fullmatch(reply) else ""


def _reply_page(request: HttpRequest, knowledge: Knowledge, code: str) -> HttpResponse:
    entry = knowledge.reply_codes.get(code)
    digit = code[0]
    context: dict[str, Any] = {
        "code": code,
        "digit": digit,
        "class": knowledge.classes.get(digit),
        "entry": entry,
        "entry_kind": "replycode",
    }
    if entry is None or not listing.is_known(entry):
        return page(request, "unknown_code.html", context, 404)
    language = visitor.language_of_page()
    rows = listing.enhanced_rows(
        knowledge, [other for other in knowledge.enhanced_codes.values() if code in other.reply_codes], digit, language
    )
    messages = listing.signatures_with_code(knowledge, code)
    siblings = [other for other in knowledge.reply_codes.values() if listing.is_known(other)]
    place = siblings.index(entry)
    twin = knowledge.reply_codes.get({"4": "5", "5": "4"}.get(digit, "-") + code[1:])
    context |= {
        "often": [row for row in rows if knowledge.enhanced_codes[f"X.{row.code[2:]}"].often],
        "rare": [row for row in rows if not knowledge.enhanced_codes[f"X.{row.code[2:]}"].often],
        "stage_rows": listing.stage_rows(knowledge, entry),
        "gates": gates_of_code(entry),
        "messages": messages,
        "wordings": listing.wordings(entry, messages),
        "twin": twin if listing.is_known(twin) else None,
        "is_esa": code in listing.esa_codes(knowledge),
        "previous": siblings[place - 1] if place else None,
        "next": siblings[place + 1] if place + 1 < len(siblings) else None,
    }
    return page(request, "reply_code.html", context)


@published
def data(request: HttpRequest, code: str) -> HttpResponse:
    """A code as JSON, beside its page: what the API answers at /api/v1/codes/CODE."""
    knowledge = visitor.knowledge_for(request)
    found = code_object(knowledge, code, visitor.language_of_page(), Site(request).origin)
    if found is None:
        raise Http404
    return answer(found)


def short_link(request: HttpRequest, code: str, reply: str = "") -> HttpResponse:
    """Send /550, /5.1.1 and /550-5.1.1 to the page in the reader's language."""
    code = code.lower()
    if not (is_well_formed(code) or EITHER_CLASS.fullmatch(code)):
        raise Http404
    with translation.override(translation.get_language_from_request(request)):
        response = HttpResponseRedirect(address_of(visitor.knowledge_for(request), code, reply))
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    response["Cache-Control"] = "no-cache"
    return response


def address_of(knowledge: Knowledge, code: str, reply: str = "") -> str:
    """Return the address of a code's page; a reply code that the page does not list goes along."""
    entry = knowledge.enhanced_code(code) if "." in code else None
    listed = reply in entry.reply_codes and reply[:1] == code[:1] if entry else False
    return reverse("code", args=[code]) + (f"?with={reply}" if reply and not listed else "")
