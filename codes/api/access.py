"""Who may ask the API: everybody, or those who bring a token."""

import hashlib
import hmac

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from codes.api.problems import problem

SCHEME = "bearer"


def may_ask(request: HttpRequest) -> bool:
    """Return whether the API answers a request.

    It is open, unless the operator has set tokens or has closed the whole site. Then it wants a token or, on a closed
    site, the session of somebody who may read its pages anyway.
    """
    if not settings.API_TOKENS and not settings.LOGIN_REQUIRED:
        return True
    return has_token(request) or (settings.LOGIN_REQUIRED and request.user.is_authenticated)


def has_token(request: HttpRequest) -> bool:
    """Return whether a request bears one of the tokens (RFC 6750, 2.1); how long it takes tells nothing about them."""
    scheme, _blank, token = request.headers.get("Authorization", "").partition(" ")
    given = _digest(token.strip())
    known = [hmac.compare_digest(given, _digest(own)) for own in settings.API_TOKENS]  # all of them, every time
    return scheme.lower() == SCHEME and any(known)


def _digest(token: str) -> bytes:
    """Return what is compared: all of one length, whatever somebody sends."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()


def unauthorised(request: HttpRequest) -> HttpResponse:
    """Say that a token is wanted."""
    sentence = _("This API answers only those who send one of its tokens, as “Authorization: Bearer …”.")
    response = problem(401, _("Not allowed"), sentence)
    response["WWW-Authenticate"] = 'Bearer realm="Rimbalzo"'
    return response
