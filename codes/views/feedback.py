"""“Was this right?”: the answer belongs to a known message, a code or a reason, and to no person."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from codes.counting.tally import tally
from codes.explain.explanation import ExplainedDelivery
from codes.knowledge.entries import Knowledge
from codes.views import visitor
from codes.views.errors import bad_request, wrong_method
from codes.views.published import page


def subject_of(delivery: ExplainedDelivery) -> tuple[str, str]:
    """Return kind and key of the entry that an explanation rests on."""
    if delivery.signature:
        return "signature", delivery.signature
    if delivery.basis == "enhanced-code" and delivery.said.enhanced_code:
        return "enhancedcode", f"X{delivery.said.enhanced_code[1:]}"
    if delivery.basis == "reply-code" and delivery.said.reply_code:
        return "replycode", delivery.said.reply_code
    return "reason", delivery.reason


def _is_known(kind: str, key: str, knowledge: Knowledge) -> bool:
    entries: dict[str, dict] = {
        "signature": knowledge.signatures,
        "enhancedcode": knowledge.enhanced_codes,
        "replycode": knowledge.reply_codes,
        "reason": knowledge.reasons,
    }
    return key in entries.get(kind, {})


@csrf_exempt
@sensitive_post_parameters()
def feedback(request: HttpRequest) -> HttpResponse:
    """Count what a reader says of an explanation.

    Explanations carry no token, as nothing in them may differ from reader to reader; a form of another site is told by
    its origin.
    """
    if request.method != "POST":
        return wrong_method(request, ("POST",))
    kind, key, right = (request.POST.get(name, "") for name in ("kind", "key", "right"))
    origin = request.headers.get("Origin", "")
    foreign = origin not in {"", "null"} and urlsplit(origin).netloc != request.get_host()
    if foreign or right not in {"yes", "no"} or not _is_known(kind, key, visitor.knowledge_for(request)):
        return bad_request(request)
    tally.hear(kind, key, right == "yes", request.POST.get("missing", ""))
    template = "parts/feedback_thanks.html" if request.headers.get("HX-Request") else "feedback.html"
    return page(request, template)
