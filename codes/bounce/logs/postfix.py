"""Postfix: `to=<a>, relay=mx[ip]:25, ..., dsn=4.2.2, status=deferred (...)`, joined by queue id."""

from __future__ import annotations

import re
from dataclasses import replace

from codes.bounce.logs.story import Joint, Log, Try, said_here, told
from codes.bounce.logs.syslog import SYSLOG, syslog_time
from codes.bounce.report import Outcome, Stage
from codes.bounce.told import recipient_in_reply

_LINE = re.compile(SYSLOG + r"(?:postfix|zimbra)?[\w./-]*/(?P<daemon>[\w-]+)\[\d+\]:\s+(?P<rest>.*)$")
_DELIVERY = re.compile(
    r"^(?P<queue>[0-9A-Za-z]{5,25}): to=<?(?P<to>[^>,]*)>?(?:, orig_to=<?(?P<original>[^>,]*)>?)?"
    r"(?:, relay=(?P<relay>[^,]+))?.*?(?:, dsn=(?P<status>[\d.]+))?, status=(?P<outcome>[\w-]+)\s*"
    r"(?:\((?P<words>.*?)\)?)?\s*$"  # what is too long for a screen ends without its bracket
)
_EXPIRED = re.compile(r"^(?P<queue>[0-9A-Za-z]{5,25}): from=<?[^>,]*>?, status=(?:force-)?expired, returned to sender")
_EXPIRED_WITHIN = re.compile(r"\b[0-9A-Za-z]{5,25}: from=<?[^>,]*>?, status=(?:force-)?expired, returned to sender")
_REJECT = re.compile(
    r"^(?:(?P<queue>NOQUEUE|[0-9A-Za-z]{5,25}): )?(?:milter-|proxy-)?reject: (?P<stage>[^\s:]+)"
    r"(?: from (?P<host>[^\[]*)\[(?P<ip>[^\]]+)\](?::\d+)?)?: "
    r"(?P<words>.*?)(?:;|,) from=<?(?P<from>[^>\s;,]*)>?(?:(?:;|,)? to=<?(?P<to>[^>\s;,]*)>?)?"
)
_CLEANUP = re.compile(
    r"^(?P<queue>[0-9A-Za-z]{5,25}): (?:milter-)?reject: (?P<part>header|body|mime-header) .*?; "
    r"from=<?[^>\s]*>?(?: to=<?(?P<to>[^>\s]*)>?)?[^:]*: (?P<words>.*)$"
)
#: A message leaves the queue with its last line, "removed"; what has waited for days ends by its queue id alone.
JOINT = Joint(
    re.compile(r"\]:\s+([0-9A-Za-z]{5,25}): (?=to=<.*, status=|from=<[^>]*>, status=)"),
    re.compile(r"\]:\s+([0-9A-Za-z]{5,25}): removed\s*$"),
)
_OUTCOMES: dict[str, Outcome] = {
    "sent": "delivered",
    "deferred": "delayed",
    "bounced": "failed",
    "expired": "expired",
    "undeliverable": "failed",
}
_STAGES: dict[str, Stage] = {
    "CONNECT": "connect",
    "EHLO": "ehlo",
    "HELO": "ehlo",
    "STARTTLS": "starttls",
    "MAIL": "mail",
    "RCPT": "rcpt",
    "DATA": "data",
    "END-OF-MESSAGE": "message",
}
#: Content filters such as amavis take a message on this host and give it back.
_THIS_HOST = ("127.0.0.1", "localhost", "::1")
_QUEUED_AS = re.compile(r"queued as (?P<queue>[0-9A-Za-z]{5,25})")
#: What amavis or a gateway takes only to throw it away: "250 2.7.0 Ok, discarded, id=1 - INFECTED: Eicar".
_THROWN_AWAY = re.compile(r"2\d\d 2\.7\.\d (?:BLOCKED|(?:Ok, )?discarded)\b", re.IGNORECASE)
#: A line without its time, as `docker logs` and short formats of the journal show it.
_CUT = re.compile(r"^(?:[\w.-]+ )?(?:postfix|zimbra)[\w./-]*/(?P<daemon>[\w-]+)\[\d+\]:\s+(?P<rest>.*)$")
#: A bare fragment people paste from the middle of a line.
_FRAGMENT = re.compile(
    r"(?:(?:\b(?P<queue>[0-9A-Za-z]{5,25}): )?\bto=<?(?P<to>[^>,\s\\]*)>?.*?)?(?:relay=(?P<relay>[^,]+),.*?)?"
    r"dsn=(?P<status>[\d.]+), status=(?P<outcome>\w+) \((?P<words>.*(?=\))|.*)"
)


