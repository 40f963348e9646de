"""What went wrong: one clear sentence, in the reader's language; a page in our look, or what the API says instead."""

import logging
import secrets
import sys
from collections.abc import Iterable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from codes.api.problems import is_for_api, problem
from codes.knowledge import snapshot

logger = logging.getLogger(__name__)


def error_page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """Return a page with one sentence, or the same as the API says it."""
    if is_for_api(request):
        return problem(status, title, sentence)
    content = render_to_string("error.html", {"status": status, "title": title, "sentence": sentence}, request)
    response = HttpResponse(content, status=status)
    response["Cache-Control"] = "no-store"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing is at this address."""
    sentence = _("There is no page at this address. If it was a code, check how it is written: 550, or 5.1.1.")
    return error_page(request, 404, _("Page not found"), sentence)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request cannot be understood."""
    return error_page(request, 400, _("Request not understood"), _("The browser’s request could not be understood."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The reader may not do this."""
    return error_page(request, 403, _("Not allowed"), _("This page is for editors who have signed in."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without the token that proves it is ours."""
    sentence = _("The form is too old, or came from another page. Load the page again and send it once more.")
    return error_page(request, 403, _("Not allowed"), sentence)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke here; the number is what to tell whoever runs Rimbalzo. A gone database is told as such."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return database_gone(request)
    incident = secrets.token_hex(4)
    logger.error("Incident %s: a page could not be shown", incident)
    sentence = _(
        "Something went wrong here. It is our fault; tell whoever runs Rimbalzo the incident number %(number)s."
    )
    return error_page(request, 500, _("Something went wrong"), sentence % {"number": incident})


def database_gone(request: HttpRequest) -> HttpResponse:
    """The page needs the database, which does not answer; public pages and explanations need it not."""
    snapshot.keeper.database_is_gone = True  # the frame of this very page must not wait for it
    sentence = _(
        "The database does not answer just now, so nothing can be changed. "
        "Explanations and pages still work; try again in a minute."
    )
    response = error_page(request, 503, _("Not available just now"), sentence)
    response["Retry-After"] = "30"
    return response


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """The address has asked for more than its share."""
    sentence = _(
        "Too many explanations were asked for from your network address in a short time. "
        "Wait a moment, go back and send it again."
    )
    response = error_page(request, 429, _("A moment, please"), sentence)
    response["Retry-After"] = str(seconds)
    return response


def wrong_method(request: HttpRequest, allowed: Iterable[str]) -> HttpResponse:
    """The address does not take this method."""
    response = error_page(request, 405, _("Not possible here"), _("This address cannot be asked in this way."))
    response["Allow"] = ", ".join(allowed)
    return response
