"""Courier: `courieresmtp: id=X,from=<s>,addr=<a>: 550 ...`, then `...,status: failure`, joined by id and recipient.

Source: Courier's manual page courier(8), "Log messages".
"""

from __future__ import annotations

import re

from codes.bounce.logs.story import Log, Try, told
from codes.bounce.logs.syslog import SYSLOG, syslog_time
from codes.bounce.report import Outcome

_LINE = re.compile(
    rf"(?:{SYSLOG})?(?:[\w.-]+ )?courier(?:esmtp|local|uucp|fax|dsn)(?:\[\d+\])?: id=(?P<id>[0-9A-F.]+),"
    r"from=<[^>]*>,addr=<(?P<to>[^>]+)>(?P<rest>[,:].*)$"
)
_ENDS = re.compile(r",(?:size=\d+,)?(?:status: ?)?(?P<status>failure|deferred|success)\b")
_OUTCOMES: dict[str, Outcome] = {"failure": "failed", "deferred": "delayed", "success": "delivered"}


def read(lines: list[str]) -> Log | None:
    """Return what Courier's lines tell: what was said stands in those above the one with the status."""
    said: dict[tuple[str, str], list[str]] = {}
    tries: list[Try] = []
    host = None
    for line in lines:
        if "addr=<" not in line or not (found := _LINE.match(line.strip())):
            continue
        host = host or found["host"]
        words = said.setdefault((found["id"], found["to"]), [])
        if ended := _ENDS.match(found["rest"]):
            at = syslog_time(found["time"]) if found["time"] else None
            tries.append(Try(found["id"], found["to"], _OUTCOMES[ended["status"]], "\n".join(words), at))
            words.clear()
        else:
            words.append(found["rest"].lstrip(",: "))
    return Log("courier", told(tries), reporting_host=host) if tries else None
