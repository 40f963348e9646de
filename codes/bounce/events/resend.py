"""Resend: webhooks, `{"type": "email.bounced", "created_at": .., "data": {"email_id": .., "to": [..], "bounce": ..}}`.

Resend sends through Amazon SES and passes on its types of bounces: a transient one is told of when it has given up.
Source: Resend documentation, "Webhooks: event types", "Email bounces".
"""

from __future__ import annotations

from typing import Any

from codes.bounce.events.event import Event, addresses, as_object, as_text, complaint, moment, said
from codes.bounce.logs.story import Try
from codes.bounce.report import Delivery, Outcome

SYSTEM = "resend"
_OUTCOMES: dict[str, Outcome] = {
    "email.bounced": "failed",
    "email.failed": "failed",
    "email.suppressed": "failed",
    "email.delivery_delayed": "delayed",
    "email.delivered": "delivered",
}
#: Refusals of this message that Amazon calls transient, since another one may pass.
_REFUSED = frozenset({"MessageTooLarge", "ContentRejected", "AttachmentRejected"})


def read(event: dict[str, Any]) -> Event | None:
    """Return what an event of Resend tells."""
    kind, data = as_text(event.get("type")), as_object(event.get("data"))
    if not kind.startswith("email.") or "email_id" not in data:
        return None
    key, at = as_text(data.get("email_id")), moment(event.get("created_at"))
    recipients = addresses(data.get("to"))
    if kind == "email.complained":
        return complaint(SYSTEM, key, recipients, at)
    outcome = _OUTCOMES.get(kind)
    if outcome is None:
        return Event(SYSTEM)
    bounce = as_object(data.get("bounce"))
    delivery = _said(data, bounce)
    if bounce.get("type") == "Transient" and bounce.get("subType") not in _REFUSED and delivery.reply_code is None:
        outcome = "expired" if outcome == "failed" else outcome
    words = delivery.reply_text
    return Event(SYSTEM, tuple(Try(key, to, outcome, words, at, delivery=delivery) for to in recipients))


def _said(data: dict[str, Any], bounce: dict[str, Any]) -> Delivery:
    """Return the remote host's reply, where one is quoted; else what Resend says."""
    quoted = bounce.get("diagnosticCode")
    for diagnostic in quoted if isinstance(quoted, list) else [quoted]:
        words = as_text(diagnostic)
        delivery = said(words.partition(";")[2].strip() if words.startswith("smtp;") else words)
        if delivery.reply_code:
            return delivery
    suppressed, failed = as_object(data.get("suppressed")), as_object(data.get("failed"))
    return said(
        as_text(bounce.get("message"))
        or as_text(suppressed.get("message"))
        or as_text(failed.get("reason"))
        or as_text(bounce.get("subType"))
    )
