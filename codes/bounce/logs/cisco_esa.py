"""Cisco ESA (AsyncOS): `Bounced: DCID 3 MID 4 ... RID 0 - 5.1.0 - Unknown address error ('550', ['5.1.1 no'])`.

The code before the label is the appliance's own; the remote server's stand in the brackets, '000' where none spoke.
Sources: AsyncOS user guides, chapter Logging.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from codes.bounce.logs.story import Joint, Log, Try, told
from codes.bounce.report import Delivery, Outcome
from codes.bounce.verdict import delivery_from_words

#: AsyncOS's codes for a message that grew too old in its queue.
EXPIRED = ("5.4.7", "4.4.7")
# Small patterns, each searched for in the stretch it belongs to: one pattern for a whole line, with a gap between
# every two facts, takes seconds on a line that nearly fits.
_TIME = re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d \d{4}")
_EVENT = re.compile(r"(?P<what>Bounced|Delayed|Double bounce):")
_MESSAGE = re.compile(
    r"(?:DCID:?\s(?P<connection>\d+)\s)?(?:MID|Message)\s(?P<message>\d+)"
    r"(?:\sFrom:\s*<?(?P<from>[^>\s]*)>?)?(?:\sTo:\s*<?(?P<to>[^>\s]*)>?)?"
)
_RECIPIENT_ID = re.compile(r"\b(?:RID|to)\s\[?(?P<rid>\d+)\]?$")
_BODY = re.compile(
    r"\s-\s(?P<own>[245]\.\d\.\d{1,2})\s-\s(?P<label>[^'\"\[]{0,80}?)\s*"
    r"(?:\('(?P<code>\d{3})', \[(?P<list>.{0,4000}?)\]\)|(?P<quoted>\d{3}-'.{0,4000}'))"
)
_BOUNCE_LOG = re.compile(
    r"\s(?P<message>\d+):(?P<rid>\d+)\sFrom:\s*<?(?P<from>[^>\s]*)>?\sTo:\s*<?(?P<to>[^>\s]*)>?"
    r"\sReason:\s?\"(?P<own>[245]\.\d\.\d{1,2}) - (?P<label>[^\"]*)\""
    r"\sResponse:\s?\"?\('(?P<code>\d{3})', \[(?P<list>.{0,4000}?)\]\)(?P<quoted>)"
)
_RECIPIENT = re.compile(r"MID (?P<message>\d+)(?: ICID \d+)? RID (?P<rid>\d+) To: <?(?P<to>[^>\s]*)>?")
_CONNECTION = re.compile(r"New SMTP DCID (?P<connection>\d+) interface \S+(?: \(\S+\))? address (?P<ip>\S+)")
_DONE = re.compile(r"Message done DCID \d+ MID (?P<message>\d+) to RID \[(?P<rids>[\d, ]+)\]")
_CONNECTION_ERROR = re.compile(r"DCID:? (?P<connection>\d+)(?: domain: (?P<domain>\S+))? IP: (?P<ip>\S+)")

JOINT = Joint(
    re.compile(r"\b((?:DCID|MID):? \d+)\b"),
    re.compile(r"\b(?:Message finished |(?=DCID \d+ close))((?:MID|DCID) \d+)\b"),
)


def read(lines: list[str]) -> Log | None:
    """Return what mail_logs and bounce_logs tell."""
    recipients = {(found["message"], found["rid"]): found["to"] for line in lines if (found := _RECIPIENT.search(line))}
    addresses = {found["connection"]: found["ip"] for line in lines if (found := _CONNECTION.search(line))}
    tries: list[Try] = []
    failed: dict[str, Try] = {}
    explained: set[str | None] = set()  # connections whose failure a delivery line tells
    for line in lines:
        if groups := _bounced(line):
            tries.append(_try(groups, _time(line), recipients, addresses))
            explained.add(groups.get("connection"))
        elif "Connection Error:" in line and (error := _CONNECTION_ERROR.search(line)):
            failed[error["connection"]] = _connection_error(error, line)
        elif "Message done" in line and (done := _DONE.search(line)):
            message, at = done["message"], _time(line)
            tries.extend(
                Try(message, recipients.get((message, rid)), "delivered", "", at)
                for rid in re.findall(r"\d+", done["rids"])
            )
    tries += [one for connection, one in failed.items() if connection not in explained]
    return Log("cisco-esa", told(tries)) if tries else None


def _bounced(line: str) -> dict[str, Any] | None:
    """Return what a line of either log tells of a bounce or a delay, by the names of the patterns' groups."""
    event = _EVENT.search(line)
    if not event:
        return None
    if found := _BOUNCE_LOG.match(line, event.end()):
        return event.groupdict() | found.groupdict()
    body = _BODY.search(line, event.end())
    if not body:
        return None
    between = line[event.end() : body.start()]
    message, recipient = _MESSAGE.search(between), _RECIPIENT_ID.search(between)
    if not message or not recipient:
        return None
    return event.groupdict() | message.groupdict() | recipient.groupdict() | body.groupdict()


