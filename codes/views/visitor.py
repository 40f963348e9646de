"""Who reads: an editor or not, in which language, with which theme."""

import ipaddress
from collections.abc import Iterable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.translation import get_language

from codes.knowledge import snapshot
from codes.knowledge.entries import Knowledge

THEMES = ("light", "dark")
THEME_COOKIE = "theme"
KEYS_COOKIE = "keys"


def address_of(request: HttpRequest) -> str:
    """Return the address that asks: the nearest in X-Forwarded-For that is no trusted proxy's, or the connection's own.

    What stands further left in the header is the asker's own word, and worth nothing.
    """
    address = request.META.get("REMOTE_ADDR", "")
    for hop in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        if not is_among(address, settings.TRUSTED_PROXIES) or not hop.strip():
            break
        address = hop.strip()
    return address


def is_among(address: str, networks: Iterable[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    """Return whether an address is in one of some networks; no address is in none."""
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return False
    number = getattr(number, "ipv4_mapped", None) or number  # ::ffff:192.0.2.1 is 192.0.2.1
    return any(number in network for network in networks)


def is_editor(request: HttpRequest) -> bool:
    """Return whether a signed-in editor asks; a visitor without a session costs no look at the database.

    While the database is gone everybody is a visitor: public pages do without it.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or snapshot.keeper.database_is_gone:
        return False
    user = getattr(request, "user", None)
    try:
        return bool(user and user.is_active and user.is_staff)
    except DatabaseError:
        snapshot.keeper.database_is_gone = True
        return False


def is_preview(request: HttpRequest) -> bool:
    """Return whether the page is shown beside the form of its entry (codes.admin.preview)."""
    return hasattr(request, "knowledge")


def knowledge_for(request: HttpRequest) -> Knowledge:
    """Return the snapshot; an editor sees what was saved a moment ago, and in a preview what is not saved yet."""
    if is_preview(request):
        return request.knowledge  # type: ignore[attr-defined]
    return snapshot.current(fresh=is_editor(request))


def theme_of(request: HttpRequest) -> str:
    """Return "light", "dark" or, where the system decides, the empty string."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return theme if theme in THEMES else ""


def language_of_page() -> str:
    """Return "it" or "en"."""
    return "en" if (get_language() or "it").startswith("en") else "it"


def other_language(language: str) -> str:
    """Return the language that the switch leads to."""
    return "it" if language == "en" else "en"
