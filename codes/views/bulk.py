"""Many at once: the page cuts mailboxes and archives; here a few messages at a time are explained and forgotten."""

import re
from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from codes.bounce import UnreadableInput, read
from codes.explain.lists import is_cause, is_failure
from codes.explain.rows import rows_of
from codes.knowledge.entries import Knowledge
from codes.views import bulk_words, visitor
from codes.views.answering import explanation_of, failure, refusal
from codes.views.errors import wrong_method
from codes.views.intake import FILE_LIMIT, Refused
from codes.views.limits import explanations
from codes.views.published import page, published

#: Messages in one request, and bytes of the line that says how long each is.
MOST_MESSAGES = 100
LONGEST_LINE = 4096
_LINE = re.compile(rb"\[ *\d{1,9}(?:, *\d{1,9})*\]\n")

TOO_MUCH = gettext_lazy("Too much at once: 100 messages or 25 MB is the limit.")
BROKEN = gettext_lazy("The messages arrived incomplete. Please send them again.")
WAIT = gettext_lazy("Too many explanations were asked for from your network address in a short time.")


@published
def bulk(request: HttpRequest) -> HttpResponse:
    """Show the page that takes many messages."""
    knowledge = visitor.knowledge_for(request)

    return page(request, "bulk.html", {"words": bulk_words.words(knowledge, visitor.language_of_page())})


@csrf_exempt
def bulk_explain(request: HttpRequest) -> HttpResponse:
    """Explain some messages, each on its own, in short rows; nothing of them is stored or logged.

    The body is a line of JSON with the length in bytes of each message, then the messages one after the other. The
    answer has, for each and in the same order, its `rows` or its `error`.
    """
    if request.method != "POST":
        return wrong_method(request, ("POST",))
    try:
        messages = _messages(request)
    except Refused as refused:
        return _json({"error": {"message": str(refused.message)}}, refused.status)
    if seconds := explanations.wait_for_many(visitor.address_of(request), len(messages)):
        response = _json({"error": {"message": str(WAIT)}, "wait": round(seconds, 2)}, 429)
        response["Retry-After"] = str(ceil(seconds))
        return response
    knowledge, language = visitor.knowledge_for(request), visitor.language_of_page()
    return _json({"messages": [_explained(data, knowledge, language) for data in messages]})


def _messages(request: HttpRequest) -> list[bytes]:
    """Return the messages of a body; raises Refused for one that is too large or broken."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > FILE_LIMIT + LONGEST_LINE:
        raise Refused(TOO_MUCH, 413)
    try:
        body = request.read(FILE_LIMIT + LONGEST_LINE + 1)
    except (UnreadablePostError, OSError):
        raise Refused(BROKEN, 400) from None
    end = body.find(b"\n", 0, LONGEST_LINE) + 1
    lengths = _lengths(body[:end])
    if len(body) > FILE_LIMIT + end or len(lengths) > MOST_MESSAGES:
        raise Refused(TOO_MUCH, 413)
    if not lengths or end + sum(lengths) != len(body):
        raise Refused(BROKEN, 400)
    messages = []
    for length in lengths:
        messages.append(body[end : end + length])
        end += length
    return messages


def _lengths(line: bytes) -> list[int]:
    """Return the numbers of the first line, or none where it is anything else."""
    return [int(one) for one in line[1:-2].split(b",")] if _LINE.fullmatch(line) else []


def _explained(data: bytes, knowledge: Knowledge, language: str) -> dict[str, Any]:
    try:
        explanation = explanation_of(read(data), knowledge, language, "", among_many=True)
        rows = rows_of("", explanation, knowledge, language)
    except UnreadableInput as unreadable:
        return _error(unreadable.code, refusal(unreadable))
    except Exception as error:  # noqa: BLE001 (failure() logs it)
        return _error("incident", failure(error))
    for row in rows:
        del row["input"]  # only the page knows it
        row["failure"] = is_failure(row["outcome"])
        row["cause"] = is_cause(row["reason"])
    return {"rows": rows}


def _error(code: str, refused: Refused) -> dict[str, Any]:
    return {"error": {"code": code, "message": str(refused.message)}}


def _json(content: dict[str, Any], status: int = 200) -> HttpResponse:
    response = JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})
    response["Cache-Control"] = "no-store"
    return response
