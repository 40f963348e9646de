"""Cisco ESA delivery_logs: `<bounce del_time=".." mid=".." ... error="[..]"><rcpt rid="0" to=".." /></bounce>`.

The elements are no XML: quotes stand inside quotes. Source: AsyncOS user guides, chapter Logging.
"""

from __future__ import annotations

import re

from codes.bounce.logs.cisco_esa import appliance_time, spoken
from codes.bounce.logs.story import Log, Try, told
from codes.bounce.report import Outcome
from codes.bounce.verdict import delivery_from_words

_ATTRIBUTE = re.compile(r'\b(?P<name>del_time|mid|ip|code)="(?P<value>[^"]*)"')
_REASON = re.compile(r'\breason="(?P<own>[245]\.\d\.\d{1,2}) - (?P<label>[^"]*)"')
_RECIPIENT = re.compile(r'<rcpt rid="\d+" to="(?P<to>[^"]*)"')


def read(lines: list[str]) -> Log | None:
    """Return what the elements of delivery logs tell."""
    tries: list[Try] = []
    for line in lines:
        if "<rcpt " in line and " mid=" in line:
            tries += [one for element in _elements(line) for one in _tries(*element)]
    return Log("cisco-esa", told(tries)) if tries else None


def _elements(line: str) -> list[tuple[str, str]]:
    """Return each element's name and what stands in it."""
    pieces = re.split(r"<(bounce|success) ", line)
    return list(zip(pieces[1::2], pieces[2::2], strict=True))


def _tries(name: str, element: str) -> list[Try]:
    attributes, _mark, recipients = element.partition("<rcpt ")
    value = {found["name"]: found["value"] for found in _ATTRIBUTE.finditer(attributes)}
    at, mid = appliance_time(value.get("del_time")), value.get("mid", "")
    ip = value.get("ip") if value.get("ip") != "0.0.0.0" else None  # noqa: S104 - the appliance's "no connection"
    names = [found["to"] or None for found in _RECIPIENT.finditer(f"<rcpt {recipients}")]
    if name == "success":
        reply = re.search(r'\breply="(?P<reply>.*)"\s*/?>?\s*$', attributes)
        words = f"{value.get('code', '')} {reply['reply'] if reply else ''}".strip()
        return [Try(mid, to, "delivered", words, at, ip=ip) for to in names]
    reason = _REASON.search(attributes)
    if reason is None:
        return []
    error = attributes.partition('error="[')[2].rpartition(']"')[0]
    groups = {"own": reason["own"], "label": reason["label"], "code": value.get("code"), "list": error, "quoted": None}
    outcome: Outcome = "expired" if reason["own"] == "5.4.7" else "failed"
    delivery = spoken(groups, None) if value.get("code") else delivery_from_words(None, None, reason["label"], "")
    words = delivery.reply_text or reason["label"]
    return [Try(mid, to, outcome, words, at, None, reason["own"], None, ip, delivery=delivery) for to in names]
