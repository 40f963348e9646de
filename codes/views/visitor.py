"""Who reads: an editor or not, in which language, with which theme."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from codes.knowledge import snapshot
from codes.knowledge.entries import Knowledge

THEMES = ("light", "dark")
THEME_COOKIE = "theme"
KEYS_COOKIE = "keys"


def is_editor(request: HttpRequest) -> bool:
    """Return whether a signed-in editor asks; a visitor without a session costs no look at the database."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user = getattr(request, "user", None)
    return bool(user and user.is_active and user.is_staff)


def knowledge_for(request: HttpRequest) -> Knowledge:
    """Return the snapshot; an editor sees what was saved a moment ago."""
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
