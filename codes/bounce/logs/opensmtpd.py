"""OpenSMTPD: `mta delivery evpid=<16 hex> from=<s> to=<a> ... relay="<ip> (<host>)" result="PermFail" stat="550 ..."`.

The evpid (envelope id) joins the tries. Sources: OpenSMTPD smtpd/mta.c, mta_session.c, queue.c.
"""

from __future__ import annotations

import re

from codes.bounce.logs.story import Joint, Log, Try, told
from codes.bounce.logs.syslog import SYSLOG, syslog_time
from codes.bounce.report import Outcome

_LINE = re.compile(SYSLOG + r"smtpd\[\d+\]:\s+(?P<rest>.*)$")
_DELIVERY = re.compile(
    r"\b(?:mta|mda|lmtp) (?:event=)?delivery evpid=(?P<id>[0-9a-f]{16}) from=<[^>]*> to=<(?P<to>[^>]*)>"
    r"(?: rcpt=<(?P<original>[^>]*)>)?(?P<rest> .*)$"
)
_RELAY = re.compile(r"\brelay=\"?(?:smtps?://)?(?P<ip>[0-9A-Fa-f.:]+)(?: \((?P<host>[^)]*)\))?")
_RESULT = re.compile(r"\bresult=\"?(?P<result>Ok|TempFail|PermFail)\b")
_STAT = re.compile(r"\bstat=\"?(?P<words>.*?)\"?\s*$")
#: Only ends a story that delivery lines have begun.
_EXPIRED = re.compile(r"\bExpire for (?P<id>[0-9a-f]{16}):")
JOINT = Joint(re.compile(r"\b(?:evpid=|Expire for )([0-9a-f]{16})\b"))
_OUTCOMES: dict[str, Outcome] = {"Ok": "delivered", "TempFail": "delayed", "PermFail": "failed"}


def read(lines: list[str]) -> Log | None:
    """Return what smtpd's delivery lines tell."""
    tries: list[Try] = []
    begun: dict[str, Try] = {}
    host = None
    for line in lines:
        if "evpid=" in line and (found := _DELIVERY.search(line)):
            header = _LINE.match(line.strip())
            host = host or (header["host"] if header else None)
            if one := _try(found, syslog_time(header["time"]) if header else None):
                tries.append(one)
                begun[one.key] = one
        elif "Expire for " in line and (found := _EXPIRED.search(line)) and (one := begun.get(found["id"])):
            header = _LINE.match(line.strip())
            tries.append(Try(one.key, one.recipient, "expired", "", syslog_time(header["time"]) if header else None))
    return Log("opensmtpd", told(tries), reporting_host=host) if tries else None


def _try(found: re.Match[str], at: str | None) -> Try | None:
    rest = found["rest"]
    result, stat, relay = _RESULT.search(rest), _STAT.search(rest), _RELAY.search(rest)
    if result is None:
        return None
    words = stat["words"] if stat else ""
    original = found["original"]
    return Try(
        key=found["id"],
        recipient=found["to"] or None,
        outcome="expired" if words == "Expired" else _OUTCOMES[result["result"]],
        words="" if words == "Expired" else words,
        at=at,
        original_recipient=original if original not in {"", "-", found["to"]} else None,
        host=(relay["host"] or "").lower() or None if relay else None,
        ip=relay["ip"] if relay else None,
        stage="connect" if words.startswith("Network error on destination") else None,
    )
