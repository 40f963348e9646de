"""Brevo (Sendinblue): webhooks (`event`, `email`, `message-id`, `ts_event`, `reason`) and the events API (`messageId`).

Webhooks of newsletters name the campaign, `camp_id`, instead of the message.
What is tried again comes as `deferred`; a `soft_bounce` is given up. `date` has no zone, `ts_event` is UTC.
Source: Brevo documentation, "Transactional webhooks", "Marketing webhooks", "Get all your transactional email
activity".
"""

from __future__ import annotations

from typing import Any

from codes.bounce.events.event import Event, address, as_text, complaint, moment, said
from codes.bounce.logs.story import Try
from codes.bounce.report import Outcome

SYSTEM = "brevo"
_OUTCOMES: dict[str, Outcome] = {
    "hardbounce": "failed",
    "softbounce": "failed",
    "blocked": "failed",
    "invalid": "failed",
    "invalidemail": "failed",
    "error": "failed",
    "deferred": "delayed",
    "delivered": "delivered",
}
_SILENT = frozenset(
    "request requests sent opened uniqueopened click clicks proxyopen unsubscribed loadedbyproxy".split()
)
#: Brevo refused these itself.
_LOCAL = frozenset("blocked invalid invalidemail error".split())


def read(event: dict[str, Any]) -> Event | None:
    """Return what an event of Brevo tells."""
    name = as_text(event.get("event")).replace("_", "").lower()
    name = {"hardbounces": "hardbounce", "softbounces": "softbounce"}.get(name, name)
    key = as_text(event.get("message-id") or event.get("messageId") or event.get("camp_id"))
    if not key or "email" not in event or not {"date", "ts_event", "ts_epoch", "ts"} & event.keys():
        return None
    to = address(event.get("email"))
    at = moment(event.get("ts_event") or event.get("ts_epoch") or event.get("ts") or event.get("date"))
    if name in {"spam", "complaint"}:
        return complaint(SYSTEM, key, [to], at)
    outcome = _OUTCOMES.get(name)
    if outcome is None:
        return Event(SYSTEM) if name in _SILENT else None
    words = as_text(event.get("reason"))
    delivery = said(words, local=name in _LOCAL)
    if name == "softbounce" and delivery.reply_code is None:
        outcome = "expired"  # soft: no refusal for good
    return Event(SYSTEM, (Try(key, to, outcome, words, at, delivery=delivery),))
