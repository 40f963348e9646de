"""The addresses of the API, each behind the door."""

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, re_path, reverse
from django.utils.translation import gettext as _
from ninja.errors import ValidationError

from codes.api import entries, explaining
from codes.api.description import ABOUT, SelfDescribing
from codes.api.docs import docs
from codes.api.door import door, reading
from codes.api.problems import problem
from codes.views import errors

logger = logging.getLogger(__name__)

api = SelfDescribing(title="Rimbalzo", version="1", description=ABOUT, docs_url=None, urls_namespace="api")
api.add_router("", explaining.router)
api.add_router("", entries.router)


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Name the parameter that is missing or wrong; what it holds is not repeated."""
    name = str(error.errors[0]["loc"][-1]) if error.errors else ""
    sentence = _("The parameter “%(name)s” is missing, or holds a value that is not allowed.") % {"name": name}
    return problem(422, _("Request not understood"), sentence)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    """Nothing is there."""
    return errors.not_found(request)


@api.exception_handler(Exception)
def failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """Log what broke; the answer has its number and nothing else of it."""
    logger.error("The API could not answer", exc_info=error)
    return errors.server_error(request)


def root(request: HttpRequest) -> HttpResponse:
    """Lead whoever opens the API's address to what it is."""
    return HttpResponseRedirect(reverse("api-docs"))


@door
def nothing(request: HttpRequest, **rest: Any) -> HttpResponse:
    """No other address is the API's; what is wrong here is told as everywhere in it."""
    return errors.not_found(request)


patterns, _app, _namespace = api.urls
for pattern in patterns:
    pattern.callback = (door if pattern.name == "explain" else reading)(pattern.callback)

urlpatterns = [
    path("v1/", root),
    path("v1/docs", docs, name="api-docs"),
    path("v1/", (patterns, "ninja", "api")),
    re_path(r"^", nothing),
]