def _time(line: str) -> str | None:
    """Return a line's time, which stands before its event; the server's words after it may hold another."""
    found = _TIME.search(line, 0, 120)
    return appliance_time(found[0]) if found else None


def _try(
    groups: dict[str, Any], at: str | None, recipients: dict[tuple[str, str], str], addresses: dict[str, str]
) -> Try:
    recipient = groups["to"] or recipients.get((groups["message"], groups["rid"]))
    outcome: Outcome = "delayed" if groups["what"] == "Delayed" else "failed"
    own, label = groups["own"], groups["label"].strip()
    ip = addresses.get(groups.get("connection") or "")
    delivery = spoken(groups, recipient)
    if own in EXPIRED:
        outcome = "expired"
    return Try(
        groups["message"],
        recipient,
        outcome,
        delivery.reply_text or label,
        at,
        None,
        own,
        None,
        ip,
        delivery=delivery,
    )


def spoken(groups: dict[str, str | None], recipient: str | None) -> Delivery:
    """Return what the remote server said, or the appliance's words where none spoke."""
    code, items = groups["code"], groups["list"] or ""
    if code == "000" or (not code and not groups["quoted"]):
        words = " ".join(part for pair in re.findall(r"'([^']*)'|\"([^\"]*)\"", items) for part in pair if part)
        return replace(
            delivery_from_words(recipient, None, f"{groups['label']}: {words}".strip(": "), ""),
            enhanced_code=groups["own"],
        )
    text = groups["quoted"] or f"('{code}', [{items}])"
    found = delivery_from_words(recipient, None, text, "")
    return replace(found, spoken_by="remote")


def _connection_error(found: re.Match[str], line: str) -> Try:
    """Return a failed connection; "details: ... interface: ... reason: ..." tell why, the last two not always."""
    details, _, rest = line[found.end() :].partition("details: ")[2].partition(" interface: ")
    reason = rest.partition("reason: ")[2].strip()
    words = f"{details} ({reason})" if reason else details
    delivery = replace(
        delivery_from_words(None, None, words.replace("\\n", " ").replace("-?", "-"), ""),
        stage="connect",
        remote_ip=found["ip"],
    )
    return Try("", None, "delayed", words, _time(line), ip=found["ip"], delivery=delivery)


def appliance_time(text: str | None) -> str | None:
    """Return the appliance's local time, "Fri Jan  9 15:34:20 2026"; it writes no zone. None where it is none."""
    plain = re.sub(r"(:\d\d)\.\d{1,6}\b", r"\1", " ".join((text or "").split()))  # delivery_logs add milliseconds
    try:
        return datetime.strptime(plain, "%a %b %d %H:%M:%S %Y").isoformat()
    except ValueError:
        return None
