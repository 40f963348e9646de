"""Exim's main log: `** address R=... T=...: error`, `== address ... defer (n): error`, joined by message id."""

from __future__ import annotations

import re
from dataclasses import replace

from codes.bounce.dates import iso_date
from codes.bounce.logs.story import Joint, Log, Try, said_here, told
from codes.bounce.report import Outcome, Stage

_LINE = re.compile(
    r"^(?:.*?\s)?(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?: [+-]\d{4})?) (?:\[\d+\] )?"
    r"(?P<id>\w{6}-\w{6,11}-\w{2,4}) (?P<flag>\*\*|==|=>|->) (?P<to>\S+)(?: <(?P<original>[^>]+)>)?(?P<rest>.*)$"
)
#: The same without time and id, as a panel or somebody in a hurry shows it; the router is then what tells it.
_CUT = re.compile(
    r"^(?P<time>)(?P<id>)(?P<flag>\*\*|==|=>|->) (?P<to>\S+@\S+)(?: <(?P<original>[^>]+)>)?(?P<rest> .*?\bR=\S+ T=.*)$"
)
_FLAG = re.compile(r"(?:\*\*|==|[=-]>) ")
_REJECTED = re.compile(
    r"^(?:.*?\s)?(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?)\S* .*?H=(?P<host>\S+)?.*?\[(?P<ip>[^\]]+)\].*? "
    r"(?:temporarily )?rejected (?P<stage>RCPT|MAIL|connection|EHLO|after DATA|DATA) ?<?(?P<to>[^>:\s]*)>?:? "
    r"(?P<words>.*)$"
)
#: Below a line of the reject log, where the recipient has the line to itself.
_ENVELOPE_TO = re.compile(r"\s*Envelope-to: <?([^<>\s,]+@[^<>\s,]+)>?\s*$")
_ENVELOPE_LINES = 3
_STAGES: dict[str, Stage] = {
    "RCPT": "rcpt",
    "MAIL": "mail",
    "connection": "connect",
    "EHLO": "ehlo",
    "DATA": "data",
    "after DATA": "message",
}
#: A message without a sender that names another one is the bounce about it, a story of its own.
_BOUNCE = re.compile(r"(?P<id>\w{6}-\w{6,11}-\w{2,4}) <= <> .*?\bR=\w{6}-\w{6,11}-\w{2,4}")
JOINT = Joint(
    re.compile(r"\b(\w{6}-\w{6,11}-\w{2,4})\b"),
    re.compile(r"\b(\w{6}-\w{6,11}-\w{2,4}) Completed\b"),
)
_OUTCOMES: dict[str, Outcome] = {"**": "failed", "==": "delayed", "=>": "delivered", "->": "delivered"}
#: `defer (110)` holds an errno, no code.
_DEFER = re.compile(r"^.*?\bdefer \(-?\d+\)(?: H=\S+ \[[^\]]+\])?:\s*")
_ITEMS = re.compile(r"^(?:\s+[A-Z]{1,3}=(?:\"[^\"]*\"|\S+)(?: \[[^\]]*\](?::\d+)?)?)*:?\s*")
#: Exim gives up and says no more; what hosts said stands in the lines above.
_GIVEN_UP = re.compile(
    r"retry timeout exceeded|retry time not reached for any host after a long failure period|"
    r"all hosts (?:for '[^']*' )?have been failing for a long time(?: \(and retry time not reached\))?"
)
_NO_ATTEMPT = re.compile(r"retry time not reached")


def read(lines: list[str]) -> Log | None:
    """Return what Exim's lines tell."""
    tries = []
    for place, line in enumerate(lines):
        if _FLAG.search(line) and (found := _LINE.match(line.strip()) or _CUT.match(line.strip())):
            tries.append(_try(found))
        elif "rejected" in line and "H=" in line and (found := _REJECTED.match(line.strip())):
            named = found["to"] or _envelope_recipient(lines[place + 1 : place + 1 + _ENVELOPE_LINES])
            tries.append(_refusal(found, named, "temporarily rejected" in line))
    bounces = {found["id"] for line in lines if "<= <>" in line and (found := _BOUNCE.search(line))}
    tries = [one for one in tries if one.key not in bounces] or tries
    tries = [one for one in tries if not (one.outcome == "delayed" and _NO_ATTEMPT.search(one.words))] or tries
    return Log("exim", told(tries)) if tries else None


def _envelope_recipient(below: list[str]) -> str:
    """Return the recipient in the envelope that the reject log shows below a message refused after its data.

    It shows the headers of that message as well, which are nobody's words here.
    """
    for line in below:
        if _REJECTED.match(line.strip()):
            break
        if found := _ENVELOPE_TO.match(line):
            return found[1]
    return ""


def _refusal(found: re.Match[str], recipient: str, temporary: bool) -> Try:
    """Return what our own server refused; the host in the line is the client."""
    refusal = replace(
        said_here(found["words"]),
        remote_host=(found["host"] or "").strip("()").lower() or None,
        remote_ip=found["ip"],
    )
    outcome: Outcome = "delayed" if temporary else "failed"
    stage = _STAGES.get(found["stage"])
    return Try("", recipient or None, outcome, found["words"], iso_date(found["time"]), stage=stage, delivery=refusal)


def _try(found: re.Match[str]) -> Try:
    rest = found["rest"]
    host = re.search(r"\bH=(\S+) \[([^\]]+)\]", rest)
    words = _DEFER.sub("", rest) if found["flag"] == "==" else _ITEMS.sub("", rest)
    if found["flag"] in ("=>", "->"):
        confirmed = re.search(r'\bC="([^"]*)"', rest)
        words = confirmed[1] if confirmed else ""
    ends = _GIVEN_UP.fullmatch(words.strip()) is not None
    return Try(
        key=found["id"],
        recipient=found["to"].strip("<>:"),
        outcome="expired" if ends else _OUTCOMES[found["flag"]],
        words="" if ends else words,
        at=iso_date(found["time"]) if found["time"] else None,
        original_recipient=found["original"],
        host=host[1] if host else None,
        ip=host[2] if host else None,
    )
