"""How the API describes itself: every answer of every address, with examples that are made as answers are."""

from typing import Any

from django.utils import translation
from ninja import NinjaAPI

from codes.api import schemas
from codes.api.objects import code_object
from codes.api.problems import CONTENT_TYPE
from codes.bounce import read
from codes.explain import explain
from codes.knowledge import snapshot
from codes.knowledge.entries import Knowledge

ABOUT = """\
Explains bounced mail, and tells what the knowledge base holds. It only reads: nothing that is sent to it is stored or
logged.

Answers are in the language that `language` names (`it` or `en`), else in that of Accept-Language. What is wrong comes
as `application/problem+json` (RFC 9457) with one sentence in that language. Every answer to a GET has an ETag: send it
back as If-None-Match, and what has not changed is a 304.

Where the operator has set tokens, send one as `Authorization: Bearer …`."""

JSON = "application/json"
EXAMPLE = "550 5.1.1 <mario.rossi@example.com>: Recipient address rejected: User unknown"

#: Schemas of ninja's own for queries; the description lists each parameter by itself.
QUERIES = ("Part", "Search")

#: What each status means here.
MEANINGS = {
    200: "What was asked for.",
    301: "The entry has another slug now; Location names its address.",
    304: "Nothing has changed since the ETag in If-None-Match.",
    400: "The body cannot be read, or there is nothing in it to explain.",
    401: "A token is wanted: `Authorization: Bearer …`.",
    404: "There is no such entry.",
    405: "The address does not take this method; Allow says which it takes.",
    413: "More than 25 MB of file, 10 MB of text, or 100 messages.",
    415: "Neither JSON nor a form, or a file that is no mail and no text.",
    422: "A parameter or a field is missing, or holds a value that is not allowed.",
    429: "Too many explanations for one network address; Retry-After says in how many seconds there are more.",
    500: "Something went wrong here; the sentence has a number to tell whoever runs Rimbalzo.",
    503: "The database does not answer just now.",
}

#: Headers that tell more, by status.
HEADERS = {
    301: {"Location": "The address to ask instead."},
    401: {"WWW-Authenticate": "Bearer"},
    405: {"Allow": "The methods that the address takes."},
    429: {"Retry-After": "Seconds to wait."},
}
ETAG = {"ETag": "To be sent back as If-None-Match."}

#: What may come instead of an answer: everywhere, of an entry, of an explanation.
REFUSED: dict[int, Any] = dict.fromkeys((401, 405, 422, 500, 503), schemas.Problem)
LISTED: dict[int, Any] = {304: None} | REFUSED
FOUND: dict[int, Any] = LISTED | {404: schemas.Problem}
MOVED: dict[int, Any] = FOUND | {301: None}
EXPLAINED: dict[int, Any] = REFUSED | dict.fromkeys((400, 413, 415, 429), schemas.Problem)

IN_LANGUAGE: dict[str, Any] = {
    "parameters": [
        {
            "name": "language",
            "in": "query",
            "required": False,
            "description": "Language of the answer; without it, as Accept-Language says.",
            "schema": {"type": "string", "enum": ["it", "en"]},
        }
    ]
}

_FIELDS = schemas.ExplainRequest.model_json_schema()
#: The body of an explanation: the fields as JSON, or as a form, which may bring a file instead of the text.
EXPLAINING: dict[str, Any] = IN_LANGUAGE | {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {"schema": _FIELDS, "example": {"text": EXAMPLE, "language": "en"}},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "file": {
                            "type": "string",
                            "format": "binary",
                            "description": "A mail (.eml, .msg), an mbox or a .zip of mails, a log or a text; up to "
                            "25 MB. It comes before `text`. One that holds several messages, up to 100, is answered "
                            "with a list in their order.",
                        },
                        **_FIELDS["properties"],
                    },
                    "anyOf": [{"required": ["file"]}, {"required": ["text"]}],
                }
            },
        },
    }
}


class SelfDescribing(NinjaAPI):
    """The API; its description says of errors what they are, and shows examples."""

    def get_openapi_operation_id(self, operation: Any) -> str:
        """Return the name of the function."""
        name: str = operation.view_func.__name__
        return name

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> Any:
        """Return the description (OpenAPI 3.1)."""
        described = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        examples = _examples(snapshot.current())
        for path in described["paths"].values():
            for method, operation in path.items():
                for parameter in operation["parameters"]:
                    _show_example(parameter)
                for status, answer in operation["responses"].items():
                    _complete(answer, status, method, examples.get(operation["operationId"]))
        for name in QUERIES:
            del described["components"]["schemas"][name]
        described["components"]["securitySchemes"] = {
            "bearer": {"type": "http", "scheme": "bearer", "description": "Wanted where the operator has set tokens."}
        }
        described["security"] = [{}, {"bearer": []}]
        return described


def _examples(knowledge: Knowledge) -> dict[str, Any]:
    """Return answers, by the name of what was asked: made from the knowledge base, so that they are true."""
    with translation.override("en"):
        return {
            "explain": explain(read(EXAMPLE), knowledge, "en").as_dict("paste"),
            "code": code_object(knowledge, "5.1.1", "en", ""),
        }


def _show_example(parameter: dict[str, Any]) -> None:
    """Put a parameter's example where OpenAPI has it: ninja writes a list of them, which is none of its forms."""
    if examples := parameter.pop("examples", None):
        parameter["example"] = examples[0]


def _complete(answer: dict[str, Any], status: int, method: str, example: Any) -> None:
    """Add to an answer what its status means, its headers and an example."""
    answer["description"] = MEANINGS[status]
    headers = ETAG if method == "get" and status in (200, 304) else HEADERS.get(status, {})
    if headers:
        answer["headers"] = {
            name: {"description": says, "schema": {"type": "string"}} for name, says in headers.items()
        }
    if status >= 400:
        answer["content"] = {CONTENT_TYPE: answer["content"].pop(JSON) | {"example": _problem(status)}}
    elif status == 200 and example:
        answer["content"][JSON]["example"] = example


def _problem(status: int) -> dict[str, Any]:
    return {"type": "about:blank", "title": "…", "status": status, "detail": MEANINGS[status]}
