"""Rows of Exchange's logs, wherever they were copied from: an event, its recipients, and a status for each of them.

Source: Microsoft's documentation of message tracking ("Search message tracking logs", fields and events).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from codes.bounce.logs.exchange_words import last_error, screen_date
from codes.bounce.logs.story import Try
from codes.bounce.report import Outcome

#: A row: what stands in each column, by the names of `COLUMNS`.
Row = dict[str, str]

#: Each writer has names of its own for one column; letters alone count. In this order the first that is there is taken.
COLUMNS: dict[str, tuple[str, ...]] = {
    "time": (
        "datetime",
        "datetimeutc",
        "dateutc",
        "timestamp",
        "origintimestamp",
        "origintimestamputc",
        "received",
        *("date", "data", "datum", "fecha"),
    ),
    "event": ("eventid", "event"),
    "source": ("source",),
    "context": ("sourcecontext",),
    "statuses": ("recipientstatus",),
    "recipients": (
        *("recipientaddress", "recipients", "recipient", "destinatario"),
        *("destinataire", "empfänger", "ontvanger"),
    ),
    "sender": ("senderaddress", "sender", "mittente", "absender", "expéditeur", "remitente", "afzender"),
    "verdict": ("status", "deliverystatus", "stato", "état", "estado"),
    "detail": ("detail", "details", "dettaglio", "dettagli", "lasterror", "error", "errore", "reason", "motivo"),
    "key": ("networkmessageid", "messageid", "messagetraceid", "internalmessageid"),
    "message": ("messageid",),
    "client": ("clienthostname",),
    "host": ("serverhostname",),
    "ip": ("serverip",),
}
_EVENTS: dict[str, Outcome] = {
    "FAIL": "failed",
    "DEFER": "delayed",
    "DELIVER": "delivered",
    "SEND": "delivered",
    "SENDEXTERNAL": "delivered",
}
#: What stands in brackets in a heading, "Date (UTC+01:00)".
_REMARK = re.compile(r"\([^)]*\)")
_REPLY = re.compile(r"[245]\d\d[ -]")
HOST_NAME = re.compile(r"[\w-]+(?:\.[\w-]+)+")
#: What joins the rows of one connection.
SESSION_ID = re.compile(r"[0-9A-F]{16}")
#: What PowerShell writes before the further lines of a value.
FOLDED = " " * 8


def columns_of(names: list[str], columns: Mapping[str, tuple[str, ...]] = COLUMNS) -> dict[str, int]:
    """Return where each of the columns stands among the names of a heading."""
    plain = [re.sub(r"[\W\d_]", "", _REMARK.sub("", name.lower())) for name in names]
    return {
        column: next(plain.index(name) for name in known if name in plain)
        for column, known in columns.items()
        if any(name in plain for name in known)
    }


def tries_of(rows: list[Row]) -> list[Try]:
    """Return the tries that rows of tracking tell; the notice sent about a failure is no story of its own."""
    notices = {row.get("key", "") for row in rows if row.get("event", "").upper() == "DSN"} - {""}
    own = [row for row in rows if row.get("key", "") not in notices] or rows
    return [one for row in own for one in _tries_of_row(row)]


def listed(value: str) -> list[str]:
    """Return the items of a list, "a@b;c@d" in files or "{a@b, c@d}" as PowerShell shows it."""
    inside = value.strip().removeprefix("{").removesuffix("}")
    return [item.strip() for item in re.split(r"[;,]", inside) if item.strip()]


def _tries_of_row(row: Row) -> list[Try]:
    outcome = _EVENTS.get(row.get("event", "").strip().upper())
    if outcome is None:
        return []
    recipients: list[str] = listed(row.get("recipients", ""))
    statuses = _statuses(row.get("statuses", ""), len(recipients))
    remote = row.get("source", "").upper() == "SMTP" and row.get("host", "") != row.get("client", "")
    host = row.get("host", "").lower() if remote else ""
    tries = []
    for recipient, status in zip(recipients, statuses, strict=True):
        if "@" not in recipient:  # a piece of a broken row
            continue
        words = status or _context(row.get("context", ""), outcome)
        error = last_error(words)
        expired = outcome == "failed" and ("QUEUE.Expired" in words or words.startswith(("550 4.4.7", "550-4.4.7")))
        tries.append(
            Try(
                row.get("key", ""),
                recipient,
                "expired" if expired else outcome,
                error.words if error else words,
                screen_date(row.get("time", "")),
                host=error.host if error else host if HOST_NAME.fullmatch(host) else None,
                ip=error.ip if error else (row.get("ip") or None) if remote else None,
            )
        )
    return tries


def _statuses(value: str, count: int) -> list[str]:
    """Return one status for each recipient: `;` parts them, and a reply may hold one itself. No guess where unclear."""
    text = value.strip().removeprefix("{").removesuffix("}").strip()
    if re.fullmatch(r"(?:To|Cc|Bcc|;|,|\s)*", text):
        return [""] * count
    if count == 1:
        return [text]
    for parts in (text.split(";"), re.split(r"[;,]\s*(?=[245]\d\d[ -])", text)):
        if len(parts) == count and all(_REPLY.match(part.strip()) for part in parts):
            return [part.strip() for part in parts]
    alone = len(re.findall(r"(?:^|[;,])\s*[245]\d\d[ -]", text)) == 1
    return [text if alone else ""] * count


def _context(value: str, outcome: Outcome) -> str:
    """Return the reply in a row's context, where it fits what the row tells."""
    text = value.strip()
    if outcome == "delivered":
        return text.partition(";")[0] if text.startswith("2") and _REPLY.match(text) else ""
    return text if _REPLY.match(text) or "{LED=" in text else ""
