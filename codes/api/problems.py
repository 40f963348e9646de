"""What the API says where something is wrong: one sentence, as RFC 9457 (problem details) has it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language

PREFIX = "/api/"
CONTENT_TYPE = "application/problem+json"


def is_for_api(request: HttpRequest) -> bool:
    """Return whether a request is the API's, so that its errors are no pages."""
    return request.path.startswith(PREFIX)


def problem(status: int, title: str, sentence: str) -> HttpResponse:
    """Return a problem: `title` says what kind it is, the sentence what is wrong this time.

    The status alone tells the kinds apart, so the type is about:blank (RFC 9457, 4.2.1).
    """
    said = {"type": "about:blank", "title": title, "status": status, "detail": sentence}
    response = JsonResponse(said, status=status, content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    response["Content-Language"] = get_language() or "it"
    return response
