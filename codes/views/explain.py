"""The box: whatever is put into it leads to a code's page, a search or an explanation."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from codes.bounce import UnreadableInput, read
from codes.explain import Explanation
from codes.explain import explain as explained
from codes.knowledge.entries import Knowledge
from codes.views import visitor
from codes.views.answering import explanation_of, failure, refusal
from codes.views.asked import asked, searchable
from codes.views.codes import address_of
from codes.views.context import Site
from codes.views.errors import wrong_method
from codes.views.examples import EXAMPLES
from codes.views.fates import fates_of, summary, title_of
from codes.views.home import home_context
from codes.views.intake import EMPTY, KEEP_LIMIT, Refused, Submission, kept, submission
from codes.views.limits import limited
from codes.views.published import packed, page
from codes.views.words import KIND_OF_INPUT, system_name


@csrf_exempt
@limited
@sensitive_post_parameters()
def explain(request: HttpRequest) -> HttpResponse:
    """Explain what was pasted or dropped; a GET shows the empty box. Nothing of it is stored or logged."""
    knowledge = visitor.knowledge_for(request)
    if request.method in ("GET", "HEAD"):
        return box(request, knowledge)
    if request.method != "POST":
        return wrong_method(request, ("GET", "HEAD", "POST"))
    try:
        handed_in = submission(request)
    except Refused as refused:
        example = EXAMPLES.get(_field(request, "example")) if refused.message is EMPTY else None
        if example:
            return box(request, knowledge, text=example)
        return box(request, knowledge, text=refused.text, error=str(refused.message), status=refused.status)
    if example := EXAMPLES.get(request.POST.get("example", "")):
        return box(request, knowledge, text=example)
    if request.POST.get("edit"):
        return box(request, knowledge, text=handed_in.text)
    if not handed_in.is_file and request.POST.get("as") != "notice":
        wanted = asked(str(handed_in.data))
        if wanted.kind == "code":
            return _see_other(address_of(knowledge, wanted.code, wanted.reply))
        if wanted.kind == "words" and not _is_known_message(wanted.words, knowledge):
            return _see_other(f"{reverse('search')}?{urlencode({'q': wanted.words})}")
    return _answer(request, knowledge, handed_in)


def _is_known_message(words: str, knowledge: Knowledge) -> bool:
    """Return whether a few words alone are enough for an explanation."""
    explanation = explained(read(words), knowledge, visitor.language_of_page())
    return any(delivery.basis == "known-message" for delivery in explanation.deliveries)


def _field(request: HttpRequest, name: str) -> str:
    try:
        return request.POST.get(name, "")
    except Exception:  # noqa: BLE001 (a form that cannot be read has no fields)
        return ""


def _see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    response["Cache-Control"] = "no-store"
    return response


def box(request: HttpRequest, knowledge: Knowledge, text: str = "", error: str = "", status: int = 200) -> HttpResponse:
    """Show the box with a text in it, and with what was wrong."""
    context = home_context(knowledge) | {"text": text, "error": error}
    return page(request, "home.html", context, status)


def _answer(request: HttpRequest, knowledge: Knowledge, handed_in: Submission) -> HttpResponse:
    language, origin = visitor.language_of_page(), Site(request).origin
    try:
        explanation = explanation_of(read(handed_in.data), knowledge, language, origin)
        if request.POST.get("format") == "json":
            return _as_json(explanation)
        context = context_of(explanation, knowledge, language, origin, handed_in)
        return packed(request, page(request, "explanation.html", context))
    except UnreadableInput as unreadable:
        refused = refusal(unreadable)
    except Exception as error:  # noqa: BLE001 (failure() logs it)
        refused = failure(error)
    return box(request, knowledge, handed_in.text, str(refused.message), refused.status)


def rehearse(knowledge: Knowledge) -> None:
    """Explain an example in both languages and count it nowhere.

    Templates, catalogues and patterns are then in memory, for which the first reader of a new worker would wait.
    """
    notice = EXAMPLES["notice"]
    for language, _name in settings.LANGUAGES:
        request = HttpRequest()
        request.path = f"/{language}/explain/"
        request.META |= {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}
        with translation.override(language):
            explanation = explained(read(notice), knowledge, language)
            context = context_of(explanation, knowledge, language, "", Submission(notice, notice, is_file=False))
            page(request, "explanation.html", context)


def _as_json(explanation: Explanation) -> HttpResponse:
    response = JsonResponse(explanation.as_dict("paste"), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Cache-Control"] = "no-store"
    return response


def context_of(
    explanation: Explanation, knowledge: Knowledge, language: str, origin: str, handed_in: Submission
) -> dict[str, Any]:
    """Return the variables of explanation.html."""
    fates, annotation = fates_of(explanation, knowledge, language, origin)
    source = explanation.source_text
    readable = len(source) <= KEEP_LIMIT
    # Mail systems write English to everybody: only Italian words around say in which language the user reads.
    reply_language = "it" if explanation.language == "it" else language
    return {
        "explanation": explanation,
        "fates": fates,
        "several": len(fates) > 1,
        "summary": summary(fates) if len(fates) > 1 else "",
        "title": title_of(fates, language),
        "kind_words": KIND_OF_INPUT.get(explanation.kind, ""),
        "nothing": knowledge.reasons.get("not-a-bounce"),
        "system": system_name(explanation.system),
        "reply_language": reply_language,
        "lines": annotation.all_lines() if readable else [],
        "line_count": source.count("\n") + 1,
        "too_long": not readable,
        "again": handed_in.text or kept(source),  # bytes cannot stand in a form: what was read from them can
        "words": ""
        if handed_in.is_file
        else searchable(str(handed_in.data)[:300])
        if len(handed_in.data) < 300
        else "",
    }
