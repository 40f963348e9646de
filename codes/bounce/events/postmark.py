"""Postmark: webhooks and the bounce API: `RecordType` Bounce, SpamComplaint, Delivery; `Type`, `Details`, `BouncedAt`.

Source: Postmark documentation, "Bounce webhook", "Spam complaint webhook", "Delivery webhook", "Bounce API: types".
"""

from __future__ import annotations

from typing import Any

from codes.bounce.events.event import Event, address, as_text, complaint, moment, said
from codes.bounce.logs.story import Try
from codes.bounce.report import Outcome

SYSTEM = "postmark"
#: Types of bounces that tell of no failure.
_SILENT = frozenset("AutoResponder Subscribe Unsubscribe".split())
_RECORDS = frozenset("Bounce SpamComplaint Delivery Open Click SubscriptionChange".split())


def read(event: dict[str, Any]) -> Event | None:
    """Return what a record of Postmark tells."""
    record = as_text(event.get("RecordType"))
    if not record and event.keys() >= {"Type", "Email", "BouncedAt"}:
        record = "Bounce"  # the bounce API names no record type
    if record not in _RECORDS:
        return None
    kind, key = as_text(event.get("Type")), as_text(event.get("MessageID"))
    to = address(event.get("Email")) or address(event.get("Recipient"))
    at = moment(event.get("BouncedAt") or event.get("DeliveredAt"))
    if "SpamComplaint" in {record, kind}:
        return complaint(SYSTEM, key, [to], at)
    words = as_text(event.get("Details"))
    if record == "Delivery":
        return Event(SYSTEM, (Try(key, to, "delivered", words, at, delivery=said(words)),))
    if record != "Bounce" or kind in _SILENT:
        return Event(SYSTEM)
    outcome: Outcome = "delayed" if kind == "Transient" else "failed"
    delivery = said(words)
    if delivery.reply_code is None:
        words = words or as_text(event.get("Description"))
        delivery = said(words, local=True)
    return Event(SYSTEM, (Try(key, to, outcome, words, at, delivery=delivery),))
