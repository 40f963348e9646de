"""Twilio SendGrid: the Event Webhook (`event`, `email`, `sg_message_id`, `reason`, `status`), and the list of bounces.

A `bounce` of the type `blocked` is final as well: what is tried again comes as `deferred`.
Source: SendGrid documentation, "Event Webhook Reference", "Retrieve all bounces".
"""

from __future__ import annotations

from typing import Any

from codes.bounce.events.event import Event, address, as_text, complaint, moment, said
from codes.bounce.logs.story import Try
from codes.bounce.report import Outcome

SYSTEM = "sendgrid"
_OUTCOMES: dict[str, Outcome] = {
    "bounce": "failed",
    "blocked": "failed",
    "dropped": "failed",
    "deferred": "delayed",
    "delivered": "delivered",
}
_SILENT = frozenset("processed open click unsubscribe group_unsubscribe group_resubscribe".split())
_OWN_FIELDS = frozenset({"sg_event_id", "sg_message_id", "smtp-id"})
_LISTED = {"created", "email", "reason", "status"}
#: What an event has at least, and the names by which it is known then.
_LEAST, _KNOWN = {"email", "timestamp"}, {*_OUTCOMES, "spamreport"}


def read(event: dict[str, Any]) -> Event | None:
    """Return what an event of SendGrid tells."""
    name = as_text(event.get("event"))
    if not name and event.keys() >= _LISTED:
        name = "bounce"
    elif not (_OWN_FIELDS & event.keys() or (event.keys() >= _LEAST and name in _KNOWN)):
        return None
    key = as_text(event.get("sg_message_id")) or as_text(event.get("smtp-id"))
    to, at = address(event.get("email")), moment(event.get("timestamp") or event.get("created"))
    if name == "spamreport":
        return complaint(SYSTEM, key, [to], at)
    outcome = _OUTCOMES.get(name)
    if outcome is None:
        return Event(SYSTEM) if name in _SILENT else None
    words = as_text(event.get("reason")) or as_text(event.get("response"))
    delivery = said(words, local=name == "dropped")
    return Event(SYSTEM, (Try(key, to, outcome, words, at, status=_status(event), delivery=delivery),))


def _status(event: dict[str, Any]) -> str | None:
    """Return the enhanced code, where it is one: SendGrid writes the reply code there too."""
    status = as_text(event.get("status"))
    return status if status.count(".") == 2 else None
