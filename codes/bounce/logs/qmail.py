"""qmail-send: `starting delivery 45: msg 123 to remote a@b`, `delivery 45: failure: ...`, joined by these numbers.

In the words blanks are `_` and line ends `/`. The times are TAI64N labels (multilog), seconds (splogger) or a syslog's.
Sources: notqmail qmail-send.c, qmail-remote.c; daemontools tai64n.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from codes.bounce.addresses import IP_ADDRESS
from codes.bounce.dates import iso_date
from codes.bounce.logs.story import Joint, Log, Try, told
from codes.bounce.report import Outcome

_START = re.compile(r"starting delivery (?P<delivery>\d+): msg (?P<message>\d+) to (?:remote|local) (?P<to>\S+)")
_END = re.compile(r"\bdelivery (?P<delivery>\d+): (?P<what>success|deferral|failure): (?P<words>.*)$")
_MESSAGE = re.compile(r"\b(?P<what>new|info|end|bounce) msg (?P<message>\d+)(?P<rest>.*)$")
_TAI64N = re.compile(r"@(?P<seconds>[0-9a-f]{16})[0-9a-f]{8}\s")
_SECONDS = re.compile(r"(?<![\d.])(?P<seconds>\d{9,11})\.\d{6}\s")
_SYSLOG = re.compile(r"(?:<\d+>)?(?P<time>[A-Z][a-z]{2}\s+\d{1,2} \d\d:\d\d:\d\d)\s")
_HOST = re.compile(r"\s(?P<host>[\w.-]+) qmail(?:-send)?(?:\[\d+\])?: ")
#: A slash is the end of a line before these words; elsewhere it may be one of a URL.
_LINE_END = re.compile(r"/(?=$|Remote_host_said|Giving_up_on|I'm_not_going_to|STARTTLS|[245]\d\d[-_])")
_GIVEN_UP = "not_going_to_try_again"
_IP = re.compile(rf"(?:Connected to )?(?P<ip>{IP_ADDRESS}) ")
_ENHANCED = re.compile(r"\(#([245]\.\d{1,3}\.\d{1,3})\)")
JOINT = Joint(re.compile(r"\b((?:delivery|msg|qp) \d+)\b"), re.compile(r"\bend (msg \d+)"))
_OUTCOMES: dict[str, Outcome] = {"success": "delivered", "deferral": "delayed", "failure": "failed"}
#: TAI64 counts from 2**62, and its labels as multilog writes them run ten seconds ahead of UTC.
_EPOCH = (1 << 62) + 10


@dataclass
class _Numbers:
    """What the numbers in the lines stand for at this moment; qmail uses them again."""

    recipients: dict[str, tuple[str, str]] = field(default_factory=dict)
    #: How often a message number has begun.
    times_used: dict[str, int] = field(default_factory=dict)
    bounces: set[str] = field(default_factory=set)  # process numbers under which a bounce was queued
    bounce_messages: set[tuple[str, str]] = field(default_factory=set)

    def part(self, message: str) -> str:
        """Return what tells this message from earlier ones with its number."""
        return str(self.times_used.get(message, 0))


def read(lines: list[str]) -> Log | None:
    """Return what qmail-send's lines tell; the bounce that it sends is no story of its own."""
    numbers = _Numbers()
    tries: list[Try] = []
    host = None
    for line in lines:
        if "delivery " in line:
            if found := _START.search(line):
                numbers.recipients[found["delivery"]] = (found["message"], found["to"])
            elif found := _END.search(line):
                tries.append(_try(found, numbers, _time(line)))
                host = host or ((named := _HOST.search(line)) and named["host"])
        elif " msg " in line and (found := _MESSAGE.search(line)):
            _note(found, numbers)
    own = [one for one in tries if (one.key, one.part) not in numbers.bounce_messages]
    return Log("qmail", told(own or tries), reporting_host=host) if tries else None


def _note(found: re.Match[str], numbers: _Numbers) -> None:
    message = found["message"]
    if found["what"] == "new":
        numbers.times_used[message] = numbers.times_used.get(message, 0) + 1
    elif found["what"] == "bounce" and (process := re.search(r"\bqp (\d+)", found["rest"])):
        numbers.bounces.add(process[1])
    elif found["what"] == "info" and " from <> qp " in found["rest"]:
        process = re.search(r"\bqp (\d+)", found["rest"])
        if process and process[1] in numbers.bounces:
            numbers.bounce_messages.add((message, numbers.part(message)))


def _try(found: re.Match[str], numbers: _Numbers, at: str | None) -> Try:
    message, to = numbers.recipients.get(found["delivery"], ("", ""))
    outcome = _OUTCOMES[found["what"]]
    if outcome == "failed" and _GIVEN_UP in found["words"]:
        outcome = "expired"
    recipient = _without_domain_before(to)
    said = _words(found["words"], to)
    enhanced, ip = _ENHANCED.search(said), _IP.match(said)
    return Try(
        message,
        recipient or None,
        outcome,
        said,
        at,
        status=enhanced[1] if enhanced else None,
        ip=ip["ip"] if ip else None,
        part=numbers.part(message) if message else f"delivery {found['delivery']}",
    )


def _words(logged: str, recipient: str) -> str:
    """Return the words as they were before qmail took out blanks and line ends."""
    if logged.startswith("did_"):  # "did 0+0+1": how many programs of a .qmail file ran
        return ""
    text = _LINE_END.sub("\n", logged)
    pieces = text.split(recipient) if recipient else [text]
    return recipient.join(piece.replace("_", " ") for piece in pieces).strip()


def _without_domain_before(address: str) -> str:
    """Return the address without what virtualdomains puts before it: "example.com-anna@example.com"."""
    local, _at, domain = address.rpartition("@")
    return f"{local.removeprefix(f'{domain}-')}@{domain}" if domain else address


def _time(line: str) -> str | None:
    """Return the time in UTC where a label or seconds tell it, else as the syslog writes it."""
    seconds = None
    if found := _TAI64N.search(line):
        seconds = int(found["seconds"], 16) - _EPOCH
    elif found := _SECONDS.search(line):
        seconds = int(found["seconds"])
    if seconds is not None and 0 < seconds < 1 << 33:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    if found := _SYSLOG.match(line):
        return " ".join(found["time"].split())
    return iso_date(line[:40])
