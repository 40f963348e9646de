"""Sendmail: `to=<a>, ..., relay=mx. [ip], dsn=5.1.1, stat=User unknown`, joined by queue id."""

from __future__ import annotations

import re
from dataclasses import replace

from codes.bounce import words
from codes.bounce.logs.story import Joint, Log, Try, said_here, told
from codes.bounce.logs.syslog import SYSLOG, syslog_time
from codes.bounce.report import Outcome, Stage
from codes.bounce.verdict import outcome_of_code

_LINE = re.compile(
    rf"(?:{SYSLOG}|[\w.-]+ )?(?:sendmail|sm-mta|sm-msp-queue|sm-msp)[\w-]*\[\d+\]:\s+"
    r"(?P<queue>\w{8,20}): (?P<rest>to=.*stat=.*)$"
)
JOINT = Joint(re.compile(r"(?:sendmail|sm-mta|sm-msp-queue|sm-msp)[\w-]*\[\d+\]:\s+(\w{8,20}):"))
#: What our own server refused: `ruleset=check_rcpt, arg1=<a>, relay=h [ip], reject=550 5.7.1 ...`.
_REFUSED = re.compile(
    r"ruleset=check_(?P<what>rcpt|mail|relay|data|eoh)\b.*?arg1=<?(?P<argument>[^>,\s]*)>?.*?"
    r"relay=(?P<host>[^\s,\[]*) ?(?:\[(?P<ip>[^\]]+)\])?.*?reject=(?P<words>[45]\d\d .*)$"
)
#: What a milter had refused: `Milter: to=<a>, reject=451 ...`, `Milter: data, reject=550 ...`; then `stat=` repeats it.
_MILTER = re.compile(
    r"\]:\s+(?P<queue>\w{8,20}): Milter(?: \w+)?: (?P<what>connect|helo|from|to|data|header|eom|body)\b"
    r"(?:=<?(?P<to>[^>,\s]*)>?)?.*?, reject=(?P<words>[45]\d\d .*)$"
)
_AT_MILTER: dict[str, Stage] = {"connect": "connect", "helo": "ehlo", "from": "mail", "to": "rcpt", "data": "data"}
#: Why `stat=Local configuration error` or `stat=Service unavailable`, in a line of its own.
_FAULT = re.compile(
    r"\]:\s+(?P<queue>\w{8,20}): "
    r"(?:SYSERR\([^)]*\): (?P<fault>.*(?:loops back|config error).*)|<<< (?P<said>[45]\d\d .*))$"
)
#: The end, in a line of its own: `A1: A2: return to sender: Cannot send message for 5 days`, or `DSN:` before it.
_RETURNED = re.compile(
    r"\]:\s+(?P<queue>\w{8,20}): \w{8,20}: (?:DSN|return to sender|postmaster notify): (?P<words>.*)$"
)
_UNSAID = ("Local configuration error", "Service unavailable")
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
    by_milter: dict[str, int] = {}  # where among the tries one stands that names no recipient, by queue id
    named_later: set[int] = set()
    waiting: dict[str, dict[str | None, Try]] = {}  # the last try of each recipient, by queue id
    faults = {
        found["queue"]: found["fault"] or found["said"]
        for line in lines
        if ("SYSERR" in line or ": <<< " in line) and (found := _FAULT.search(line))
    }
    for line in lines:
        match = _LINE.match(line.strip())
        if match:
            host = host or match["host"]
            at = syslog_time(match["time"]) if match["time"] else None
            told_of = tries_of(match["queue"], match["rest"], at)
            if (place := by_milter.get(match["queue"])) is not None:
                named_later.add(place)
                told_of = [replace(tries[place], recipient=one.recipient, at=at) for one in told_of]
            if (fault := faults.get(match["queue"])) and told_of:
                told_of = [replace(one, words=fault) if one.words in _UNSAID else one for one in told_of]
            tries += told_of
            waiting.setdefault(match["queue"], {}).update((one.recipient, one) for one in told_of)
        elif " Milter" in line and (found := _MILTER.search(line)):
            tries.append(_refusal_of_milter(found, line))
            if tries[-1].recipient is None:
                by_milter[found["queue"]] = len(tries) - 1
        elif "ruleset=check_" in line and (refused := _REFUSED.search(line)):
            tries.append(_refusal(refused))
        elif (returned := _RETURNED.search(line)) and words.GIVEN_UP.search(returned["words"]):
            tries += _given_up(waiting.pop(returned["queue"], {}), line)
    tries = [one for place, one in enumerate(tries) if place not in named_later]
    return Log("sendmail", told(tries), reporting_host=host) if tries else None


def _given_up(last: dict[str | None, Try], line: str) -> list[Try]:
    """Return the ends of the recipients for whom Sendmail was still trying."""
    return [
        replace(one, outcome="expired", words="", at=_time_of(line) or one.at)
        for one in last.values()
        if one.outcome == "delayed"
    ]


def _time_of(line: str) -> str | None:
    time = re.match(SYSLOG, line.strip())
    return syslog_time(time["time"]) if time else None


def tries_of(queue: str, rest: str, at: str | None) -> list[Try]:
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


def _refusal_of_milter(found: re.Match[str], line: str) -> Try:
    """Return what a milter had our own server refuse; its words about the content name no recipient."""
    said = found["words"]
    recipient = found["to"] if found["what"] == "to" and "@" in (found["to"] or "") else None
    stage = _AT_MILTER.get(found["what"], "message")
    return Try(
        found["queue"], recipient, outcome_of_code(said), said, _time_of(line), stage=stage, delivery=said_here(said)
    )


def _outcome(stat: str, status: str | None) -> Outcome:
    if stat.startswith("Sent"):
        return "delivered"
    if words.GIVEN_UP.search(stat):
        return "expired"
    if stat.startswith(("Deferred", "queued")) or (status or "").startswith("4"):
        return "delayed"
    return "failed"
