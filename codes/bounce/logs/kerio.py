"""Kerio Connect's mail log: `Sent: Queue-ID: q, Recipient: <a>, Result: failed, Status: 5.1.1 , Reason: 550 ...`.

Source: Kerio Connect's administrator's guide, "Mail log".
"""

from __future__ import annotations

import re

from codes.bounce.addresses import first_address
from codes.bounce.dates import iso_date
from codes.bounce.logs.activity import EVENTS
from codes.bounce.logs.story import Log, Try, told

_LINE = re.compile(r"\[(?P<time>[^\]]{8,30})\] Sent: (?P<fields>Queue-ID: .*)$")
#: "Recipient: <a>", up to the next name behind a comma; replies hold commas and colons of their own.
_FIELD = re.compile(r"(?:^|, )(?P<name>[A-Z][\w-]{1,20}): ?(?P<value>.*?)(?=, [A-Z][\w-]{1,20}:(?: |$)|$)")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


def read(lines: list[str]) -> Log | None:
    """Return what Kerio's lines tell."""
    found = (_LINE.search(line) for line in lines if "Recipient: " in line)
    tries = [one for line in found if line and (one := _try(line))]
    return Log("kerio", told(tries)) if tries else None


def _try(found: re.Match[str]) -> Try | None:
    fields = {field["name"].lower(): field["value"].strip() for field in _FIELD.finditer(found["fields"])}
    recipient = first_address(fields.get("recipient", ""))
    outcome = EVENTS.get(fields.get("result", "").lower())
    if recipient is None or outcome is None:
        return None
    status = _STATUS.match(fields.get("status", ""))
    return Try(
        fields.get("queue-id", ""),
        recipient,
        outcome,
        fields.get("reason") or fields.get("status", "")[status.end() if status else 0 :].strip(),
        iso_date(found["time"]),
        status=status[0] if status else None,
        ip=fields.get("remote-host") or None,
    )
