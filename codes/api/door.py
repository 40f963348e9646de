"""The door through which every request to the API goes: the language, who may ask, and how answers are kept."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from codes.api.access import may_ask, unauthorised
from codes.api.problems import problem
from codes.knowledge.entries import LANGUAGES
from codes.views.errors import wrong_method
from codes.views.published import published

View = Callable[..., HttpResponse]

UNKNOWN_LANGUAGE = gettext_lazy("The language is “it” or “en”.")


def door(view: View) -> View:
    """Let a view of the API be asked in a language, and only by those who may; its answers are problems, no pages."""

    @login_not_required
    @csrf_exempt
    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wanted = request.GET.get("language")
        language = wanted if wanted in LANGUAGES else translation.get_language_from_request(request)
        with translation.override(language):
            if not may_ask(request):
                response = unauthorised(request)
            elif wanted not in (None, *LANGUAGES):
                response = problem(422, _("Request not understood"), str(UNKNOWN_LANGUAGE))
            else:
                response = view(request, *args, **kwargs)
            if isinstance(response, HttpResponseNotAllowed):
                response = wrong_method(request, [response["Allow"]])
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie", "Authorization"))
        return response

    return entered


def reading(view: View) -> View:
    """Let a view that answers GET answer HEAD too; what it says is kept and revalidated as pages are."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        method, request.method = request.method, "GET"
        try:
            return view(request, *args, **kwargs)
        finally:
            request.method = method

    return door(published(answered))
