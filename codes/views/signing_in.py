"""Signing in: with a password, or at the provider of single sign-on."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView

from codes.views.errors import error_page


class SignIn(LoginView):
    """The form for those who have a password here, with the link for those who have it elsewhere."""

    template_name = "sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether there is single sign-on; Django's own `site` would hide the frame's (codes.views.context)."""
        context = super().get_context_data(**kwargs) | {"sign_on": bool(settings.OIDC_RP_CLIENT_ID)}
        del context["site"]
        return context


@login_not_required
def begin(request: HttpRequest) -> HttpResponse:
    """Send to the provider. It takes a link: the security policy stops what a form redirects elsewhere."""
    if not settings.OIDC_RP_CLIENT_ID:
        raise Http404
    return OIDCAuthenticationRequestView.as_view()(request)


@login_not_required
def callback(request: HttpRequest) -> HttpResponse:
    """Take over who comes back from the provider."""
    if not settings.OIDC_RP_CLIENT_ID:
        raise Http404
    return OIDCAuthenticationCallbackView.as_view()(request)


def locked_out(request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    """Say that there were too many wrong passwords."""
    sentence = _("Too many wrong passwords. Try again in a quarter of an hour, or ask whoever runs Rimbalzo.")
    return error_page(request, 429, _("Too many attempts"), sentence)