def read(lines: list[str]) -> Log | None:
    """Return what Postfix's lines tell; refusals of our own server are read too."""
    tries: list[Try] = []
    host = None
    for line in lines:
        match = _LINE.match(line.strip())
        if match:
            host = host or match["host"]
            tries.extend(_tries(match["rest"], syslog_time(match["time"]), tries))
        elif "]: " in line and (cut := _CUT.match(line.strip())):
            tries.extend(_tries(cut["rest"], None, tries))
        elif "expired, returned" in line and (gone := _EXPIRED_WITHIN.search(line)):
            tries.extend(_tries(gone[0], None, tries))
        elif "status=" in line and (found := _FRAGMENT.search(line)):
            tries.append(_delivery(found, found["queue"] or "", None))
    if not tries:
        return None
    return Log("postfix", told(_followed(tries)), reporting_host=host)


def _followed(tries: list[Try]) -> list[Try]:
    """Leave out that a filter on this host took a message, where the message goes on under the filter's queue id."""
    seen = {(one.key, one.recipient) for one in tries}
    return [
        one
        for one in tries
        if not (
            one.outcome == "delivered"
            and one.host in _THIS_HOST
            and (queued := _QUEUED_AS.search(one.words))
            and (queued["queue"], one.recipient) in seen
        )
    ]


def _tries(rest: str, at: str | None, earlier: list[Try]) -> list[Try]:
    if found := _DELIVERY.match(rest):
        return [_delivery(found, found["queue"], at)]
    if found := _EXPIRED.match(rest):
        waiting = {one.recipient: one for one in earlier if one.key == found["queue"]}
        return [
            Try(found["queue"], recipient, "expired", "", at)
            for recipient, one in waiting.items()
            if one.outcome == "delayed"
        ]
    if found := _REJECT.match(rest):
        outcome: Outcome = "delayed" if found["words"].lstrip()[:1] == "4" else "failed"
        key = "" if found["queue"] == "NOQUEUE" else found["queue"] or ""
        refusal = replace(said_here(found["words"]), remote_host=_name(found["host"] or ""), remote_ip=found["ip"])
        stage = _STAGES.get(found["stage"])
        # a line that was cut at its end names the recipient in the reply alone
        named = found["to"] or (recipient_in_reply(found["words"]) if stage == "rcpt" else None)
        return [Try(key, named or None, outcome, found["words"], at, stage=stage, delivery=refusal)]
    if found := _CLEANUP.match(rest):
        words = f"{found['part']}: {found['words']}"
        return [
            Try(found["queue"], found["to"] or None, "failed", words, at, stage="message", delivery=said_here(words))
        ]
    return []


def _name(client: str) -> str | None:
    """Return the client's name; Postfix writes "unknown" where it has none."""
    return client.lower() if client and client != "unknown" else None


def _delivery(found: re.Match[str], queue: str, at: str | None) -> Try:
    groups = found.groupdict()
    words = groups["words"] or ""
    outcome = _OUTCOMES.get(groups["outcome"], "delayed")
    thrown_away = outcome == "delivered" and _THROWN_AWAY.match(words)
    relay = re.match(r"([^\[]+)\[([^\]]+)\]", groups["relay"] or "")
    return Try(
        key=queue,
        recipient=groups["to"] or None,
        outcome="failed" if thrown_away else outcome,
        words=words,
        at=at,
        original_recipient=groups.get("original"),
        status=None if thrown_away else groups["status"],
        host=relay[1] if relay else None,
        ip=relay[2] if relay else None,
        delivery=replace(said_here(words), reply_code=None, enhanced_code=None) if thrown_away else None,
    )
