"""What readers choose for themselves, kept in cookies: the theme, and whether single keys do something."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt

from codes.views import visitor
from codes.views.errors import wrong_method
from codes.views.published import page

YEAR = 365 * 24 * 3600


@csrf_exempt
def theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme and go back to the page; it changes nothing but a cookie, and so needs no token."""
    if request.method != "POST":
        return wrong_method(request, ("POST",))
    response = HttpResponseRedirect(_back(request))
    response.status_code = 303
    response["Cache-Control"] = "no-store"
    chosen = request.POST.get("theme", "")
    if chosen in visitor.THEMES:
        response.set_cookie(
            visitor.THEME_COOKIE,
            chosen,
            max_age=YEAR,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(visitor.THEME_COOKIE, samesite="Lax")
    return response


@csrf_exempt
def shortcuts(request: HttpRequest) -> HttpResponse:
    """Show the keys, with the switch that turns them off; it changes nothing but a cookie, and so needs no token."""
    if request.method == "POST":
        response: HttpResponse = HttpResponseRedirect(reverse("shortcuts"))
        response.status_code = 303
        response["Cache-Control"] = "no-store"
        if request.POST.get("keys") == "off":  # scripts read it, so that kept pages are the same for everybody
            response.set_cookie(
                visitor.KEYS_COOKIE, "off", max_age=YEAR, secure=settings.LANGUAGE_COOKIE_SECURE, samesite="Lax"
            )
        else:
            response.delete_cookie(visitor.KEYS_COOKIE, samesite="Lax")
        return response
    if request.method not in ("GET", "HEAD"):
        return wrong_method(request, ("GET", "HEAD", "POST"))
    return page(request, "shortcuts.html", {"keys_off": request.COOKIES.get(visitor.KEYS_COOKIE) == "off"})


def _back(request: HttpRequest) -> str:
    """Return the page that the reader came from, if it is ours and a GET can show it."""
    came_from = request.POST.get("next", "") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return reverse("home")
    parts = urlsplit(came_from)
    return parts.path + (f"?{parts.query}" if parts.query else "")
