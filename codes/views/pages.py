"""The home page and the few pages that say something about Rimbalzo itself."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from codes.views import visitor
from codes.views.home import home_context
from codes.views.published import page, published


def root(request: HttpRequest) -> HttpResponse:
    """Send to the home page in the reader's language."""
    with translation.override(translation.get_language_from_request(request)):
        response = HttpResponseRedirect(reverse("home"))
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    response["Cache-Control"] = "no-cache"
    return response


@published
def home(request: HttpRequest) -> HttpResponse:
    """The box, what people read most, and the classes of codes."""
    return page(request, "home.html", home_context(visitor.knowledge_for(request)))


@published
def privacy(request: HttpRequest) -> HttpResponse:
    """What happens to what people paste."""
    return page(request, "privacy.html")


@login_not_required
def favicon(request: HttpRequest) -> HttpResponse:
    """Send browsers that ask at the old address to the picture."""
    return HttpResponsePermanentRedirect(static("favicon.svg"))
