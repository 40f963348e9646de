"""Sendmail: `to=<a>, ..., relay=mx. [ip], dsn=5.1.1, stat=User unknown`, joined by queue id.

FortiMail writes the same within fields of its own: `session_id="..." ... msg="to=<a>, ..., stat=..."`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from codes.bounce import words
from codes.bounce.dates import iso_date
from codes.bounce.logs.story import Joint, Log, Try, said_here, told
from codes.bounce.logs.syslog import SYSLOG, syslog_time
from codes.bounce.report import Outcome, Stage
from codes.bounce.verdict import outcome_of_code

_LINE = re.compile(
    rf"(?:{SYSLOG}|[\w.-]+ )?(?:sendmail|sm-mta|sm-msp-queue|sm-msp)[\w-]*\[\d+\]:\s+"
    r"(?P<queue>\w{8,20}): (?P<rest>to=.*stat=.*)$"
)
JOINT = Joint(re.compile(r"(?:sendmail|sm-mta|sm-msp-queue|sm-msp)[\w-]*\[\d+\]:\s+(\w{8,20}):"))
#: What FortiMail writes before the line of its Sendmail.
_IN_FIELDS = re.compile(r"date=(?P<day>\S+) time=(?P<clock>\S+) .*?\bsession_id=\"(?P<queue>[^\"]+)\"")
#: What our own server refused: `ruleset=check_rcpt, arg1=<a>, relay=h [ip], reject=550 5.7.1 ...`.
_REFUSED = re.compile(
    r"ruleset=check_(?P<what>rcpt|mail|relay|data|eoh)\b.*?arg1=<?(?P<argument>[^>,\s]*)>?.*?"
    r"relay=(?P<host>[^\s,\[]*) ?(?:\[(?P<ip>[^\]]+)\])?.*?reject=(?P<words>[45]\d\d .*)$"
)
_STAGES: dict[str, Stage] = {"rcpt": "rcpt", "mail": "mail", "relay": "connect", "data": "data", "eoh": "message"}
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
    system: str | None = "sendmail"
    for line in lines:
        match = _LINE.match(line.strip())
        if match:
            host = host or match["host"]
            at = syslog_time(match["time"]) if match["time"] else None
            tries += _tries(match["queue"], match["rest"], at)
        elif "session_id=" in line and (match := _IN_FIELDS.match(line.strip())):
            rest = line.partition(' msg="')[2].strip().removesuffix('"')
            if rest.startswith("to=") and "stat=" in rest:
                tries += _tries(match["queue"], rest, iso_date(f"{match['day']} {match['clock']}"))
                system = None
        elif "ruleset=check_" in line and (refused := _REFUSED.search(line)):
            tries.append(_refusal(refused))
    return Log(system, told(tries), reporting_host=host) if tries else None


def _tries(queue: str, rest: str, at: str | None) -> list[Try]:
    found = {name: pattern.search(rest) for name, pattern in _FIELD.items()}
    value = {name: hit[1] if hit else None for name, hit in found.items()}
    stat = value["stat"] or ""
    outcome = _outcome(stat, value["status"])
    relay = found["relay"]
    return [
        Try(
            key=queue,
            recipient=recipient,
            outcome=outcome,
            words=value["reply"] or ("" if outcome == "expired" else re.sub(r"^Deferred:\s*", "", stat)),
            at=at,
            status=value["status"],
            host=relay[1].strip("[]").rstrip(".") if relay else None,
            ip=relay[2] if relay else None,
        )
        for recipient in re.findall(r"[^<>,\s]+@[^<>,\s]+", value["to"] or "")
    ]


def _refusal(found: re.Match[str]) -> Try:
    """Return what our own server refused; the host in the line is the client."""
    said = found["words"]
    refusal = replace(
        said_here(said),
        remote_host=found["host"].rstrip(".").lower() or None,
        remote_ip=found["ip"],
    )
    recipient = found["argument"] if found["what"] == "rcpt" and "@" in found["argument"] else None
    stage = _STAGES[found["what"]]
    return Try("", recipient, outcome_of_code(said), said, stage=stage, delivery=refusal)


def _outcome(stat: str, status: str | None) -> Outcome:
    if stat.startswith("Sent"):
        return "delivered"
    if words.GIVEN_UP.search(stat):
        return "expired"
    if stat.startswith(("Deferred", "queued")) or (status or "").startswith("4"):
        return "delayed"
    return "failed"
