"""KumoMTA: records of its log, `{"type": "TransientFailure", "id": .., "response": {"code": .., "content": ..}, ..}`.

Its log files and its webhooks hold the same objects. An id is one message's, however often it was tried.
Source: KumoMTA documentation, "Log Record".
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from codes.bounce.events.event import Event, addresses, as_object, as_text, complaint, is_reply_code, moment, said
from codes.bounce.hosts import host_and_ip
from codes.bounce.logs.story import Try
from codes.bounce.report import Delivery, Outcome, Speaker
from codes.bounce.stage import stage_of_command
from codes.bounce.verdict import outcome_of_code

SYSTEM = "kumomta"
_OUTCOMES: dict[str, Outcome] = {
    "Delivery": "delivered",
    "TransientFailure": "delayed",
    "Bounce": "failed",
    "AdminBounce": "failed",
    "Expiration": "expired",
    "OOB": "failed",
}
_SILENT = frozenset(
    "Reception Delayed AdminRebind DeferredInjectionRebind XferIn XferOut LogRotation".split()  # nothing was delivered
)
_OWN_FIELDS = frozenset("queue response peer_address num_attempts bounce_classification egress_pool".split())
#: What KumoMTA says itself, where no host answered.
_OWN_WORDS = "KumoMTA internal:"


def read(event: dict[str, Any]) -> Event | None:
    """Return what a record of KumoMTA's log tells."""
    kind, key = as_text(event.get("type")), as_text(event.get("id"))
    if "id" not in event or len(_OWN_FIELDS & event.keys()) < 2:
        return None
    recipients, at = _addresses(event.get("recipient")), moment(event.get("timestamp"))
    if kind == "Feedback":
        # the record is about the report: its id and recipient are not those of the message
        return complaint(SYSTEM, key, _complainers(as_object(event.get("feedback_report"))), at)
    if kind == "Rejection":
        # our server turned a client away, which is the peer here
        delivery = _with_peer(_answer(event, "own-server"), event)
        outcome = outcome_of_code(delivery.reply_code) if delivery.reply_code else "failed"
    elif kind in _OUTCOMES:
        delivery, outcome = _delivery(event, kind), _OUTCOMES[kind]
    else:
        return Event(SYSTEM) if kind in _SILENT else None
    # that time ran out is said of the last answer, if there was one
    words = "" if kind == "Expiration" else delivery.reply_text
    return Event(SYSTEM, tuple(Try(key, to, outcome, words, at, delivery=delivery) for to in recipients))


def _delivery(event: dict[str, Any], kind: str) -> Delivery:
    if kind == "AdminBounce":  # our own administrator took it out of the queue
        return _answer(event, "own-server")
    if kind == "Expiration":
        return _answer(event, "local")
    if kind == "OOB":  # the peer brought the notice, which need not be the host that refused
        return replace(_answer(event, "remote"), stage="delivery")
    content = as_text(as_object(event.get("response")).get("content"))
    answered = bool(as_object(event.get("peer_address"))) and not content.startswith(_OWN_WORDS)
    return _with_peer(_answer(event, "remote"), event) if answered else _answer(event, "local")


def _answer(event: dict[str, Any], speaker: Speaker) -> Delivery:
    """Return what `response` says, and in answer to which command."""
    response = as_object(event.get("response"))
    code, content = as_text(response.get("code")), as_text(response.get("content"))
    parts = as_object(response.get("enhanced_code"))
    enhanced = ".".join(as_text(parts.get(name)) for name in ("class", "subject", "detail")) if parts else ""
    found = said(" ".join(filter(None, (code if is_reply_code(code) else "", enhanced, content))))
    stage = stage_of_command(as_text(response.get("command")))
    return replace(found, spoken_by=speaker, stage=stage or found.stage)


def _with_peer(delivery: Delivery, event: dict[str, Any]) -> Delivery:
    peer = as_object(event.get("peer_address"))
    host, _ip = host_and_ip(as_text(peer.get("name")))
    _host, ip = host_and_ip(as_text(peer.get("addr")))
    return replace(delivery, remote_host=host, remote_ip=ip)


def _addresses(value: object) -> list[str | None]:
    """Return the addresses of a text or, as newer versions write it, of a list; angle brackets may stand around."""
    return [one and (one.strip("<> ") or None) for one in addresses(value)]


def _complainers(report: dict[str, Any]) -> list[str | None]:
    """Return who complained (RFC 5965), as far as the provider or KumoMTA's own mark in the message tells."""
    for named in (
        report.get("original_rcpt_to"),
        as_object(report.get("extensions")).get("removal-recipient"),
        as_object(report.get("supplemental_trace")).get("recipient"),
    ):
        if found := [one for one in _addresses(named) if one]:
            return [*found]
    return [None]
