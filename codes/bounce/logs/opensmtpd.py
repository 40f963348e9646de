"""OpenSMTPD: `mta delivery evpid=<16 hex> from=<s> to=<a> ... relay="<ip> (<host>)" result="PermFail" stat="550 ..."`.

The evpid (envelope id) joins the tries. What it refused itself stands in `smtp failed-command
command="RCPT TO:<a>" result="550 ..."`. Sources: OpenSMTPD smtpd/mta.c, mta_session.c, queue.c, smtp_session.c.
"""

from __future__ import annotations

import re

from codes.bounce.addresses import first_address
from codes.bounce.logs.story import Joint, Log, Try, said_here, told
from codes.bounce.logs.syslog import SYSLOG, syslog_time
from codes.bounce.report import Outcome
from codes.bounce.stage import stage_of_command
from codes.bounce.verdict import outcome_of_code

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
_REFUSED = re.compile(
    r"\b(?P<session>[0-9a-f]{16}) smtp (?:event=)?failed-command (?:\S+ )*?command=\"(?P<command>[^\"]*)\" "
    r"result=\"(?P<words>[45]\d\d [^\"]*)\""
)
JOINT = Joint(re.compile(r"\b(?:evpid=|Expire for )([0-9a-f]{16})\b"))
_OUTCOMES: dict[str, Outcome] = {"Ok": "delivered", "TempFail": "delayed", "PermFail": "failed"}


def read(lines: list[str]) -> Log | None:
    """Return what smtpd's delivery lines tell."""
    tries: list[Try] = []
    begun: dict[str, Try] = {}
    host = None
    for line in lines:
        header = _LINE.match(line.strip()) if "smtpd[" in line else None
        at = syslog_time(header["time"]) if header else None
        if "failed-command" in line and (refused := _REFUSED.search(line)):
            tries.append(_refusal(refused, at))
        elif "evpid=" in line and (found := _DELIVERY.search(line)):
            if one := _try(found, at):
                tries.append(one)
                begun[one.key] = one
        elif "Expire for " in line and (found := _EXPIRED.search(line)) and (one := begun.get(found["id"])):
            tries.append(Try(one.key, one.recipient, "expired", "", at))
        else:
            continue
        host = host or (header["host"] if header else None)
    return Log("opensmtpd", told(tries), reporting_host=host) if tries else None


def _refusal(found: re.Match[str], at: str | None) -> Try:
    """Return what our own server refused of a client's commands."""
    words, stage = found["words"], stage_of_command(found["command"])
    recipient = first_address(found["command"]) if stage == "rcpt" else None
    outcome = outcome_of_code(words)
    return Try("", recipient, outcome, words, at, stage=stage, delivery=said_here(words), part=found["session"])


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
