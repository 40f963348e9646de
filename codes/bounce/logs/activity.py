"""Rows of the activity that a sending service's panel shows, or its export: an event, one recipient, and what was said.

Columns differ with the panel, so a row is known by its cells: one is an address and no more, another an event's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from codes.bounce import words
from codes.bounce.addresses import find_addresses
from codes.bounce.dates import iso_date
from codes.bounce.logs.story import Log, Try, told
from codes.bounce.patterns import Phrases
from codes.bounce.report import Delivery, Outcome
from codes.bounce.verdict import delivery_from_words

#: What parts the cells of a row: tabs, two blanks, a bar, a dash or an arrow between blanks, a semicolon.
_PARTED = re.compile(r"\t+|[ ]{2,}|\s*[|;]\s*|\s[—–-]\s|\s*(?:→|->)\s*|(?<=[\w\"]),(?=[\w\"])")
_MARKS = " \t\"'<>|*[]"
#: What panels call an event, by whether it says by itself that mail came back. What only says that a message went out
#: or was opened tells of no delivery.
_BOUNCED: dict[str, Outcome] = {
    **dict.fromkeys(("hard bounce", "hard bounced", "hard_bounce", "hardbounce", "bounce", "bounced"), "failed"),
    **dict.fromkeys(("rimbalzato", "non recapitato", "non consegnato", "unzustellbar", "rebotado"), "failed"),
    **dict.fromkeys(("soft bounce", "soft bounced", "soft_bounce", "softbounce"), "delayed"),
}
_STOPPED: dict[str, Outcome] = {
    **dict.fromkeys(("hard", "blocked", "dropped", "failed", "rejected", "undelivered", "invalid email"), "failed"),
    **dict.fromkeys(("permanent fail", "permanent failure", "bloccato", "bloccata", "respinto", "respinta"), "failed"),
    **dict.fromkeys(("blockiert", "abgelehnt", "bloqué", "rejeté", "bloqueado", "rechazado", "rejeitado"), "failed"),
    **dict.fromkeys(("geblokkeerd", "geweigerd", "odrzucono", "odrzucony", "fallito", "non riuscito"), "failed"),
    **dict.fromkeys(("soft", "deferred", "deferral", "delayed", "temporary fail", "temporary failure"), "delayed"),
    **dict.fromkeys(("differito", "rinviato", "in ritardo", "zurückgestellt", "verzögert", "différé"), "delayed"),
    **dict.fromkeys(("diferido", "adiado", "uitgesteld", "opóźniono"), "delayed"),
}
_EVENTS = _BOUNCED | _STOPPED
_NAMES_EVENT = Phrases(_EVENTS)
_LONGEST_EVENT = max(map(len, _EVENTS))
_REPLY = re.compile(r"[245]\d\d[ -]|[245]\.\d{1,3}\.\d{1,3}\b")
_DATE = re.compile(
    r"[\d\s:./,TZ+-]{8,}|\w{3,9}\.? \d{1,2},? (?:\d{4},? )?\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m)?", re.IGNORECASE
)


def read(lines: list[str]) -> Log | None:
    """Return what the rows of a panel tell."""
    rows = [line for line in lines if "@" in line and _PARTED.search(line)]
    spoken: dict[str, Delivery] = {}  # many rows say the same
    tries = (
        [one for line in rows if (one := _try(line, spoken))] if rows and _NAMES_EVENT.search("\n".join(rows)) else []
    )
    return Log(None, told(tries), kind="event") if tries else None


def _try(line: str, spoken: dict[str, Delivery]) -> Try | None:
    """Return what a row tells, or None where it is none, or names several addresses: one may be the sender's."""
    if len({found.value.lower() for found in find_addresses(line)}) != 1:
        return None
    cells = list(_cells(line))
    event = next((name for _start, cell in cells if (name := _event_of(cell)) in _EVENTS), None)
    recipient = next((cell for _start, cell in cells if "@" in cell and " " not in cell), None)
    if event is None or recipient is None:
        return None
    rest = [(start, cell) for start, cell in cells if cell and cell != recipient and _event_of(cell) not in _EVENTS]
    reply = next((line[start:].strip(" \"'|") for start, cell in rest if _REPLY.match(cell)), "")
    if event in _STOPPED and not reply and not words.OF_REPLIES.search(line):
        return None  # a log-in may have failed as well
    dates = [cell for _start, cell in rest if _DATE.fullmatch(cell)]
    said = reply or max((cell for _start, cell in rest if cell not in dates), key=len, default="")
    if said not in spoken:
        found = delivery_from_words(None, None, said, "")
        spoken[said] = replace(found, spoken_by="remote" if found.reply_code else "local")
    return Try(
        "", recipient, _EVENTS[event], said, next(filter(None, map(iso_date, dates)), None), delivery=spoken[said]
    )


def _cells(line: str) -> Iterator[tuple[int, str]]:
    """Yield where each cell starts, and what it holds."""
    start = 0
    for parted in _PARTED.finditer(line):
        yield start, line[start : parted.start()].strip(_MARKS)
        start = parted.end()
    yield start, line[start:].strip(_MARKS)


def _event_of(cell: str) -> str:
    """Return the event that a cell may name: "Hard bounce", "Event: Dropped"."""
    return cell[-_LONGEST_EVENT - 1 :].rpartition(":")[2].strip().lower()
