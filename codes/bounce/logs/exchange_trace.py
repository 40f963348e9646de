"""Exchange Online message trace: the summary and extended CSV reports, and the details `Reason: [{LED=...};...]`.

Sources: Microsoft's documentation ("Run a message trace"); posts in public forums for the details.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from codes.bounce import words
from codes.bounce.addresses import find_addresses, first_address
from codes.bounce.logs.activity import EVENTS
from codes.bounce.logs.exchange_rows import FOLDED, Row, columns_of
from codes.bounce.logs.exchange_tracking import cells_of, delimiter_of
from codes.bounce.logs.exchange_words import LastError, last_error, screen_date
from codes.bounce.logs.story import Log, Try, told
from codes.bounce.report import Outcome
from codes.bounce.told import recipient_in_reply

#: Quarantined and filtered messages were not delivered, and nobody is told: no bounce.
_VERDICTS: dict[str, Outcome] = {
    "delivered": "delivered",
    "failed": "failed",
    "pending": "delayed",
    "expanded": "expanded",
    "recapitato": "delivered",
    "non riuscito": "failed",
    "in sospeso": "delayed",
    "zugestellt": "delivered",
    "fehlgeschlagen": "failed",
    "ausstehend": "delayed",
    "remis": "delivered",
    "échec": "failed",
    "en attente": "delayed",
    "entregado": "delivered",
    "entregue": "delivered",
    "pendiente": "delayed",
    "con errores": "failed",
    "pendente": "delayed",
    "afgeleverd": "delivered",
    "mislukt": "failed",
    "in behandeling": "delayed",
}
#: What only other panels call an outcome; their rows have the same columns.
_OF_PANELS = EVENTS.keys() - _VERDICTS.keys()
_EVENTS: dict[str, Outcome] = {
    "fail": "failed",
    "defer": "delayed",
    "deliver": "delivered",
    "send": "delivered",
    "send external": "delivered",
    "expand": "expanded",
}
#: `Get-Queue` lists one queue after the other, each with its last error.
_QUEUE = re.compile(r"\s*Identity\s*: *(\S+\\\S+)")
_DETAIL = re.compile(r"\b[^\W\d_]{3,12} *:\s*\[?\{(?:LED|LRT|MSG|FQDN|IP)=")
_EVENT = re.compile(r"\b(?P<event>fail|defer)(?:ed|red)?\b|\b(?P<pending>pending)\b", re.IGNORECASE)
_RECIPIENT = re.compile(
    r"\s*(?:recipient|destinatario)(?: address)?\s*[:\t]|[^\n]*\s-recipient(?:s|address)?\s|"
    r"[^\n]{0,200}?[,;|]\s*(?:recipient|destinatario)(?: address)?\s*:",
    re.IGNORECASE,
)
_NAMES_RECIPIENT = re.compile(r"[Rr](?:ecipient|ECIPIENT)|[Dd](?:estinata(?:rio|ire)|ESTINATARIO)|Empfänger|Ontvanger")
#: The page of one message names its sender and its recipient, and shows them side by side below.
_PAIR_OF_NAMES = re.compile(
    r"(?:sender|mittente|absender|expéditeur|remitente|remetente|afzender)(?:[ ]{2,}|\t)"
    r"(?:recipient|destinatario|empfänger|destinataire|destinatário|ontvanger)",
    re.IGNORECASE,
)
_PAIR = 2
#: Time, sender, and the recipients with what became of them.
_LEAST_COLUMNS = 3
#: Lines above the details in which their event is looked for.
_ABOVE = 4


def read(lines: list[str]) -> Log | None:
    """Return what rows or details of a message trace tell."""
    tries: list[Try] = []
    columns: dict[str, int] = {}
    delimiter = ""
    recipient = _shown_beside_sender(lines)
    queue = ""
    lines = _unfolded(lines)
    for place, line in enumerate(lines):
        if "{" in line and (detail := _DETAIL.search(line)) and (error := last_error(line)):
            if not error.words.startswith("2"):  # "250 2.1.5 RESOLVER.OOF": an automatic answer that went nowhere
                event = _event_in(lines[max(0, place - _ABOVE) : place], line[: detail.start()])
                named = first_address(_row_of(line, columns, delimiter).get("recipients", "")) if columns else None
                tries.append(_detail(error, named or recipient, event, queue))
        elif listed := _QUEUE.match(line):
            queue = listed[1]
        elif not columns and not _NAMES_RECIPIENT.search(line):
            continue
        elif "@" not in line and _NAMES_RECIPIENT.search(line) and (heading := _heading(line)):
            columns, delimiter = heading, delimiter_of(line)
        elif columns:
            row = _row_of(line, columns, delimiter)
            if row.get("verdict", "").lower() in _OF_PANELS:
                return None
            tries += tries_of_trace(row)
        elif label := _RECIPIENT.match(line[:2000]):
            recipient = first_address(line[label.end() : 2000])
    return Log("exchange", told(tries)) if tries else None


def _unfolded(lines: list[str]) -> list[str]:
    """Return the lines, those together over which PowerShell folds an error that is not yet closed."""
    whole: list[str] = []
    for line in lines:
        above = whole[-1] if whole else ""
        if line.startswith(FOLDED) and "{LED=" in above and above.count("{") > above.count("}"):
            whole[-1] = f"{above} {line.strip()}"
        else:
            whole.append(line)
    return whole


def _shown_beside_sender(lines: list[str]) -> str | None:
    """Return the recipient on the page of one message, where it stands to the right of the sender."""
    for names, below in pairwise(lines):
        if _PAIR_OF_NAMES.fullmatch(names.strip()) and len(named := list(find_addresses(below))) == _PAIR:
            return named[1].value
    return None


def _heading(line: str) -> dict[str, int]:
    delimiter = delimiter_of(line)
    if line.count(delimiter) < _LEAST_COLUMNS - 1:
        return {}
    columns = columns_of(cells_of(line, delimiter))
    if {"time", "sender"} <= columns.keys() and ({"recipients", "verdict"} <= columns.keys() or "statuses" in columns):
        return columns
    return {}


def _row_of(line: str, columns: dict[str, int], delimiter: str) -> Row:
    cells = cells_of(line, delimiter)
    return {column: cells[at].strip() for column, at in columns.items() if at < len(cells)}


def tries_of_trace(row: Row) -> Iterator[Try]:
    """Yield what a row of a trace tells of its recipients; one of its details names the event that it is about."""
    at, key = screen_date(row.get("time", "")), row.get("key", "")
    if "##" in row.get("statuses", ""):  # "a@b##Receive, Fail;c@d##Receive, Send"
        for part in row["statuses"].split(";"):
            recipient, _mark, events = part.partition("##")
            told_by = [_EVENTS[name] for event in events.split(",") if (name := event.strip().lower()) in _EVENTS]
            if told_by:
                yield Try(key, recipient.strip() or None, told_by[-1], "", at)
    elif outcome := _VERDICTS.get(row.get("verdict", "").lower()):
        yield Try(key, first_address(row.get("recipients", "")[:1000]), outcome, row.get("detail", ""), at)
    elif outcome := _EVENTS.get(row.get("event", "").lower()):
        to, detail = first_address(row.get("recipients", "")[:1000]), row.get("detail", "")
        reason = last_error(detail) if outcome in ("failed", "delayed") else None
        if reason is None:
            yield Try(key, to, outcome, "" if outcome == "delivered" else detail.removeprefix("Reason: "), at)
        elif not reason.words.startswith("2"):
            yield replace(_detail(reason, to, row["event"].lower(), ""), key=key, at=reason.at or at)


def _event_in(above: list[str], before: str) -> str:
    """Return the event of the details: before them in their own line, or in those right above."""
    for text in (before, *reversed(above)):
        if found := _EVENT.search(text[:500]):
            return "fail" if (found["event"] or "").lower() == "fail" else "defer"
    return ""


def _detail(error: LastError, recipient: str | None, event: str, queue: str) -> Try:
    """Return the try that details tell; where no event is named, the reply's class decides."""
    temporary = error.words.startswith("4")
    outcome: Outcome = "delayed" if event == "defer" or (not event and temporary) else "failed"
    if outcome == "failed" and words.GIVEN_UP.search(error.words):
        outcome = "expired"
    return Try(
        queue,
        recipient or recipient_in_reply(error.words),
        outcome,
        error.words,
        error.at,
        host=error.host,
        ip=error.ip,
    )
