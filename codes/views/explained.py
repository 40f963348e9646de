"""An explanation without its content: what a ticket can link to, with codes and a reason and nobody's data."""

from django.http import HttpRequest, HttpResponse

from codes.views import listing, visitor
from codes.views.codes import ENHANCED, REPLY
from codes.views.local_notes import notes_on
from codes.views.published import page, published
from codes.views.route import route_of_reason
from codes.views.words import VERDICT_OF_CLASS


@published
def explained(request: HttpRequest) -> HttpResponse:
    """Explain reply code, enhanced code, reason and known message; what is unknown or malformed is left out."""
    knowledge = visitor.knowledge_for(request)
    reply = request.GET.get("code", "")
    enhanced = request.GET.get("status", "")
    reply = reply if REPLY.fullmatch(reply) else ""
    enhanced = enhanced if ENHANCED.fullmatch(enhanced) else ""
    signature = knowledge.signatures.get(request.GET.get("signature", ""))
    slug = request.GET.get("reason", "") or (signature.reason if signature else "")
    slug = knowledge.former_slugs.get(("reason", slug), slug)
    if slug not in knowledge.reasons:
        slug = (
            (enhanced and knowledge.reason_of_enhanced_code(enhanced)) or knowledge.reason_at_stage(reply, None) or ""
        )
    reason = knowledge.reasons.get(slug)
    digit = (reply or enhanced)[:1]
    verdict = VERDICT_OF_CLASS.get(digit) or (listing.verdict_of_reason(reason) if reason else "unknown")
    mover = reason.who_acts(retried=verdict == "temporary") if reason else ""
    failure = verdict in ("permanent", "temporary")
    context = {
        "reply": reply,
        "enhanced": enhanced,
        "reply_entry": knowledge.reply_codes.get(reply),
        "enhanced_entry": knowledge.enhanced_code(enhanced) if enhanced else None,
        "reason": reason,
        "signature": signature if signature and reason and signature.reason == reason.slug else None,
        "local_notes": notes_on(
            knowledge,
            signature=signature.slug if signature else None,
            reason=slug,
            enhanced_code=enhanced,
            reply_code=reply,
        ),
        "digit": digit,
        "verdict": verdict,
        "mover": mover,
        "route": route_of_reason(reason, verdict, mover) if reason and failure else None,
    }
    return page(request, "explained.html", context, 200 if reply or enhanced or reason else 404)
