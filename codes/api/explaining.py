"""The API's explanation: the same object as the command prints, from a JSON body or a form with a file."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Router

from codes.api import schemas
from codes.api.description import EXPLAINED, EXPLAINING
from codes.api.door import UNKNOWN_LANGUAGE
from codes.api.objects import answer
from codes.api.problems import problem
from codes.bounce import UnreadableInput, read
from codes.bounce.files import messages
from codes.explain.failures import as_dict, sentence_for
from codes.knowledge.entries import LANGUAGES, Knowledge
from codes.views import intake, visitor
from codes.views.answering import explanation_of, failure, refusal
from codes.views.context import Site
from codes.views.errors import too_many
from codes.views.intake import Refused, Submission, of_text, submission
from codes.views.limits import explanations

router = Router()

#: Messages of one file that are explained: more belong to `manage.py explain`, which keeps no server waiting.
MOST_MESSAGES = 100
#: Bytes of a JSON body: 10 MB of text, and what quoting adds to it.
LARGEST_BODY = 2 * intake.PASTE_LIMIT + intake.MEGABYTE
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
SWITCHES = {"true": True, "1": True, "on": True, "false": False, "0": False, "off": False, "": False}

NOT_UNDERSTOOD = gettext_lazy("Request not understood")
NO_JSON = gettext_lazy("The body is not JSON.")
NO_TEXT = gettext_lazy("The body must be an object whose “text” is the bounce, as text.")
TOO_MUCH = gettext_lazy(
    "The file unfolds to more than 25 MB, or holds more than 100 messages: send it in parts, or use the command."
)
NO_SWITCH = gettext_lazy("“source_text” is true or false.")
WRONG_TYPE = gettext_lazy("Send JSON (application/json), or a form with a file (multipart/form-data).")
#: What pages say of the box, said to programs.
SAID_TO_PROGRAMS = (
    (intake.EMPTY, sentence_for("empty")),
    (intake.PASTE_TOO_LARGE, sentence_for("too-long")),
    (intake.FILE_TOO_LARGE, sentence_for("too-large")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be explained, and how."""

    submission: Submission
    language: str
    with_source: bool


class TooMany(Exception):
    """The address has asked for more than its share; `seconds` until it has one again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@router.post(
    "/explain",
    response={200: schemas.Explanation | list[schemas.Explanation | schemas.Unreadable]} | EXPLAINED,
    summary="Explain a bounce",
    by_alias=True,
    openapi_extra=EXPLAINING,
)
def explain(request: HttpRequest) -> HttpResponse:
    """Explain a mail that came back, a log extract, a notice or a bare reply. Nothing of it is stored or logged."""
    knowledge = visitor.knowledge_for(request)
    try:
        _take_share(request)
        asked = _asked(request)
        with translation.override(asked.language):
            response = answer(_explained(request, asked, knowledge), indent=None)
        response["Content-Language"] = asked.language
    except TooMany as error:
        return too_many(request, error.seconds)
    except Refused as refused:
        return _refused(refused)
    response["Cache-Control"] = "no-store"
    return response


def _take_share(request: HttpRequest) -> None:
    if seconds := explanations.wait(visitor.address_of(request)):
        raise TooMany(seconds)


def _refused(refused: Refused) -> HttpResponse:
    sentence = next((said for message, said in SAID_TO_PROGRAMS if message is refused.message), refused.message)
    titles = {400: NOT_UNDERSTOOD, 422: NOT_UNDERSTOOD, 413: _("Too large"), 500: _("Something went wrong")}
    return problem(refused.status, str(titles.get(refused.status) or _("Cannot be read")), str(sentence))


# The request


def _asked(request: HttpRequest) -> Asked:
    """Return what a request brings; raises Refused."""
    if request.content_type in FORMS:
        handed_in = submission(request, archives=True)
        fields: dict[str, Any] = request.POST.dict()
        fields["source_text"] = SWITCHES.get(fields.get("source_text", "").lower())
    elif request.content_type == "application/json":
        fields = _body(request)
        handed_in = of_text(_text_in(fields))
    else:
        raise Refused(WRONG_TYPE, 415)
    language, with_source = fields.get("language", visitor.language_of_page()), fields.get("source_text", False)
    if language not in LANGUAGES:
        raise Refused(UNKNOWN_LANGUAGE, 422)
    if not isinstance(with_source, bool):
        raise Refused(NO_SWITCH, 422)
    return Asked(handed_in, language, with_source)


def _body(request: HttpRequest) -> dict[str, Any]:
    """Return the object in a JSON body; raises Refused."""
    content = request.read(LARGEST_BODY + 1)
    if len(content) > LARGEST_BODY:
        _drain(request)
        raise Refused(intake.PASTE_TOO_LARGE, 413)
    try:
        fields = json.loads(content)
    except (ValueError, RecursionError):
        raise Refused(NO_JSON, 400) from None
    if not isinstance(fields, dict):
        raise Refused(NO_TEXT, 422)
    return fields


def _drain(request: HttpRequest) -> None:
    """Read a body to its end where that is not far, so that whoever sends it sees the answer."""
    if int(request.META.get("CONTENT_LENGTH") or 0) <= intake.DRAIN_LIMIT:
        while request.read(intake.MEGABYTE):
            pass


def _text_in(fields: dict[str, Any]) -> str:
    text = fields.get("text")
    if not isinstance(text, str):
        raise Refused(NO_TEXT, 422)
    return text


# The answer


def _explained(request: HttpRequest, asked: Asked, knowledge: Knowledge) -> Any:
    """Return the object of the only message, or a list where a file holds several; raises Refused, TooMany."""
    rows: list[tuple[str, dict[str, Any] | UnreadableInput]] = []
    origin, size = Site(request).origin, 0
    for name, data in _messages(asked.submission):
        size += 0 if isinstance(data, UnreadableInput) else len(data)
        if len(rows) == MOST_MESSAGES or size > intake.FILE_LIMIT:
            raise Refused(TOO_MUCH, 413)
        if rows:
            _take_share(request)  # the first one's is taken
        rows.append((name, _result(name, data, asked, knowledge, origin)))
    if not rows:
        raise Refused(intake.EMPTY, 400)
    if len(rows) == 1 and isinstance(rows[0][1], UnreadableInput):
        raise refusal(rows[0][1])
    objects = [_as_object(name, result) for name, result in rows]
    return objects[0] if len(objects) == 1 else objects


def _messages(handed_in: Submission) -> Iterator[tuple[str, bytes | str | UnreadableInput]]:
    """Yield what is to be explained, with its name: a text is one message, a file may hold several."""
    if isinstance(handed_in.data, str):
        yield handed_in.name or "paste", handed_in.data
    else:
        yield from messages(handed_in.name or "paste", handed_in.data)


def _result(
    name: str, data: bytes | str | UnreadableInput, asked: Asked, knowledge: Knowledge, origin: str
) -> dict[str, Any] | UnreadableInput:
    """Return a message's explanation, or why it cannot be read; raises Refused where the fault is ours."""
    if isinstance(data, UnreadableInput):
        return data
    try:
        explanation = explanation_of(read(data), knowledge, asked.language, origin)
        return explanation.as_dict(name, with_source=asked.with_source)
    except UnreadableInput as unreadable:
        return unreadable
    except Exception as error:  # noqa: BLE001 (failure() logs it)
        raise failure(error) from None


def _as_object(name: str, result: dict[str, Any] | UnreadableInput) -> dict[str, Any]:
    if isinstance(result, UnreadableInput):
        return as_dict(name, result.code)
    return result
