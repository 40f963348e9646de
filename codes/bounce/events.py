"""Events of sending services, as JSON: pasted, or mailed by a notification service."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from codes.bounce.dates import iso_date
from codes.bounce.reply import decisive_reply
from codes.bounce.report import Delivery, Kind
from codes.bounce.verdict import delivery_from_words


@dataclass(frozen=True, slots=True)
class Events:
    """What a service reported."""

    system: str
    kind: Kind
    deliveries: tuple[Delivery, ...]


def read_events(text: str) -> Events | None:
    """Return the events in a JSON text, or None where it is none that is known."""
    start = text.find("{")
    if start < 0 or text[:start].strip(" \t\r\n["):
        return None
    try:
        value, _end = json.JSONDecoder(strict=False).raw_decode(text[start:])
    except (ValueError, RecursionError):
        return None
    if isinstance(value, dict) and isinstance(value.get("Message"), str):  # an SNS envelope
        try:
            value = json.loads(value["Message"], strict=False)
        except (ValueError, RecursionError):
            return None
    if not isinstance(value, dict):
        return None
    deliveries = _amazon_ses(value)
    complaint = (value.get("notificationType") or value.get("eventType")) == "Complaint"
    return Events("amazon-ses", "complaint" if complaint else "event", deliveries) if deliveries else None


def _amazon_ses(event: dict[str, Any]) -> tuple[Delivery, ...]:
    """Amazon SES: notificationType (or eventType) Bounce, Complaint, Delivery."""
    kind = event.get("notificationType") or event.get("eventType")
    found = []
    if kind == "Bounce":
        bounce = _object(event.get("bounce"))
        final = bounce.get("bounceType") != "Transient"
        for recipient in _objects(bounce.get("bouncedRecipients")):
            diagnostic = str(recipient.get("diagnosticCode") or "").partition(";")
            words = diagnostic[2].strip() or diagnostic[0].strip()
            delivery = delivery_from_words(_text(recipient.get("emailAddress")), None, words, "")
            status = _text(recipient.get("status"))
            if not decisive_reply(words) and status and not status.endswith(".0.0"):
                delivery = replace(delivery, enhanced_code=status)
            outcome = delivery.outcome if delivery.outcome == "expired" else "failed" if final else "delayed"
            found.append(replace(delivery, outcome=outcome, at=iso_date(str(bounce.get("timestamp") or ""))))
    elif kind == "Complaint":
        complaint = _object(event.get("complaint"))
        found = [
            Delivery(recipient=_text(recipient.get("emailAddress")), outcome="delivered")
            for recipient in _objects(complaint.get("complainedRecipients"))
        ]
    elif kind == "Delivery":
        delivery_event = _object(event.get("delivery"))
        answer = str(delivery_event.get("smtpResponse") or "")
        reply = decisive_reply(answer)
        found = [
            Delivery(
                recipient=_text(recipient),
                outcome="delivered",
                reply_code=reply.reply_code if reply else None,
                enhanced_code=reply.enhanced_code if reply else None,
                reply_text=reply.text if reply else answer,
            )
            for recipient in delivery_event.get("recipients") or ()
        ]
    return tuple(found)


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
