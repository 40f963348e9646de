"""Mailgun: `event-data` of a webhook, or items of the events API: failed, rejected, delivered, complained.

Mailgun's own numbers (498 no answer, 605 earlier bounce...) stand in `code` too; they are no reply codes.
Source: Mailgun documentation, "Event Structure", "Webhooks".
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from codes.bounce.addresses import find_addresses
from codes.bounce.events.event import Event, address, as_object, as_text, complaint, is_reply_code, moment, said
from codes.bounce.logs.story import Try
from codes.bounce.report import Outcome

SYSTEM = "mailgun"
_SILENT = frozenset("accepted opened clicked unsubscribed stored".split())
_OWN_FIELDS = frozenset({"delivery-status", "recipient-domain", "log-level", "severity"})


def read(event: dict[str, Any]) -> Event | None:
    """Return what an event of Mailgun tells."""
    event = as_object(event.get("event-data")) or event
    name = as_text(event.get("event"))
    told = "recipient" in event or (name == "rejected" and "reject" in event)
    if not told or not (_OWN_FIELDS & event.keys() or name == "complained"):
        return None
    headers = as_object(as_object(event.get("message")).get("headers"))
    key, to = as_text(headers.get("message-id")), address(event.get("recipient"))
    at = moment(event.get("timestamp"))
    if name == "complained":
        return complaint(SYSTEM, key, [to], at)
    outcome = _outcome(name, as_text(event.get("severity")))
    if outcome is None:
        return Event(SYSTEM) if name in _SILENT else None
    # what was not taken in has not been parted by recipients yet
    named = [to] if "recipient" in event else [one.value for one in find_addresses(as_text(headers.get("to")))]
    return Event(SYSTEM, tuple(_try(event, key, one, at, outcome) for one in named or [None]))


def _outcome(name: str, severity: str) -> Outcome | None:
    if name == "failed":
        return "delayed" if severity == "temporary" else "failed"
    outcomes: dict[str, Outcome] = {"delivered": "delivered", "rejected": "failed"}
    return outcomes.get(name)


def _try(event: dict[str, Any], key: str, to: str | None, at: str | None, outcome: Outcome) -> Try:
    status = as_object(event.get("delivery-status"))
    code = as_text(status.get("code"))
    words = as_text(status.get("message")) or as_text(status.get("description"))
    words = words or as_text(as_object(event.get("reject")).get("reason"))
    local = outcome != "delivered" and not is_reply_code(code)
    delivery = said(words, code=code, local=local)
    if local and delivery.reply_code is None and code[:2] == "49" and outcome == "failed":
        outcome = "expired"  # 498, 499: nobody answered until the time ran out
    host = as_text(status.get("mx-host")).lower() or None
    if host and not local:
        delivery = replace(delivery, remote_host=host)
    return Try(key, to, outcome, delivery.reply_text or words, at, delivery=delivery)
