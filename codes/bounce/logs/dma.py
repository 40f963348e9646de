"""DragonFly's dma: `dma[id]: remote delivery to mx [ip] failed after RCPT TO: 550 ...`, joined by the queue id.

A queue id belongs to one recipient. Sources: dma dma.c, net.c, mail.c.
"""

from __future__ import annotations

import re

from codes.bounce.logs.story import Joint, Log, Try, told
from codes.bounce.logs.syslog import SYSLOG, syslog_time
from codes.bounce.report import Outcome, Stage

_LINE = re.compile(SYSLOG + r"dma\[(?P<id>[0-9a-f]+(?:\.[0-9a-f]+)?)\](?:\[\d+\])?:\s+(?P<rest>.*)$")
_QUEUED = re.compile(r"mail to=<(?P<to>[^>]*)> queued as (?P<id>[0-9a-f.]+)")
_TRYING = re.compile(r"<(?P<to>[^>]*)> trying delivery")
_AT_HOST = r"(?P<host>\S+) \[(?P<ip>[^\]]+)\] failed(?: after (?P<command>[A-Z a-z]+?))?: (?P<words>.*)$"
_FAILED = re.compile(rf"remote delivery to {_AT_HOST}")
_DEFERRED = re.compile(rf"(?:remote|local) delivery deferred: (?:{_AT_HOST}|(?P<local>.*)$)")
_CONNECT = re.compile(r"connect to (?P<host>\S+) \[(?P<ip>[^\]]+)\] failed: (?P<words>.*)$")
_BOUNCING = re.compile(r"delivery failed, bouncing as (?P<bounce>[0-9a-f.]+)")
JOINT = Joint(re.compile(r"\b(?:dma\[|queued as |bouncing as )([0-9a-f]+(?:\.[0-9a-f]+)?)\b"))
_STAGES: dict[str, Stage] = {
    "HELO": "ehlo",
    "EHLO": "ehlo",
    "MAIL FROM": "mail",
    "RCPT TO": "rcpt",
    "DATA": "data",
    "final DATA": "message",
}


def read(lines: list[str]) -> Log | None:
    """Return what dma's lines tell; the bounce that it sends is no story of its own."""
    tries: list[Try] = []
    recipients: dict[str, str] = {}
    bounces: set[str] = set()
    host = None
    for line in lines:
        if "dma[" not in line or not (found := _LINE.match(line.strip())):
            continue
        host = host or found["host"]
        rest, at = found["rest"], syslog_time(found["time"])
        if named := _QUEUED.search(rest):
            recipients[named["id"]] = named["to"]
        elif named := _TRYING.match(rest):
            recipients[found["id"]] = named["to"]
        elif ended := _BOUNCING.match(rest):
            bounces |= {ended["bounce"], ended["bounce"].partition(".")[0]}
            tries += _end(found["id"], tries, at)
        elif one := _try(found["id"], rest, at):
            tries.append(one)
    own = [one for one in tries if one.key not in bounces and one.key.partition(".")[0] not in bounces] or tries
    named_tries = [_with_recipient(one, recipients.get(one.key)) for one in own]
    return Log("dragonfly", told(named_tries), reporting_host=host) if tries else None


def _try(queue: str, rest: str, at: str | None) -> Try | None:
    outcome: Outcome
    if rest.startswith("delivery successful"):
        return Try(queue, None, "delivered", "", at)
    if found := _FAILED.match(rest):
        outcome = "failed"
    elif (found := _DEFERRED.match(rest)) or (found := _CONNECT.match(rest)):
        outcome = "delayed"
    else:
        return None
    said = found.groupdict()
    if said.get("local"):
        return Try(queue, None, outcome, said["local"], at)
    command = said.get("command")
    stage = _STAGES.get(command or "") or ("connect" if found.re is _CONNECT else None)
    return Try(queue, None, outcome, said["words"], at, host=said["host"].lower(), ip=said["ip"], stage=stage)


def _end(queue: str, earlier: list[Try], at: str | None) -> list[Try]:
    """Return the end that `bouncing as` tells: a refusal stands as it is, what was still tried has expired."""
    last = next((one for one in reversed(earlier) if one.key == queue), None)
    if last is None:
        return [Try(queue, None, "failed", "delivery failed", at)]
    return [Try(queue, None, "expired", "", at)] if last.outcome == "delayed" else []


def _with_recipient(one: Try, recipient: str | None) -> Try:
    return Try(one.key, recipient, one.outcome, one.words, one.at, host=one.host, ip=one.ip, stage=one.stage)
