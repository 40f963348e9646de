"""msmtp's own log: a line a message, `host=mx ... recipients=a,b smtpstatus=550 smtpmsg='550 ...' exitcode=EX_DATAERR`.

msmtp hands a message to one server and never tries again. Source: msmtp manual, "Logging", and sysexits(3).
"""

from __future__ import annotations

import re
from dataclasses import replace

from codes.bounce.dates import iso_date
from codes.bounce.logs.story import Log, Try, told
from codes.bounce.logs.syslog import TIME
from codes.bounce.report import Outcome, Stage
from codes.bounce.verdict import delivery_from_words

_LINE = re.compile(r"\bhost=\S+ (?:[^\n]*? )?exitcode=(?P<exit>EX_\w+)")
_VALUE = re.compile(r"\b(host|from|recipients|smtpstatus|smtpmsg|errormsg)=(?:'((?:[^']|'(?! \w+=|$))*)'|(\S*))")
_TIME = re.compile(rf"^\W{{0,3}}(?P<time>{TIME})")
#: How msmtp says what it was doing.
_AT: tuple[tuple[str, Stage], ...] = (
    ("authentication", "auth"),
    ("envelope from", "mail"),
    ("recipient address", "rcpt"),
    ("TLS", "starttls"),
    ("cannot connect", "connect"),
    ("the server did not accept the mail", "message"),
)


def read(lines: list[str]) -> Log | None:
    """Return what msmtp's lines tell of the recipients of each message."""
    tries = [
        one
        for number, line in enumerate(lines)
        if "exitcode=EX_" in line and (found := _LINE.search(line))
        for one in _tries(line, found["exit"], number)
    ]
    return Log("msmtp", told(tries)) if tries else None


def _tries(line: str, code: str, number: int) -> list[Try]:
    value = {match[1]: match[2] or match[3] or "" for match in _VALUE.finditer(line)}
    fault = value.get("errormsg", "")
    said = value.get("smtpmsg") or fault
    outcome: Outcome = "delivered" if code == "EX_OK" else "failed"
    delivery = replace(delivery_from_words(None, None, said, ""), spoken_by="remote" if "smtpmsg" in value else "local")
    time = _TIME.match(line)
    at = time["time"] if time else None
    return [
        Try(
            key="",
            part=str(number),
            recipient=recipient or None,
            outcome=outcome,
            words=said,
            at=(iso_date(at) if at[:1].isdigit() else " ".join(at.split())) if at else None,
            host=value.get("host"),
            stage=next((stage for words, stage in _AT if words in fault), None),
            delivery=delivery,
        )
        for recipient in value.get("recipients", "").split(",")
    ]
