"""Mailjet: webhooks, `{"event": "bounce", "email": .., "MessageID": .., "hard_bounce": .., "error": .., ..}`.

A soft bounce (`hard_bounce` false) is given up as well: what Mailjet tries again is deferred, and makes no event.
Source: Mailjet documentation, "Event API: real-time notifications", "Bounce and blocked: possible values for errors".
"""

from __future__ import annotations

from typing import Any

from codes.bounce.events.event import Event, address, as_text, complaint, moment, said
from codes.bounce.logs.story import Try
from codes.bounce.report import Outcome

SYSTEM = "mailjet"
_OUTCOMES: dict[str, Outcome] = {"sent": "delivered", "bounce": "failed", "blocked": "failed"}
_SILENT = frozenset({"open", "click", "unsub"})


def read(event: dict[str, Any]) -> Event | None:
    """Return what an event of Mailjet tells."""
    name = as_text(event.get("event"))
    if "email" not in event or not {"MessageID", "Message_GUID"} & event.keys():
        return None
    key = as_text(event.get("MessageID")) or as_text(event.get("Message_GUID"))
    to, at = address(event.get("email")), moment(event.get("time"))
    if name == "spam":
        return complaint(SYSTEM, key, [to], at)
    outcome = _OUTCOMES.get(name)
    if outcome is None:
        return Event(SYSTEM) if name in _SILENT else None
    words = as_text(event.get("smtp_reply")) or as_text(event.get("comment")) or as_text(event.get("error"))
    delivery = said(words, local=name == "blocked")  # Mailjet did not even try
    if name == "bounce" and event.get("hard_bounce") is False and delivery.reply_code is None:
        outcome = "expired"  # soft: no refusal for good
    return Event(SYSTEM, (Try(key, to, outcome, words, at, delivery=delivery),))
