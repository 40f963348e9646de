"""Rows of the activity that a sending service's panel shows, or its export: an event, one recipient, and what was said.

Columns differ with the panel, so a row is known by its cells: one is an address and no more, another an event's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from codes.bounce import words
from codes.bounce.addresses import find_addresses, first_address
from codes.bounce.dates import iso_date
from codes.bounce.logs.exchange_rows import COLUMNS, columns_of
from codes.bounce.logs.exchange_tracking import cells_of, delimiter_of
from codes.bounce.logs.story import Log, Try, told
from codes.bounce.patterns import Phrases
from codes.bounce.report import Delivery, Outcome
from codes.bounce.verdict import delivery_from_words, outcome_of_code

#: What parts the cells of a row: tabs, two blanks, a bar, a dash or an arrow between blanks, a semicolon.
_PARTED = re.compile(r"\t+|[ ]{2,}|\s*[|;]\s*|\s[—–-]\s|\s*(?:→|->)\s*|(?<=[\w\">]),+(?=[\w\"<])")
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
    **dict.fromkeys(("blockbounce", "block bounce"), "failed"),
    **dict.fromkeys(("soft", "deferred", "deferral", "delayed", "temporary fail", "temporary failure"), "delayed"),
    **dict.fromkeys(("differito", "rinviato", "in ritardo", "zurückgestellt", "verzögert", "différé"), "delayed"),
    **dict.fromkeys(("diferido", "adiado", "uitgesteld", "opóźniono"), "delayed"),
    **dict.fromkeys(("in coda", "queued", "in queue", "in warteschlange", "en file d'attente", "en cola"), "delayed"),
    **dict.fromkeys(("na fila", "in wachtrij", "w kolejce"), "delayed"),
}
#: These count where a reply says so as well.
_TAKEN: dict[str, Outcome] = {
    **dict.fromkeys(("delivered", "consegnato", "recapitato", "zugestellt", "remis", "distribué"), "delivered"),
    **dict.fromkeys(("entregado", "entregue", "bezorgd", "afgeleverd", "dostarczono"), "delivered"),
}
#: Every name of an event that tells what became of a message.
EVENTS = _BOUNCED | _STOPPED | _TAKEN
#: Headings of the columns that tell whose a row is, and what was said.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "recipients": (
        *COLUMNS["recipients"],
        *("rcpt", "to", "destinatari", "a", "à", "destinatário", "para", "an", "aan", "odbiorca", "do"),
        *("email", "emailaddress", "address", "indirizzo", "indirizzoemail"),
    ),
    "detail": (
        *COLUMNS["detail"],
        *("response", "smtpresponse", "bounceresponse", "bouncestatus", "bouncereason"),
        *("diagnostic", "diagnosticcode", "risposta"),
        *("antwort", "grund", "fehler", "réponse", "raison", "erreur", "respuesta", "resposta", "erro", "reden"),
    ),
    "code": ("smtpcode", "smtpreplycode", "eventsmtpreplycode", "replycode", "code", "codice"),
    "sender": (
        *COLUMNS["sender"],
        *("from", "frm", "da", "de", "remetente", "von", "van", "nadawca", "od"),
    ),
}
_BLANKS = "  "
_MANY_BLANKS = re.compile(r" {2,}")
#: Signs that part the columns of the narrowest table.
_FEWEST_PARTED = 2
#: Lines above a table's rows among which its heading is.
_MOST_ABOVE = 200
_NAMES_EVENT = Phrases(EVENTS)
_LONGEST_EVENT = max(map(len, EVENTS))
_REPLY = re.compile(r"[245]\d\d[ -]|[245]\.\d{1,3}\.\d{1,3}\b")
_CODE_ALONE = re.compile(r"[245]\d\d")
#: A cell that says that it holds the recipient, where a row has no heading: "a: anna@example.com".
_LABELS = r"(?:to|rcpt(?: to)?|recipient|a|à|an|para|aan|do|dest\.?|destinatario|destinataire|empfänger)\s?: ?<?\S+@"
_TO_LABEL = re.compile(_LABELS, re.IGNORECASE)
_LABELLED = re.compile(rf"[|;\t] ?{_LABELS}", re.IGNORECASE)
_DATE = re.compile(
    r"[\d\s:./,TZ+-]{8,}|\w{3,9}\.? \d{1,2},? (?:\d{4},? )?\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m)?", re.IGNORECASE
)


def read(lines: list[str]) -> Log | None:
    """Return what the rows of a panel tell."""
    rows = [line for line in lines if "@" in line and _PARTED.search(line)]
    if not rows:
        return None
    headings = (_heading(line) for line in lines[:_MOST_ABOVE] if "@" not in line)
    heading = next(filter(None, headings), None)
    joined = "\n".join(rows)
    if not heading and not _LABELLED.search(joined) and not _NAMES_EVENT.search(joined):
        return None
    spoken: dict[str, Delivery] = {}  # many rows say the same
    tries = [
        one
        for line in rows
        if (to := _recipient_of(line, heading))
        and (one := _try(line, to, spoken, heading) or _by_reply(line, to, heading))
    ]
    return Log(None, told(tries), kind="event") if tries else None


@dataclass(frozen=True, slots=True)
class _Heading:
    """The line that names the columns of a table."""

    delimiter: str
    columns: dict[str, int]
    width: int

    def cell(self, line: str, column: str) -> str:
        """Return what a row holds in a column; nothing where the table has none, or the row is none of the table's."""
        cells = _split(line, self.delimiter)
        return cells[self.columns[column]] if column in self.columns and len(cells) == self.width else ""


