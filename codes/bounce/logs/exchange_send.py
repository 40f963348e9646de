"""Exchange's SMTP Send protocol log: `time,connector,session,number,local,remote,<,words,context`, joined by session.

Source: Microsoft's documentation ("Protocol logging").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from codes.bounce.dates import iso_date
from codes.bounce.dialogue import Session, Spoken, refusals_in
from codes.bounce.logs.exchange_rows import SESSION_ID
from codes.bounce.logs.exchange_tracking import cells_of
from codes.bounce.logs.story import Log

_REPLY = re.compile(r"[2-5]\d\d[ -]")
#: Columns up to the words, and where they stand.
_LEAST_CELLS = 8
_TIME, _SESSION, _REMOTE, _DIRECTION, _WORDS = 0, 2, 5, 6, 7


def read(lines: list[str]) -> Log | None:
    """Return what dialogues in which something was refused tell."""
    rows = [cells for line in lines if ",<," in line or ",>," in line if (cells := cells_of(line))]
    refused = refusals_in(_dialogues(rows))
    return Log("exchange", refused) if refused else None


def _dialogues(rows: list[list[str]]) -> Iterator[Session]:
    """Yield the sessions; in the log of what Exchange receives, it is Exchange that replies."""
    sessions: dict[str, Session] = {}
    for cells in rows:
        if (
            len(cells) < _LEAST_CELLS
            or cells[_DIRECTION] not in ("<", ">")
            or not SESSION_ID.fullmatch(cells[_SESSION])
        ):
            continue
        ip = cells[_REMOTE].rpartition(":")[0].strip("[]") or None
        session = sessions.setdefault(cells[_SESSION], Session(ip))
        session.spoken.append(Spoken(cells[_DIRECTION] == ">", cells[_WORDS].strip(), iso_date(cells[_TIME])))
    for session in sessions.values():
        if not any(line.by_client and _REPLY.match(line.words) for line in session.spoken):
            yield session
