"""SparkPost: `{"msys": {"message_event": {"type": "bounce", "rcpt_to": .., "raw_reason": .., "error_code": ..}}}`.

Source: SparkPost documentation, "Webhooks: event reference".
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from codes.bounce.events.event import Event, address, as_object, as_text, complaint, moment, said
from codes.bounce.logs.story import Try
from codes.bounce.report import Outcome

SYSTEM = "sparkpost"
_OUTCOMES: dict[str, Outcome] = {
    "bounce": "failed",
    "out_of_band": "failed",
    "policy_rejection": "failed",
    "generation_failure": "failed",
    "generation_rejection": "failed",
    "delay": "delayed",
    "delivery": "delivered",
}
#: SparkPost refused these itself.
_LOCAL = frozenset("policy_rejection generation_failure generation_rejection".split())


def read(event: dict[str, Any]) -> Event | None:
    """Return what an event of SparkPost tells."""
    envelope = event.get("msys")
    if not isinstance(envelope, dict):
        return None
    inner = next((one for one in map(as_object, envelope.values()) if one), {})
    kind, key = as_text(inner.get("type")), as_text(inner.get("message_id"))
    to, at = address(inner.get("rcpt_to")) or address(inner.get("raw_rcpt_to")), moment(inner.get("timestamp"))
    if kind == "spam_complaint":
        return complaint(SYSTEM, key, [to], at)
    outcome = _OUTCOMES.get(kind)
    if outcome is None:
        return Event(SYSTEM)
    words = as_text(inner.get("raw_reason")) or as_text(inner.get("reason"))
    delivery = said(words, code=as_text(inner.get("error_code")), local=kind in _LOCAL)
    if kind == "out_of_band":  # a notice that came back after the message had been accepted
        delivery = replace(delivery, stage="delivery")
    ip = as_text(inner.get("ip_address")) or None
    return Event(SYSTEM, (Try(key, to, outcome, delivery.reply_text or words, at, ip=ip, delivery=delivery),))
