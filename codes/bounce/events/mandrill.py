"""Mailchimp Transactional (Mandrill): `{"event": "hard_bounce", "_id": .., "msg": {"email": .., "diag": ..}}`.

The replies to a deferred message stand in `msg.smtp_events`, one an attempt, the last one last.

Source: Mailchimp Transactional documentation, "Webhooks".
"""

from __future__ import annotations

from typing import Any

from codes.bounce.events.event import Event, address, as_object, as_objects, as_text, complaint, moment, said
from codes.bounce.logs.story import Try
from codes.bounce.report import Outcome

SYSTEM = "mandrill"
_OUTCOMES: dict[str, Outcome] = {
    "hard_bounce": "failed",
    "soft_bounce": "delayed",
    "deferral": "delayed",
    "reject": "failed",
    "delivered": "delivered",
}


def read(event: dict[str, Any]) -> Event | None:
    """Return what an event of Mandrill tells."""
    message, kind = as_object(event.get("msg")), as_text(event.get("event"))
    if not message or ("_id" not in event and "_id" not in message):
        return None
    key, to, at = as_text(message.get("_id")), address(message.get("email")), moment(event.get("ts"))
    if kind == "spam":
        return complaint(SYSTEM, key, [to], at)
    outcome = _OUTCOMES.get(kind)
    if outcome is None:
        return Event(SYSTEM)
    attempts = [one for one in as_objects(message.get("smtp_events")) if as_text(one.get("diag"))]
    last = attempts[-1] if attempts and not message.get("diag") else {}
    words = as_text(message.get("diag")) or as_text(last.get("diag")) or as_text(message.get("bounce_description"))
    delivery = said(words, local=kind == "reject")  # an address on Mandrill's own list of refused ones
    ip = as_text(last.get("destination_ip")) or None
    return Event(SYSTEM, (Try(key, to, outcome, delivery.reply_text or words, at, ip=ip, delivery=delivery),))
