"""The page that shows the API's description, in our own look: no script of others, nothing to collect at the start."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from codes.views.context import Site
from codes.views.published import page, published

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of an object."""

    name: str
    kind: SafeString
    says: str


@dataclass(frozen=True, slots=True)
class Operation:
    """What can be asked at one address."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[Field]
    bodies: list[tuple[str, list[Field]]]
    answers: list[tuple[str, str, SafeString]]
    curl: str
    example: str


@dataclass(frozen=True, slots=True)
class Object:
    """A schema."""

    name: str
    description: str
    fields: list[Field]


def docs(request: HttpRequest) -> HttpResponse:
    """Show the description; it is in English, as its words are, and so is the page around it."""
    with translation.override("en"):
        response = _docs(request)
    response["Content-Language"] = "en"
    return response


@published
def _docs(request: HttpRequest) -> HttpResponse:
    from codes.api.urls import api  # which knows this page

    described = api.get_openapi_schema()
    origin = Site(request).origin
    context = {
        "about": described["info"]["description"].split("\n\n"),
        "operations": list(_operations(described, origin)),
        "objects": [
            Object(name, schema.get("description", ""), list(_fields(schema)))
            for name, schema in sorted(described["components"]["schemas"].items())
        ],
        "address": f"{origin}{reverse('api:openapi-json')}",
    }
    return page(request, "api.html", context)


def _operations(described: Schema, origin: str) -> Iterator[Operation]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            body = operation.get("requestBody", {}).get("content", {})
            answered = operation["responses"][200]["content"]["application/json"]
            yield Operation(
                id=operation["operationId"],
                method=method.upper(),
                path=path,
                summary=operation["summary"],
                description=operation.get("description", ""),
                parameters=[
                    Field(one["name"], _kind(one["schema"]), one.get("description", ""))
                    for one in operation["parameters"]
                ],
                bodies=[(media, list(_fields(content["schema"]))) for media, content in body.items()],
                answers=[
                    (str(status), answer["description"], _kind_of_answer(answer))
                    for status, answer in sorted(operation["responses"].items())
                ],
                curl=_curl(method, origin + path, operation, body),
                example=json.dumps(answered["example"], ensure_ascii=False, indent=2) if "example" in answered else "",
            )


def _curl(method: str, address: str, operation: Schema, body: Schema) -> str:
    """Return a line to try an operation with."""
    if body:
        said = json.dumps(body["application/json"]["example"])
        return f"curl {address} \\\n  -H 'Content-Type: application/json' \\\n  -d '{said}'"
    query = []
    for parameter in operation["parameters"]:
        if parameter["in"] == "path":
            address = address.replace(f"{{{parameter['name']}}}", parameter["example"])
        elif parameter.get("required"):
            query.append(f"{parameter['name']}={parameter['example'].replace(' ', '+')}")
    return f"curl '{address}?{'&'.join([*query, 'language=en'])}'"


def _fields(schema: Schema) -> Iterator[Field]:
    for name, one in schema.get("properties", {}).items():
        yield Field(name, _kind(one), one.get("description", ""))


def _kind_of_answer(answer: Schema) -> SafeString:
    for content in answer.get("content", {}).values():
        return _kind(content["schema"])
    return SafeString("")


def _kind(schema: Schema) -> SafeString:
    """Put into words what a value may be."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return format_html('<a href="#{}">{}</a>', name, name)
    if "anyOf" in schema:
        return format_html_join(" or ", "{}", ((_kind(one),) for one in schema["anyOf"]))
    if "enum" in schema:
        return format_html_join(", ", "<code>{}</code>", ((value or '""',) for value in schema["enum"]))
    if "const" in schema:
        return format_html("<code>{}</code>", schema["const"])
    if schema.get("type") == "array":
        return format_html("list of {}", _kind(schema["items"]))
    if "additionalProperties" in schema and isinstance(schema["additionalProperties"], dict):
        return format_html("object of {} by name", _kind(schema["additionalProperties"]))
    return SafeString(schema.get("format") or schema.get("type", ""))
