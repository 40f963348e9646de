"""The W3C log of the SMTP service of IIS, which is Exchange 2003's as well: its commands to other hosts, their replies.

`date time c-ip OutboundConnectionResponse SMTPSVC1 ... - - 550+5.1.1+User+unknown ...`, a row each. What clients say to
the service itself has other rows, which tell of no mail that it sends. Sources: Microsoft's documentation of the W3C
extended format; logs posted in public forums.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from codes.bounce.dates import iso_date
from codes.bounce.dialogue import GREETINGS, Session, Spoken, refusals_in
from codes.bounce.logs.story import Log

_FIELDS = "#Fields:"
#: Where the rows have no heading: the order in which the service writes its fields if all of them are switched on.
_DEFAULT = "date time c-ip cs-username s-sitename s-computername s-ip s-port cs-method cs-uri-stem cs-uri-query".split()
_NEEDED = {"date", "time", "c-ip", "cs-username", "cs-method", "cs-uri-query"}
_COMMAND, _RESPONSE = "OutboundConnectionCommand", "OutboundConnectionResponse"
_IN_BRACKETS = re.compile(r"(<[^<>]*>)")
#: The service tries again later than this, so that a greeting within it is that of one more connection.
_SOON = timedelta(minutes=10)


@dataclass(slots=True)
class _Rows:
    """Those about one host, since nobody was connected to it; nothing tells apart what two connections at once said."""

    session: Session
    at: datetime | None = None
    connected: int = 1
    are_mixed: bool = False

    def begins_anew(self, row: Spoken, at: datetime | None) -> bool:
        """Whether a row is the greeting of a connection that is the only one."""
        if row.by_client or not row.words.startswith(GREETINGS):
            return False
        if self.connected > 0:
            return row.words.startswith("220") and at is not None and self.at is not None and at - self.at > _SOON
        return not self.session.spoken[-1].by_client

    def add(self, row: Spoken, at: datetime | None) -> None:
        """Take one more row."""
        if self.session.spoken and not row.by_client and row.words.startswith("220"):
            self.connected += 1
            self.are_mixed = True
        elif row.by_client and row.words == "QUIT":
            self.connected -= 1
        self.session.spoken.append(row)
        self.at = at


def read(lines: list[str]) -> Log | None:
    """Return what the rows of the service's own connections to other hosts tell was refused."""
    if not any("OutboundConnection" in line for line in lines):
        return None
    told = refusals_in(_sessions(lines))
    return Log(None, told) if told else None


def _sessions(lines: list[str]) -> list[Session]:
    every: list[_Rows] = []
    now: dict[tuple[str, str], _Rows] = {}
    for row in _rows(lines):
        key = (row.get("s-sitename", ""), row["c-ip"])
        spoken = _spoken(row)
        at = datetime.fromisoformat(spoken.at) if spoken.at else None
        if key not in now or now[key].begins_anew(spoken, at):
            now[key] = _Rows(Session(row["c-ip"]))
            every.append(now[key])
        now[key].add(spoken, at)
    return [rows.session for rows in every if not rows.are_mixed]


def _rows(lines: list[str]) -> Iterator[dict[str, str]]:
    names = _DEFAULT
    for line in lines:
        if line.startswith(_FIELDS):
            names = line.removeprefix(_FIELDS).split()
        elif "OutboundConnection" in line and set(names) >= _NEEDED:
            row = dict(zip(names, line.split(), strict=False))
            if row.get("cs-username") in (_COMMAND, _RESPONSE) and row.keys() >= _NEEDED:
                yield row


def _spoken(row: dict[str, str]) -> Spoken:
    words = "" if row["cs-uri-query"] == "-" else _with_blanks(row["cs-uri-query"])
    by_client = row["cs-username"] == _COMMAND
    if by_client:
        words = f"{row['cs-method']} {words}".strip()
    elif words[3:4] == "-":  # of several lines, the first alone is written
        words = f"{words[:3]} {words[4:]}"
    return Spoken(by_client, words, _moment(f"{row['date']} {row['time']}Z"))  # always in UTC


def _moment(text: str) -> str | None:
    try:
        return datetime.fromisoformat(iso_date(text) or "").isoformat()
    except ValueError:
        return None


def _with_blanks(words: str) -> str:
    """Return words with their blanks, for which the log has plus signs; those in an address are its own."""
    pieces = _IN_BRACKETS.split(words)
    return "".join(piece if piece[:1] == "<" and "@" in piece else piece.replace("+", " ") for piece in pieces).strip()