def _heading(line: str) -> _Heading | None:
    """Return the heading that a line is: it names the column of the recipient and another one that tells of mail."""
    delimiter = _delimiter_of(line)
    if line.count(delimiter) < _FEWEST_PARTED:
        return None
    names = _split(line, delimiter)
    columns = columns_of(names, _COLUMNS)
    return _Heading(delimiter, columns, len(names)) if "recipients" in columns and len(columns) > 1 else None


def _by_reply(line: str, recipient: str, heading: _Heading | None) -> Try | None:
    """Return what a row tells that names no event: the reply in its column says what became of the message."""
    if heading:
        cells = _split(line, heading.delimiter)
        said = heading.cell(line, "detail").strip(_MARKS)
    else:
        cells = [cell for _start, cell in _cells(line)]
        said = next(filter(_REPLY.match, cells), "") if any(map(_TO_LABEL.match, cells)) else ""
    if not _REPLY.match(said):
        return None
    said = _with_code(said, cells)
    delivery = replace(delivery_from_words(None, None, said, ""), spoken_by="remote")
    return Try("", recipient, outcome_of_code(said), said, delivery=delivery)


def _with_code(said: str, cells: list[str]) -> str:
    """Return a reply with the reply code that a panel shows in a cell of its own."""
    code = next(filter(_CODE_ALONE.fullmatch, cells), "") if said[1:2] == "." else ""
    return f"{code} {said}" if code and code[0] == said[0] else said


def _delimiter_of(heading: str) -> str:
    """Return what parts the columns of a heading; on a screen that may be nothing but blanks."""
    found = "|" if heading.count("|") > 1 else delimiter_of(heading)
    return found if found in heading else _BLANKS


def _split(line: str, delimiter: str) -> list[str]:
    return _MANY_BLANKS.split(line.strip()) if delimiter == _BLANKS else cells_of(line, delimiter)


def _recipient_of(line: str, heading: _Heading | None) -> str | None:
    """Return the recipient of a row: its only address, that in the column of recipients, or the only one in a cell."""
    named = {found.value.lower(): found.value for found in find_addresses(line)}
    if len(named) == 1:
        return next(iter(named.values()))
    if labelled := next((cell for _start, cell in _cells(line) if _TO_LABEL.match(cell)), None):
        return first_address(labelled)
    if heading:
        return first_address(heading.cell(line, "recipients")) if named else None
    alone = [cell for _start, cell in _cells(line) if cell.lower() in named]  # a reply may name somebody as well
    return alone[0] if len(alone) == 1 else None


def _try(line: str, recipient: str, spoken: dict[str, Delivery], heading: _Heading | None) -> Try | None:
    """Return what a row tells of its recipient, or None where it names no event.

    The columns of a heading show that the table is about mail, so that an event there needs no reply beside it.
    """
    cells = list(_cells(line))
    event = next((name for _start, cell in cells if (name := _event_of(cell)) in EVENTS), None)
    alone = any(recipient in cell and (" " not in cell or _TO_LABEL.match(cell)) for _start, cell in cells)
    if event is None or not alone:
        return None
    rest = [
        (start, cell)
        for start, cell in cells
        if cell and "@" not in cell.partition(" ")[0] and _event_of(cell) not in EVENTS
    ]
    reply = next((line[start:].strip(" \"'|") for start, cell in rest if _REPLY.match(cell)), "")
    code = heading.cell(line, "code").strip(_MARKS) if heading else ""
    reply = _with_code(reply, [code] if code else [cell for _start, cell in rest])
    if not reply and event in _TAKEN and code.startswith("2"):
        reply = code
    of_mail = heading is not None and {"sender", "detail", "code"} & heading.columns.keys()
    if event in _STOPPED and not reply and not of_mail and not words.OF_REPLIES.search(line):
        return None  # a log-in may have failed as well
    if event in _TAKEN and not reply.startswith("2") and not (of_mail and not reply):
        return None
    dates = [cell for _start, cell in rest if _DATE.fullmatch(cell)]
    said = reply or max((cell for _start, cell in rest if cell not in dates), key=len, default="")
    if said not in spoken:
        found = delivery_from_words(None, None, said, "")
        spoken[said] = replace(found, spoken_by="remote" if found.reply_code else "local")
    return Try(
        "", recipient, EVENTS[event], said, next(filter(None, map(iso_date, dates)), None), delivery=spoken[said]
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
