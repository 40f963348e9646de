"""Reads Outlook's reports (REPORT.IPM.Note.NDR and the like), whose facts are MAPI properties.

[MS-OXCMAIL] 2.2.3.7 says how a delivery report (RFC 3464) becomes such properties; here the way back is gone, and what
comes out is read like any other report. Tags are those of [MS-OXPROPS].
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from codes.bounce.hosts import refusing_host
from codes.bounce.notice import own_words, paragraphs
from codes.bounce.outlook_item import Item

#: The ends of the classes of reports and what became of the mail ([MS-OXCMAIL] 2.2.3.7.1); longer ends come first.
_ACTIONS = {
    ".delayed.dr": "delayed",
    ".relayed.dr": "relayed",
    ".expanded.dr": "expanded",
    ".ndr": "failed",
    ".dr": "delivered",
}
#: Read and not read ([MS-OXCMAIL] 2.2.3.6, RFC 8098).
_RECEIPTS = {".ipnrn": "displayed", ".ipnnrn": "deleted"}

SUPPLEMENTARY_INFO, STATUS_CODE, REMOTE_HOST = 0x0C1B, 0x0C20, 0x0C21
REASON_CODE, DIAGNOSTIC_CODE, REPORT_TEXT, REPORT_TIME = 0x0C04, 0x0C05, 0x1001, 0x0032
DISPLAY_NAME, ADDRESS, SMTP_ADDRESS = 0x3001, 0x3003, 0x39FE
_FACTS_IN_WORDS = (SUPPLEMENTARY_INFO, REMOTE_HOST, REPORT_TEXT)
_FACTS_IN_NUMBERS = (STATUS_CODE, REASON_CODE, DIAGNOSTIC_CODE)
#: Exchange writes its code into "<mx.example.com #5.1.1 smtp;550 5.1.1 User unknown>"; each piece may be missing.
_MARKED_CODE = re.compile(r"#([245]\.\d{1,3}\.\d{1,3})(?!\d)")

#: A part of a mail: its type and its text.
MimePart = tuple[str, str]


def is_report(message: Item) -> bool:
    """Whether a message is a report on another one."""
    kind = message.message_class
    return kind.startswith("report.") and kind.endswith((*_ACTIONS, *_RECEIPTS))


def report_parts(message: Item) -> list[MimePart]:
    """Return a report as parts of a multipart/report (RFC 6522): what it says to people, and its facts."""
    words = _report_words(message)
    parts = [("text/plain", words)] if words else []
    receipt = next((word for end, word in _RECEIPTS.items() if message.message_class.endswith(end)), None)
    if receipt:
        parts.append(("message/disposition-notification", _receipt(message, receipt)))
    else:
        action = next(word for end, word in _ACTIONS.items() if message.message_class.endswith(end))
        parts.append(("message/delivery-status", _delivery_status(message, action, words)))
    return parts


def _report_words(message: Item) -> str:
    """Return what the report says to people: of the whole mail, then of each recipient."""
    pieces = [message.text(REPORT_TEXT).strip(), message.words()]
    for recipient in message.recipients:
        if (words := recipient.text(REPORT_TEXT).strip()) and words not in pieces:
            pieces.append("\n".join(piece for piece in (_address(recipient), words) if piece))
    return "\n\n".join(dict.fromkeys(piece for piece in pieces if piece))


def _delivery_status(message: Item, action: str, words: str) -> str:
    """Return the fields of RFC 3464: one group of the message, one of each recipient."""
    named = [paragraph.recipient for paragraph in paragraphs(own_words(words)) if paragraph.recipient]
    rows = [row for row in message.recipients if _tells(row)] or message.recipients
    groups = [_fields([("Reporting-MTA", _typed("dns", message.line(0x6820)))])]
    if rows:
        alone = named[0] if len(rows) == len(named) == 1 else ""  # a row may hold no address but Exchange's own
        at = message.moment(REPORT_TIME)
        groups += [_group(row, action, _address(row) or alone, at) for row in rows]
    else:
        # the facts of the only recipient may stand on the message
        groups += [_group(message, action, address, "") for address in (named or [""])]
    return "\n\n".join(group for group in groups if group)


def _tells(recipient: Item) -> bool:
    """Whether a row holds a fact about a delivery; one that does not may be the report's own addressee."""
    return (
        any(recipient.line(tag) for tag in _FACTS_IN_WORDS)
        or any(recipient.number(tag) is not None for tag in _FACTS_IN_NUMBERS)
        or bool(recipient.moment(REPORT_TIME))
    )


def _group(row: Item, action: str, address: str, at: str) -> str:
    """Return the fields of one recipient."""
    info = row.text(SUPPLEMENTARY_INFO).strip()
    marked = _MARKED_CODE.search(info)
    rest = info[marked.end() :] if marked else info
    says_more = bool(re.sub(r"(?i)^\s*smtp\s*;", "", rest).strip("<># \n"))
    host = row.line(REMOTE_HOST) or refusing_host(info)[0] or ""
    name = row.line(DISPLAY_NAME)
    return _fields(
        [
            ("Final-Recipient", _typed("rfc822", address)),
            ("X-Display-Name", name if name != address else ""),
            ("Action", action),
            ("Status", marked[1] if marked else _status(row.number(STATUS_CODE))),
            ("Remote-MTA", _typed("dns", host)),
            ("Diagnostic-Code" if says_more else "X-Supplementary-Info", info),
            ("Last-Attempt-Date", row.moment(REPORT_TIME) or at),
        ]
    )


def _status(number: int | None) -> str:
    """Return the enhanced code that PidTagNonDeliveryReportStatusCode (0x0C20) stands for: 511 is 5.1.1.

    The number is 100 * class + 10 * subject + detail, where a subject or a detail above 9 counts as 0. It looks like a
    reply code and never is one: 550 is 5.5.0.
    """
    if number is None or not 200 <= number <= 599 or 300 <= number <= 399:
        return ""
    return f"{number // 100}.{number // 10 % 10}.{number % 10}"


def _receipt(message: Item, disposition: str) -> str:
    """Return the fields of a read receipt (RFC 8098)."""
    reader = message.address(0x5D02, 0x5D01, 0x0065, 0x0C1F)
    return _fields([("Final-Recipient", _typed("rfc822", reader)), ("Disposition", disposition)])


def original_headers(message: Item) -> str:
    """Return the headers of the mail reported on: PidTagOriginalSenderName and its neighbours."""
    address = message.address(0x0067, 0x0069)
    name = message.line(0x005A) or message.line(0x005D)
    return _fields(
        [
            ("From", f"{name} <{address}>" if name and address else name or address),
            ("To", message.line(0x0074)),
            ("Subject", message.line(0x0049)),
            ("Date", message.moment(0x004E)),
            ("Message-ID", message.line(0x1046)),
        ]
    )


def _address(recipient: Item) -> str:
    return recipient.address(SMTP_ADDRESS, ADDRESS, DISPLAY_NAME)


def _typed(kind: str, value: str) -> str:
    return f"{kind}; {value}" if value else ""


def _fields(fields: Iterable[tuple[str, str]]) -> str:
    """Return fields one a line, those without a value left out; a value's further lines are folded."""
    lines = (f"{name}: " + "\n ".join(value.split("\n")) for name, value in fields if value)
    return "\n".join(re.sub(r"\n(?:[ \t]*\n)+", "\n", line) for line in lines)
