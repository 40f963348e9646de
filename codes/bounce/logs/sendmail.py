"""Sendmail: `to=<a>, ..., relay=mx. [ip], dsn=5.1.1, stat=User unknown`, joined by queue id."""

from __future__ import annotations

import re

from codes.bounce.logs.story import Log, Try, told
from codes.bounce.logs.syslog import SYSLOG, syslog_time
from codes.bounce.report import Outcome

_LINE = re.compile(
    SYSLOG + r"(?:sendmail|sm-mta|sm-msp-queue|sm-msp)[\w-]*\[\d+\]:\s+(?P<queue>\w{8,20}): (?P<rest>to=.*stat=.*)$"
)
_FIELD = {
    "to": re.compile(r"\bto=(<?[^,]+>?(?:,<[^,]+>)*)"),
    "relay": re.compile(r"\brelay=([^\s,]+)\.?(?: \[([^\]]+)\])?"),
    "status": re.compile(r"\bdsn=([\d.]+)"),
    "reply": re.compile(r"\breply=(\d{3}.*?), stat="),
    "stat": re.compile(r"\bstat=(.*)$"),
}


def read(lines: list[str]) -> Log | None:
    """Return what Sendmail's lines tell; a line may name several recipients."""
    tries: list[Try] = []
    host = None
    for line in lines:
        match = _LINE.match(line.strip())
        if not match:
            continue
        host = host or match["host"]
        tries += _tries(match)
    return Log("sendmail", told(tries), reporting_host=host) if tries else None


def _tries(match: re.Match[str]) -> list[Try]:
    found = {name: pattern.search(match["rest"]) for name, pattern in _FIELD.items()}
    value = {name: hit[1] if hit else None for name, hit in found.items()}
    stat = value["stat"] or ""
    relay = found["relay"]
    return [
        Try(
            key=match["queue"],
            recipient=recipient,
            outcome=_outcome(stat, value["status"]),
            words=value["reply"] or re.sub(r"^Deferred:\s*", "", stat),
            at=syslog_time(match["time"]),
            status=value["status"],
            host=relay[1].strip("[]").rstrip(".") if relay else None,
            ip=relay[2] if relay else None,
        )
        for recipient in re.findall(r"[^<>,\s]+@[^<>,\s]+", value["to"] or "")
    ]


def _outcome(stat: str, status: str | None) -> Outcome:
    if stat.startswith("Sent"):
        return "delivered"
    if stat.startswith(("Deferred", "queued")) or (status or "").startswith("4"):
        return "delayed"
    return "failed"
