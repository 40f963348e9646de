"""The entries of the knowledge base as the API shows them, in one language; a code's `.json` page is the same."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from codes.knowledge.entries import (
    ENHANCED_CODE,
    EnhancedCode,
    Knowledge,
    Provider,
    Reason,
    ReplyCode,
    Signature,
    Source,
)
from codes.views import listing

Object = dict[str, Any]


def answer(what: Any, indent: int | None = 2) -> HttpResponse:
    """Return anything as JSON: laid out for people or, without `indent`, in one line, which is made much faster."""
    content = json.dumps(what, ensure_ascii=False, indent=indent)
    return HttpResponse(content.encode(errors="replace"), content_type="application/json")


def codes_of(knowledge: Knowledge) -> list[str]:
    """Return every code that has a page: reply codes, then enhanced codes in each of their classes."""
    replies = [code for code, entry in knowledge.reply_codes.items() if listing.is_known(entry)]
    enhanced = [entry.in_class(digit) for digit in "245" for entry in _enhanced_in(knowledge, digit)]
    return replies + enhanced


def _enhanced_in(knowledge: Knowledge, digit: str) -> Iterator[EnhancedCode]:
    return (entry for entry in knowledge.enhanced_codes.values() if digit in entry.classes)


def code_object(knowledge: Knowledge, code: str, language: str, origin: str) -> Object | None:
    """Return "550" or "5.1.1"; None where the knowledge base does not know it."""
    entry: ReplyCode | EnhancedCode | None = knowledge.reply_codes.get(code)
    if entry is None and ENHANCED_CODE.fullmatch(code):
        entry = knowledge.enhanced_code(code)
    if entry is None:
        return None
    own = _of_reply_code(entry, language) if isinstance(entry, ReplyCode) else _of_enhanced(entry, code, language)
    return {
        "code": code,
        "kind": "reply-code" if isinstance(entry, ReplyCode) else "enhanced-code",
        "language": language,
        "official_title": entry.official_title,
        "title": entry.title.in_language(language),
        "meaning": entry.meaning.in_language(language),
        "advice": entry.advice.in_language(language),
        **own,
        "sources": _sources(entry.sources),
        "page": _page("code", code, origin),
    }


def _of_reply_code(entry: ReplyCode, language: str) -> Object:
    return {
        "stages": list(entry.stages),
        "standing": entry.standing,
        "causes": entry.causes.lines(language),
        "retry": entry.retry.in_language(language),
        "wordings": list(entry.wordings),
        "stage_meanings": {stage: text.in_language(language) for stage, text in entry.stage_meanings.items()},
        "stage_reasons": entry.stage_reasons,
    }


def _of_enhanced(entry: EnhancedCode, code: str, language: str) -> Object:
    return {
        "classes": list(entry.classes),
        "reason": entry.reason_in(code[0]),
        "difference": entry.difference.in_language(language),
        "other_uses": entry.other_uses.lines(language),
        "reply_codes": list(entry.reply_codes),
    }


def reason_object(entry: Reason, language: str, origin: str) -> Object:
    """Return a reason. The ready replies are left out: an explanation fills them in."""
    return {
        "slug": entry.slug,
        "language": language,
        "group": entry.group,
        "usual_outcome": entry.usual_outcome,
        "acts_while_retried": entry.acts_while_retried,
        "acts_when_final": entry.acts_when_final,
        "may_help": list(entry.may_help),
        "title": entry.title.in_language(language),
        "headline": entry.headline.in_language(language),
        "meaning": entry.meaning.in_language(language),
        "certainty": entry.certainty.in_language(language),
        "steps": entry.steps.lines(language),
        "admin_steps": entry.admin_steps.lines(language),
        "recipient_steps": entry.recipient_steps.lines(language),
        "retry": entry.retry.in_language(language),
        "synonyms": list(entry.synonyms_it if language == "it" else entry.synonyms_en),
        "sources": _sources(entry.sources),
        "page": _page("reason", entry.slug, origin),
    }


def provider_object(entry: Provider, language: str, origin: str) -> Object:
    """Return a provider."""
    return {
        "slug": entry.slug,
        "language": language,
        "kind": entry.kind,
        "title": entry.title.in_language(language),
        "description": entry.description.in_language(language),
        "advice": entry.advice.in_language(language),
        "hosts": list(entry.hosts),
        "domains": list(entry.domains),
        "postmaster_url": entry.postmaster_url,
        "codes_url": entry.codes_url,
        "unblock_url": entry.unblock_url,
        "sources": _sources(entry.sources),
        "page": _page("provider", entry.slug, origin),
    }


def message_object(entry: Signature, language: str, origin: str) -> Object:
    """Return a known message."""
    return {
        "slug": entry.slug,
        "language": language,
        "title": entry.title.in_language(language),
        "text": entry.text.in_language(language),
        "provider": entry.provider,
        "system": entry.system,
        "reason": entry.reason,
        "who_acts": entry.who_acts,
        "codes": list(entry.codes),
        "patterns": list(entry.patterns),
        "examples": list(entry.examples),
        "evidence": entry.evidence,
        "differs": entry.differs,
        "checked": entry.checked,
        "sources": _sources(entry.sources),
        "page": _page("message", entry.slug, origin),
    }


def _page(kind: str, key: str, origin: str) -> str:
    """Return the address of an entry's page, in the language of the request, which is the object's too."""
    return origin + reverse(kind, args=[key])


def _sources(sources: Iterable[Source]) -> list[Object]:
    return [{"title": source.title, "url": source.url, "sections": source.sections} for source in sources]
