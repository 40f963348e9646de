"""Domino's console: `DATE TIME  Router: Message 00696A1F transferred to HOST for a@b via SMTP`.

What a host did not take is told of its domain, `No messages transferred to DOMAIN (host HOST) via SMTP: why`; the
router tries again by itself. From memory of Domino's log (log.nsf, console.log).
"""

from __future__ import annotations

import re

from codes.bounce.addresses import first_address
from codes.bounce.dates import iso_date
from codes.bounce.logs.story import Log, Try, told
from codes.bounce.verdict import delivery_from_words, outcome_of_code

_LINE = re.compile(r"(?P<time>\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\s+\d{1,2}:\d\d:\d\d(?: [AP]M)?)\s+Router: (?P<words>.*)$")
_TAKEN = re.compile(r"Message (?P<key>[0-9A-F]{8}) transferred to (?P<host>\S+) for (?P<to>\S+@\S+)")
_WAITING = re.compile(
    r"No messages transferred to (?P<domain>\S+) \(host (?P<host>[^\s)]+)\)(?: via SMTP)?: (?P<words>.*)$"
)


def read(lines: list[str]) -> Log | None:
    """Return what the router's lines tell."""
    found = (_LINE.search(line) for line in lines if "Router: " in line)
    tries = [one for line in found if line and (one := _try(line["words"], iso_date(line["time"])))]
    return Log("domino", told(tries)) if tries else None


def _try(words: str, at: str | None) -> Try | None:
    if taken := _TAKEN.match(words):
        return Try(taken["key"], first_address(taken["to"]), "delivered", "", at, host=taken["host"].lower())
    if waiting := _WAITING.match(words):
        said = delivery_from_words(None, None, waiting["words"], "")
        outcome = outcome_of_code(said.reply_code) if said.reply_code else "delayed"
        host, part = waiting["host"].lower(), waiting["domain"].lower()
        return Try("", None, outcome, waiting["words"], at, host=host, part=part, delivery=said)
    return None
