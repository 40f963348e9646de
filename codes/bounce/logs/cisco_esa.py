"""Cisco ESA (AsyncOS): `Bounced: DCID 3 MID 4 ... RID 0 - 5.1.0 - Unknown address error ('550', ['5.1.1 no'])`.

The code before the label is the appliance's own; the remote server's stand in the brackets, '000' where none spoke.
Sources: AsyncOS user guides, chapter Logging.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from codes.bounce.logs.story import Log, Try, told
from codes.bounce.report import Delivery, Outcome
from codes.bounce.verdict import delivery_from_words

_TIME = r"(?P<time>[A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d \d{4})"
_BODY = (
    r"\s-\s(?P<own>[245]\.\d\.\d{1,2})\s-\s(?P<label>[^'\"\[]*?)\s*"
    r"(?:\('(?P<code>\d{3})', \[(?P<list>.*?)\]\)|(?P<quoted>\d{3}-'.*'))"
)
_MAIL_LOG = re.compile(
    rf"(?:{_TIME}\s+)?.*?(?P<what>Bounced|Delayed|Double bounce):.*?(?:DCID:?\s(?P<connection>\d+)\s)?"
    rf"(?:MID|Message)\s(?P<message>\d+)(?:\sFrom:\s*<(?P<from>[^>]*)>)?(?:\sTo:\s*<(?P<to>[^>]*)>)?.*?(?:RID|to)\s\[?(?P<rid>\d+)\]?{_BODY}"
)
_BOUNCE_LOG = re.compile(
    rf"(?:{_TIME}\s+)?.*?(?P<what>Bounced|Delayed):\s(?P<message>\d+):(?P<rid>\d+)"
    r"\sFrom:\s*<(?P<from>[^>]*)>\sTo:\s*<(?P<to>[^>]*)>\sReason:\s?\"(?P<own>[245]\.\d\.\d{1,2}) - (?P<label>[^\"]*)\""
    r"\sResponse:\s?\"?\('(?P<code>\d{3})', \[(?P<list>.*?)\]\)(?P<quoted>)"
)
_RECIPIENT = re.compile(r"MID (?P<message>\d+) ICID \d+ RID (?P<rid>\d+) To: <(?P<to>[^>]*)>")
_CONNECTION = re.compile(r"New SMTP DCID (?P<connection>\d+) interface \S+(?: \(\S+\))? address (?P<ip>\S+)")
_DONE = re.compile(rf"(?:{_TIME}\s+)?.*Message done DCID \d+ MID (?P<message>\d+) to RID \[(?P<rids>[\d, ]+)\]")
_CONNECTION_ERROR = re.compile(
    rf"(?:{_TIME}\s+)?.*Connection Error:.*?DCID:? (?P<connection>\d+)(?: domain: (?P<domain>\S+))? IP: (?P<ip>\S+)"
    r".*?details: (?P<details>.*?) interface: .*?reason: (?P<reason>.*)$"
)


def read(lines: list[str]) -> Log | None:
    """Return what mail_logs and bounce_logs tell."""
    recipients = {(found["message"], found["rid"]): found["to"] for line in lines if (found := _RECIPIENT.search(line))}
    addresses = {found["connection"]: found["ip"] for line in lines if (found := _CONNECTION.search(line))}
    tries: list[Try] = []
    failed: dict[str, Try] = {}
    explained: set[str | None] = set()  # connections whose failure a delivery line tells
    for line in lines:
        if found := _bounced(line):
            tries.append(_try(found, recipients, addresses))
            explained.add(found.groupdict().get("connection"))
        elif "Connection Error:" in line and (found := _CONNECTION_ERROR.search(line)):
            failed[found["connection"]] = _connection_error(found)
        elif "Message done" in line and (found := _DONE.search(line)):
            tries.extend(
                Try(
                    found["message"],
                    recipients.get((found["message"], rid)),
                    "delivered",
                    "",
                    appliance_time(found["time"]),
                )
                for rid in re.findall(r"\d+", found["rids"])
            )
    tries += [one for connection, one in failed.items() if connection not in explained]
    return Log("cisco-esa", told(tries)) if tries else None


def _bounced(line: str) -> re.Match[str] | None:
    """Return what a line of either log tells of a bounce or a delay."""
    if not any(word in line for word in ("Bounced:", "Delayed:", "Double bounce:")):
        return None
    return _BOUNCE_LOG.search(line) or _MAIL_LOG.search(line)


def _try(found: re.Match[str], recipients: dict[tuple[str, str], str], addresses: dict[str, str]) -> Try:
    groups = found.groupdict()
    recipient = groups["to"] or recipients.get((groups["message"], groups["rid"]))
    outcome: Outcome = "delayed" if groups["what"] == "Delayed" else "failed"
    own, label = groups["own"], groups["label"].strip()
    ip = addresses.get(groups.get("connection") or "")
    delivery = spoken(groups, recipient)
    if own in ("5.4.7", "4.4.7"):
        outcome = "expired"
    return Try(
        groups["message"],
        recipient,
        outcome,
        delivery.reply_text or label,
        appliance_time(groups["time"]),
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


def _connection_error(found: re.Match[str]) -> Try:
    words = f"{found['details']} ({found['reason']})"
    delivery = replace(
        delivery_from_words(None, None, words.replace("\\n", " ").replace("-?", "-"), ""),
        stage="connect",
        remote_ip=found["ip"],
    )
    return Try("", None, "delayed", words, appliance_time(found["time"]), ip=found["ip"], delivery=delivery)


def appliance_time(text: str | None) -> str | None:
    """Return the appliance's local time, "Fri Jan  9 15:34:20 2026"; it writes no zone. None where it is none."""
    plain = re.sub(r"(:\d\d)\.\d{1,6}\b", r"\1", " ".join((text or "").split()))  # delivery_logs add milliseconds
    try:
        return datetime.strptime(plain, "%a %b %d %H:%M:%S %Y").isoformat()
    except ValueError:
        return None
