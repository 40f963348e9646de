"""Pages that are read far more than written: rendered once, kept as compressed bytes, revalidated by their hash."""

import gzip
import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.urls import ResolverMatch
from django.utils.cache import patch_vary_headers

from codes.views import visitor
from codes.views.context import Site
from codes.views.unseen import shown

View = Callable[..., HttpResponse]

#: Bytes of compressed pages that a process keeps; the whole knowledge base needs about a third.
KEEP_BYTES = 48 << 20


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page."""

    compressed: bytes
    etag: str
    content_type: str
    status: int
    #: What else the whole answer said, such as its policies; and the address pattern, for the counters.
    headers: dict[str, str] = field(default_factory=dict)
    match: ResolverMatch | None = None


class Shelf:
    """The pages kept: those of one revision of the texts, of which the ones unread for longest go first."""

    def __init__(self) -> None:
        self._revision = 0
        self._pages: OrderedDict[tuple, Page] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: tuple) -> Page | None:
        """Return a page, or None."""
        with self._lock:
            page = self._pages.get(key)
            if page:
                self._pages.move_to_end(key)
            return page

    def put(self, key: tuple, page: Page) -> None:
        """Keep a page, and let go of those of another revision, and of the oldest where there is no room."""
        with self._lock:
            if key[-1] != self._revision:
                self._revision = key[-1]
                self._pages.clear()
                self._bytes = 0
            if key in self._pages:
                return
            self._pages[key] = page
            self._bytes += len(page.compressed)
            while self._bytes > KEEP_BYTES:
                _key, oldest = self._pages.popitem(last=False)
                self._bytes -= len(oldest.compressed)

    def clear(self) -> None:
        """Forget every page."""
        with self._lock:
            self._pages.clear()
            self._bytes = 0


shelf = Shelf()

#: What pages that are kept begin with: the roots of the languages.
PREFIXES = tuple(f"/{language}/" for language, _name in settings.LANGUAGES)
#: Headers that each answer has of its own.
OWN_HEADERS = ("Content-Type", "Content-Length", "Content-Encoding", "ETag", "Set-Cookie")


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page in the reader's language; nobody stores it unless a decorator says otherwise."""
    response = HttpResponse(shown(render_to_string(template, context or {}, request)), status=status)
    response["Cache-Control"] = "no-store"
    remember_switch(request, response)
    return response


def packed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Compress quickly what nobody asks for twice; GZipMiddleware takes twice as long to make it a tenth smaller.

    Nor does it need that one's padding (BREACH): beside what its reader sent in, the page holds nothing to be guessed.
    """
    patch_vary_headers(response, ("Accept-Encoding",))
    if _takes_gzip(request):
        response.content = gzip.compress(response.content, 1, mtime=0)
        response["Content-Encoding"] = "gzip"
    return response


def published(view: View) -> View:
    """Serve a public page: GET and HEAD only, kept where the address has no query, revalidated by ETag."""

    @wraps(view)
    def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            from codes.views.errors import wrong_method

            return wrong_method(request, ("GET", "HEAD"))
        if visitor.is_editor(request):
            response = view(request, *args, **kwargs)
            response["Cache-Control"] = "private, no-cache"
            return response
        key = _key(request, visitor.language_of_page())
        kept = None if request.GET else shelf.get(key)
        if kept is None:
            response = view(request, *args, **kwargs)
            if response.status_code not in (200, 404):
                return response
            kept = _finished(response, 1 if request.GET else 6)
        response = _deliver(request, kept)
        remember_switch(request, response)
        if kept.status == 200 and not request.GET:
            response.to_keep = (key, kept)  # type: ignore[attr-defined]  # serve_kept knows the whole answer
        return response

    served.csrf_exempt = True  # type: ignore[attr-defined]  # it takes nothing but GET, and says so itself
    return served


def serve_kept(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer visitors with kept pages, before sessions, sign-in and policies are gone through: the page has it all.

    Whoever has a session, or comes over from the other language, takes the long way.
    """

    def answered(request: HttpRequest) -> HttpResponse:
        if (kept := _kept_for(request)) is not None:
            request.resolver_match = kept.match
            return _deliver(request, kept)
        response = get_response(request)
        if to_keep := getattr(response, "to_keep", None):
            key, page = to_keep
            headers = {name: value for name, value in response.items() if name not in OWN_HEADERS}
            shelf.put(key, replace(page, headers=headers, match=request.resolver_match))
        return response

    return answered


def _kept_for(request: HttpRequest) -> Page | None:
    language = request.path[1:3]
    if (
        settings.LOGIN_REQUIRED
        or request.method not in ("GET", "HEAD")
        or request.META.get("QUERY_STRING")
        or settings.SESSION_COOKIE_NAME in request.COOKIES
        or request.path[:4] not in PREFIXES
        or _came_over(request, language)
    ):
        return None
    try:
        return shelf.get(_key(request, language))
    except DatabaseError:  # before the first snapshot: the view says it in a sentence
        return None


def _key(request: HttpRequest, language: str) -> tuple:
    """Return what a page depends on, the revision last."""
    site = Site(request)
    return (request.path, language, site.theme, site.origin, visitor.knowledge_for(request).revision)


def _finished(response: HttpResponse, level: int) -> Page:
    """Compress a page, at a level from 1 (quick) to 9 (small)."""
    compressed = gzip.compress(response.content, level, mtime=0)
    etag = hashlib.blake2b(response.content, digest_size=12).hexdigest()
    return Page(compressed, etag, response["Content-Type"], response.status_code)


def _deliver(request: HttpRequest, kept: Page) -> HttpResponse:
    gzipped = _takes_gzip(request)
    etag = f'"{kept.etag}-gzip"' if gzipped else f'"{kept.etag}"'
    known = re.findall(r'"[^"]*"|\*', request.META.get("HTTP_IF_NONE_MATCH", ""))
    if kept.status == 200 and (etag in known or "*" in known):
        response: HttpResponse = HttpResponseNotModified(headers=kept.headers)
    else:
        content = kept.compressed if gzipped else gzip.decompress(kept.compressed)
        response = HttpResponse(content, kept.content_type, kept.status, headers=kept.headers)
        response["Content-Length"] = str(len(content))
        if gzipped:
            response["Content-Encoding"] = "gzip"
        if request.method == "HEAD":
            response.content = b""
            response["Content-Length"] = str(len(content))
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    return response


def _takes_gzip(request: HttpRequest) -> bool:
    return "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")  # request.headers first looks through all of META


def remember_switch(request: HttpRequest, response: HttpResponse) -> None:
    """Remember the language of a reader who has just come over from a page of the other one.

    Only the language switch links across languages, so no link needs a detour to set the cookie.
    """
    language = visitor.language_of_page()
    if _came_over(request, language) and request.path.startswith(f"/{language}/"):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )


def _came_over(request: HttpRequest, language: str) -> bool:
    """Return whether the link that led here stands on a page of ours in the other language."""
    came_from = request.META.get("HTTP_REFERER", "")
    return bool(came_from) and came_from.startswith(f"{Site(request).origin}/{visitor.other_language(language)}/")
