"""Amazon SES: notificationType (or eventType) Bounce, Complaint, Delivery, DeliveryDelay, Reject.

Source: SES Developer Guide, "Amazon SNS notification contents", "Event data that Amazon SES publishes".
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from codes.bounce.events.event import Event, address, as_object, as_objects, as_text, complaint, moment
from codes.bounce.logs.story import Try
from codes.bounce.reply import decisive_reply
from codes.bounce.report import Outcome
from codes.bounce.verdict import delivery_from_words

SYSTEM = "amazon-ses"
_SILENT = frozenset({"Send", "Open", "Click", "Subscription", "Rendering Failure"})


def read(event: dict[str, Any]) -> Event | None:
    """Return what a notification or an event of SES tells."""
    kind = event.get("notificationType") or event.get("eventType")
    mail = as_object(event.get("mail"))
    key = as_text(mail.get("messageId"))
    if kind == "Bounce":
        return Event(SYSTEM, _bounced(as_object(event.get("bounce")), key))
    if kind == "DeliveryDelay":
        return Event(SYSTEM, _delayed(as_object(event.get("deliveryDelay")), key))
    if kind == "Complaint":
        about = as_object(event.get("complaint"))
        complained = [address(one.get("emailAddress")) for one in as_objects(about.get("complainedRecipients"))]
        return complaint(SYSTEM, key, complained, moment(about.get("timestamp")))
    if kind == "Delivery":
        about = as_object(event.get("delivery"))
        answer, at = as_text(about.get("smtpResponse")), moment(about.get("timestamp"))
        recipients = about.get("recipients")
        names = recipients if isinstance(recipients, list) else []
        return Event(SYSTEM, tuple(Try(key, address(to), "delivered", answer, at) for to in names))
    if kind == "Reject" and mail:
        words = as_text(as_object(event.get("reject")).get("reason"))
        names = mail["destination"] if isinstance(mail.get("destination"), list) else []
        at = moment(mail.get("timestamp"))
        return Event(SYSTEM, tuple(Try(key, address(to), "failed", words, at) for to in names))
    return Event(SYSTEM) if isinstance(kind, str) and kind in _SILENT and mail else None


def _bounced(bounce: dict[str, Any], key: str) -> tuple[Try, ...]:
    # a transient one is told of when Amazon has given up
    return tuple(
        _try(recipient, key, "failed", bounce.get("timestamp"))
        for recipient in as_objects(bounce.get("bouncedRecipients"))
    )


def _delayed(delay: dict[str, Any], key: str) -> tuple[Try, ...]:
    tries = (
        _try(recipient, key, "delayed", delay.get("timestamp"))
        for recipient in as_objects(delay.get("delayedRecipients"))
    )
    until = moment(delay.get("expirationTime"))
    return tuple(
        replace(one, outcome="delayed", delivery=replace(one.delivery, retry_until=until) if one.delivery else None)
        for one in tries
    )


def _try(recipient: dict[str, Any], key: str, outcome: Outcome, at: object) -> Try:
    diagnostic = as_text(recipient.get("diagnosticCode")).partition(";")
    words = diagnostic[2].strip() or diagnostic[0].strip()
    delivery = delivery_from_words(None, None, words, "")
    status = as_text(recipient.get("status"))
    if not decisive_reply(words) and status and not status.endswith(".0.0"):
        delivery = replace(delivery, enhanced_code=status)
    ended: Outcome = delivery.outcome if delivery.outcome == "expired" else outcome
    return Try(key, address(recipient.get("emailAddress")), ended, words, moment(at), delivery=delivery)
