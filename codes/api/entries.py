"""What the API tells of the knowledge base: lists and single entries, only what is published, from memory."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from ninja import Path, Query, Router, Schema
from pydantic import Field

from codes.api import schemas
from codes.api.description import FOUND, IN_LANGUAGE, LISTED, MOVED
from codes.api.objects import (
    answer,
    code_object,
    codes_of,
    message_object,
    provider_object,
    reason_object,
)
from codes.knowledge.entries import Knowledge
from codes.search import index_of
from codes.search.marking import Marker, says
from codes.views import visitor
from codes.views.context import Site
from codes.views.searching import LONGEST_QUERY, address_of_document

router = Router()

#: Entries in one answer, unless it is asked for fewer or more.
USUAL, MOST = 25, 100


class Part(Schema):
    """Which part of a list is wanted."""

    limit: int = Field(USUAL, ge=1, le=MOST, description="How many entries the answer holds at most.")
    offset: int = Field(0, ge=0, le=1_000_000, description="How many entries to leave out at the beginning.")


class Search(Part):
    """What is looked for."""

    q: str = Field(description="Words in either language, codes, or names of providers.", examples=["casella piena"])
    exact: bool = Field(False, description="Forgive no typos, and look for no words that mean the same.")


AskedPart = Annotated[Part, Query()]
AskedSearch = Annotated[Search, Query()]


def _part(request: HttpRequest, part: Part, everything: Sequence[Any], shown: Callable[[Any], Any]) -> dict[str, Any]:
    """Return a part of a list, with the addresses of those beside it."""
    end = part.offset + part.limit
    return {
        "count": len(everything),
        "next": _address(request, part, end) if end < len(everything) else None,
        "previous": _address(request, part, max(0, part.offset - part.limit)) if part.offset else None,
        "results": [shown(one) for one in everything[part.offset : end]],
    }


def _listed(request: HttpRequest, part: Part, everything: Sequence[Any], shown: Callable[[Any], Any]) -> HttpResponse:
    return answer(_part(request, part, everything, shown), indent=None)


def _address(request: HttpRequest, part: Part, offset: int) -> str:
    asked = {name: value for name, value in request.GET.items() if name not in ("limit", "offset")}
    query = urlencode({**asked, "limit": part.limit, "offset": offset}, errors="replace")
    return f"{Site(request).origin}{request.path}?{query}"


def _asked(request: HttpRequest) -> tuple[Knowledge, str, str]:
    """Return the knowledge base, the language of the answer, and where our pages are."""
    return visitor.knowledge_for(request), visitor.language_of_page(), Site(request).origin


def _one(knowledge: Knowledge, kind: str, slug: str, entries: dict[str, Any], request: HttpRequest) -> Any:
    """Return an entry, or the redirection to the slug that it has now; raises Http404 where none had it."""
    if slug in entries:
        return entries[slug]
    now = knowledge.former_slugs.get((kind, slug))
    if now not in entries:
        raise Http404
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return HttpResponsePermanentRedirect(f"{request.path.removesuffix(slug)}{now}{query}")


@router.get("/codes", response=LISTED | {200: schemas.Codes}, summary="All codes", openapi_extra=IN_LANGUAGE)
def codes(request: HttpRequest, part: AskedPart) -> HttpResponse:
    """Reply codes, then enhanced codes, each in every class in which it is used."""
    knowledge, language, origin = _asked(request)
    return _listed(request, part, codes_of(knowledge), lambda code: code_object(knowledge, code, language, origin))


@router.get(
    "/codes/{code}",
    response=FOUND | {200: schemas.ReplyCode | schemas.EnhancedCode},
    summary="One code",
    openapi_extra=IN_LANGUAGE,
)
def code(request: HttpRequest, code: Annotated[str, Path(examples=["550", "5.1.1"])]) -> HttpResponse:
    """A reply code such as 550, or an enhanced code such as 5.1.1: the same as /it/codes/550.json."""
    found = code_object(visitor.knowledge_for(request), code, *_asked(request)[1:])
    if found is None:
        raise Http404
    return answer(found)


@router.get("/reasons", response=LISTED | {200: schemas.Reasons}, summary="All reasons", openapi_extra=IN_LANGUAGE)
def reasons(request: HttpRequest, part: AskedPart) -> HttpResponse:
    """Why mail is not delivered: every reason that an explanation can name."""
    knowledge, *rest = _asked(request)
    return _listed(request, part, list(knowledge.reasons.values()), lambda entry: reason_object(entry, *rest))


@router.get("/reasons/{slug}", response=MOVED | {200: schemas.Reason}, summary="One reason", openapi_extra=IN_LANGUAGE)
def reason(request: HttpRequest, slug: Annotated[str, Path(examples=["user-unknown"])]) -> HttpResponse:
    """A reason, what to do, and whose move it is. A slug that it had before leads to the one it has now."""
    knowledge, *rest = _asked(request)
    found = _one(knowledge, "reason", slug, knowledge.reasons, request)
    return found if isinstance(found, HttpResponse) else answer(reason_object(found, *rest))


@router.get(
    "/providers", response=LISTED | {200: schemas.Providers}, summary="All providers", openapi_extra=IN_LANGUAGE
)
def providers(request: HttpRequest, part: AskedPart) -> HttpResponse:
    """Mailbox services, gateways, sending services, mail systems and blocklists."""
    knowledge, *rest = _asked(request)
    return _listed(request, part, list(knowledge.providers.values()), lambda entry: provider_object(entry, *rest))


@router.get(
    "/providers/{slug}", response=MOVED | {200: schemas.Provider}, summary="One provider", openapi_extra=IN_LANGUAGE
)
def provider(request: HttpRequest, slug: Annotated[str, Path(examples=["gmail"])]) -> HttpResponse:
    """A provider, and where its postmasters can be reached."""
    knowledge, *rest = _asked(request)
    found = _one(knowledge, "provider", slug, knowledge.providers, request)
    return found if isinstance(found, HttpResponse) else answer(provider_object(found, *rest))


@router.get(
    "/messages", response=LISTED | {200: schemas.Messages}, summary="All known messages", openapi_extra=IN_LANGUAGE
)
def messages(request: HttpRequest, part: AskedPart) -> HttpResponse:
    """What servers say, and the reason that it stands for."""
    knowledge, *rest = _asked(request)
    return _listed(request, part, list(knowledge.signatures.values()), lambda entry: message_object(entry, *rest))


@router.get(
    "/messages/{slug}", response=MOVED | {200: schemas.Message}, summary="One known message", openapi_extra=IN_LANGUAGE
)
def message(request: HttpRequest, slug: Annotated[str, Path(examples=["user-unknown"])]) -> HttpResponse:
    """A known message, with the patterns that find it and real examples."""
    knowledge, *rest = _asked(request)
    found = _one(knowledge, "signature", slug, knowledge.signatures, request)
    return found if isinstance(found, HttpResponse) else answer(message_object(found, *rest))


@router.get("/search", response=LISTED | {200: schemas.SearchResults}, summary="Search", openapi_extra=IN_LANGUAGE)
def search(request: HttpRequest, asked: AskedSearch) -> HttpResponse:
    """Search everything that has a page, the best first; typos are forgiven."""
    knowledge, language, origin = _asked(request)
    results = index_of(knowledge).search(" ".join(asked.q.split())[:LONGEST_QUERY], language, asked.exact)
    marker = Marker(results.query, widely=True)

    def shown(hit: Any) -> dict[str, str]:
        document = hit.document
        return {
            "kind": document.kind,
            "key": document.key,
            "title": document.title.in_language(language),
            "says": says(document, marker, language),
            "page": origin + address_of_document(document),
        }

    part = _part(request, asked, results.hits, shown)
    return answer({**part, "corrected": results.query.corrected, "partial": results.partial}, indent=None)
