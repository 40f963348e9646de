"""Cisco ESA's consolidated event log (CEF), and lines of Message Tracking that end in AsyncOS's label and the reply.

`CEF:0|Cisco|...|ESA_CONSOLIDATED_LOG_EVENT|...|act=ABORTED ESAFinalActionDetails=... duser=...`; of tracking pages,
what the mail logs write too: `... Message 4 to a@b ...: 4.3.2 - Not accepting messages ('421', ['4.7.0 ...'])`.
Sources: samples of elastic/integrations for the first, AsyncOS user guides, chapter Logging, for the label and reply.
"""

from __future__ import annotations

import re

from codes.bounce.addresses import find_addresses
from codes.bounce.logs.cisco_esa import EXPIRED, appliance_time, spoken
from codes.bounce.logs.story import Log, Try, said_here, told
from codes.bounce.report import Outcome

_MARK = "|ESA_CONSOLIDATED_LOG_EVENT|"
_KEY = re.compile(r"(?:^|[\s|])(?P<key>[A-Za-z][A-Za-z0-9]{1,40})=")
#: ABORTED is attested; the two below it are not, and stand beside the event's own name.
_ACTIONS: dict[str, Outcome] = {
    "DELIVERED": "delivered",
    "ABORTED": "failed",
    "BOUNCED": "failed",
    "DROPPED": "failed",
}
_TAIL = re.compile(
    r"(?P<own>[245]\.\d\.\d{1,2}) - (?P<label>[^'\"\[(]{1,80}(?:\([^()]{1,60}\))?)\s*"
    r"\('(?P<code>\d{3})', \[(?P<list>[^\]]*)\]\)(?P<quoted>)"
)
_MESSAGE = re.compile(r"\b(?:MID|Message) (?P<message>\d+)")


def read(lines: list[str]) -> Log | None:
    """Return what consolidated events and lines of Message Tracking tell."""
    tries: list[Try] = []
    for line in lines:
        if _MARK in line:
            tries += _event(line)
        elif " - " in line and "('" in line and (one := _sentence(line)):
            tries.append(one)
    return Log("cisco-esa", told(tries)) if tries else None


def _event(line: str) -> list[Try]:
    extension = line.partition(_MARK)[2]
    keys = list(_KEY.finditer(extension))
    ends = [key.start() for key in keys[1:]] + [len(extension)] * bool(keys)
    value = {key["key"]: extension[key.end() : end].strip() for key, end in zip(keys, ends, strict=True)}
    outcome = _ACTIONS.get(value.get("act", "").upper())
    if outcome is None:
        return []
    words = value.get("ESAFinalActionDetails", "").replace("\\=", "=").strip("'\"")
    if outcome == "delivered":
        words = ""
    delivery = said_here(words)
    at = appliance_time(value.get("end") or value.get("start"))
    recipients: list[str | None] = [found.value for found in find_addresses(value.get("duser", ""))]
    return [
        Try(value.get("ESAMID", ""), to, outcome, words, at, delivery=delivery if words else None)
        for to in recipients or [None]
    ]


def _sentence(line: str) -> Try | None:
    """Return what a sentence of Message Tracking tells: the class of the appliance's code says what became of it."""
    found, message = _TAIL.search(line), _MESSAGE.search(line)
    if not found or not message:
        return None
    named = {address.value for address in find_addresses(line[: found.start()])}
    recipient = named.pop() if len(named) == 1 else None  # of two, one is the sender
    own = found["own"]
    outcome: Outcome = "expired" if own in EXPIRED else "delayed" if own[0] == "4" else "failed"
    delivery = spoken(found.groupdict(), recipient)
    words = delivery.reply_text or found["label"].strip()
    return Try(message["message"], recipient, outcome, words, None, None, own, delivery=delivery)
