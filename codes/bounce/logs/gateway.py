"""Lines of named fields, as gateways write them: one delivery each, its recipient, what became of it, what was said.

Mimecast parts them by bars (`Rcpt=a|Delivered=false|RejCode=550|RejInfo=...`), Kerio by commas (`Recipient: <a>,
Result: failed, Status: 5.1.1 , Reason: ...`). Sources: Mimecast's documentation ("Understanding SIEM logs"), Kerio
Connect's administrator's guide (mail log).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from codes.bounce.addresses import first_address
from codes.bounce.dates import iso_date
from codes.bounce.logs.activity import EVENTS
from codes.bounce.logs.story import Log, Try, told
from codes.bounce.report import Outcome

#: Fields in one line; a line with fewer bars is a row of something else.
_FEWEST_BARS = 5
#: "Recipient: <a>", up to the next name behind a comma; replies hold commas and colons of their own.
_PAIR = re.compile(r"(?:^|, )(?P<name>[A-Z][\w-]{1,20}): ?(?P<value>.*?)(?=, [A-Z][\w-]{1,20}:(?: |$)|$)")
_KERIO = re.compile(r"\[(?P<time>[^\]]{8,30})\] Sent: (?P<fields>Queue-ID: .*)$")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_DELIVERED: dict[str, Outcome] = {"true": "delivered", "false": "failed"}


def read(lines: list[str]) -> Log | None:
    """Return what the lines of a gateway's log tell."""
    tries: list[Try] = []
    system = None
    for line in lines:
        if "Recipient: " in line and (kerio := _KERIO.search(line)):
            system = "kerio"
            fields = {pair["name"].lower(): pair["value"].strip() for pair in _PAIR.finditer(kerio["fields"])}
            tries += _of_kerio(fields, kerio["time"])
        elif line.count("|") >= _FEWEST_BARS and "Rcpt=" in line and "Delivered=" in line:
            tries += _of_mimecast(dict(_parted(line)))
    return Log(system, told(tries)) if tries else None


def _parted(line: str) -> Iterator[tuple[str, str]]:
    """Yield the fields between bars; one in quotes may hold a bar itself, and loses its quotes."""
    for piece in re.split(r"\|(?=\w+=)", line):
        name, _sign, value = piece.partition("=")
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] == '"':
            value = value[1:-1].replace('\\"', '"')
        yield name.strip().lower(), value


def _of_mimecast(fields: dict[str, str]) -> Iterator[Try]:
    recipient = first_address(fields.get("rcpt", "")[:1000])
    outcome = _DELIVERED.get(fields.get("delivered", "").lower())
    if recipient is None or outcome is None:
        return
    said = f"{fields.get('rejcode', '')} {fields.get('rejinfo', '')}".strip()
    if outcome == "failed" and said.startswith("4"):
        outcome = "delayed"
    yield Try(
        fields.get("msgid", "") or fields.get("acode", ""),
        recipient,
        outcome,
        "" if outcome == "delivered" else said or fields.get("rejtype", "") or fields.get("err", ""),
        iso_date(fields.get("datetime", "")),
        ip=fields.get("ip") or None,
    )


def _of_kerio(fields: dict[str, str], time: str) -> Iterator[Try]:
    recipient = first_address(fields.get("recipient", ""))
    outcome = EVENTS.get(fields.get("result", "").lower())
    if recipient is None or outcome is None:
        return
    status = _STATUS.match(fields.get("status", ""))
    yield Try(
        fields.get("queue-id", ""),
        recipient,
        outcome,
        fields.get("reason", ""),
        iso_date(time),
        status=status[0] if status else None,
        ip=fields.get("remote-host") or None,
    )
