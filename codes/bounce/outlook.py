"""Reads Outlook's .msg files: each becomes the source of the mail that it was, and is then read like any mail.

[MS-OXMSG] is the file, [MS-OXCMAIL] what of a mail becomes which MAPI property, [MS-OXPROPS] their tags. What the page
shows is the source made here: headers, words, and the parts that count, all in UTF-8.
"""

from __future__ import annotations

import re

from codes.bounce.charsets import decode
from codes.bounce.compound_file import CompoundFile
from codes.bounce.mail import is_notice, looks_like_mail
from codes.bounce.mime import Entity
from codes.bounce.outlook_item import Item
from codes.bounce.outlook_report import MimePart, is_report, original_headers, report_parts
from codes.bounce.unreadable import UnreadableInput

#: How deep messages in messages are opened.
DEEPEST = 5
#: Attachments that are looked at, and bytes of one in which a report's fields are looked for.
MOST_ATTACHMENTS = 500
LARGEST_TEXT = 1024 * 1024

#: Classes that are no mail ([MS-OXCMSG] and its neighbours).
_NO_MAIL = re.compile(r"ipm\.(?:contact|appointment|task|stickynote|activity|distlist|document)(?:\.|$)")
_RETURNED = ("message/rfc822", "text/rfc822-headers")
_REPORT_PARTS = (
    "message/delivery-status",
    "message/global-delivery-status",
    "message/feedback-report",
    "message/disposition-notification",
    "message/global-disposition-notification",
)
#: What a message of Italian certified mail (PEC) carries: `codes.bounce.pec_mail` knows it by these names.
_OF_CERTIFIED_MAIL = {
    "daticert.xml": "application/xml",
    "certdata.xml": "application/xml",
    "postacert.eml": "message/rfc822",
}
#: How a text attachment shows what it is.
_FIELDS_OF_A_REPORT = {
    "message/feedback-report": re.compile(r"(?im)^feedback-type[ \t]*:"),
    "message/disposition-notification": re.compile(r"(?im)^disposition[ \t]*:"),
    "message/delivery-status": re.compile(r"(?im)^(?:final-recipient|reporting-mta)[ \t]*:"),
}
_HEADER = re.compile(r"[!-9;-~]+:|[ \t]+\S")  # RFC 5322, 2.2: a name, or a line that goes on
_TRANSPORT_HEADERS, _ATTACHED, _ATTACHED_TYPE = 0x007D, 0x3701, 0x370E


def source_of(data: bytes) -> bytes:
    """Return the source of the mail in a .msg file.

    Raises UnreadableInput: "outlook" where the file is damaged or encrypted, "outlook-item" where it is a contact, an
    appointment or the like, "binary" where it is another program's file.
    """
    try:
        return _mail(_message(data), 0).encode("utf-8", "surrogateescape")
    except UnreadableInput:
        raise
    except Exception as error:  # a damaged file breaks python-oxmsg in more ways than it documents
        raise UnreadableInput("outlook") from error


def _message(data: bytes) -> Item:
    """Open a file; raises UnreadableInput where it is no mail."""
    root = CompoundFile(data).root
    if not any(name.startswith(("__properties", "__substg", "__nameid")) for name in root.entries):
        raise UnreadableInput("binary")
    message = Item.message(root)
    if _NO_MAIL.match(message.message_class):
        raise UnreadableInput("outlook-item")
    return message


def _mail(message: Item, depth: int) -> str:
    """Return a message as the source of a mail."""
    transport = message.text(_TRANSPORT_HEADERS)
    headers = _headers(message, transport)
    if signed := _signed(message):
        return f"{headers}\n{signed}"
    if is_report(message):
        parts = report_parts(message)
    else:
        words = message.words()
        parts = [("text/plain", words)] if words else []
    parts += [part for one in message.attachments[:MOST_ATTACHMENTS] if (part := _attached(one, depth)) is not None]
    if not any(part in _RETURNED for part, _text in parts) and (original := original_headers(message)):
        parts.append(("text/rfc822-headers", original))  # where the mail itself came back, it tells more
    kind = "report" if any(part in _REPORT_PARTS for part, _text in parts) or _was_report(transport) else "mixed"
    return f"{headers}\n{_multipart(kind, parts)}"


def _headers(message: Item, transport: str) -> str:
    """Return the headers: PidTagTransportMessageHeaders without those of MIME, completed from other properties.

    The body is no longer in the form that Content-Type and the like described.
    """
    kept: list[str] = []
    dropped = True
    for line in transport.strip("\n").split("\n"):
        if not line.strip():
            break
        if line[0] not in " \t":
            dropped = not _HEADER.match(line) or line.lower().startswith(("content-", "mime-version:"))
        if not dropped:
            kept.append(line)
    names = {line.partition(":")[0].lower() for line in kept if line[0] not in " \t"}
    for name, value in _own_headers(message):
        if value and name.lower() not in names:
            kept.append(f"{name}: {value}")
    return "\n".join([*kept, "MIME-Version: 1.0"])


def _own_headers(message: Item) -> list[tuple[str, str]]:
    """Return the headers that a message's properties tell: who sent it, to whom, when."""
    name = message.line(0x0C1A) or message.line(0x0042)  # of the sender, of whom it stands for
    sender = message.address(0x5D01, 0x5D02, 0x0C1F, 0x0065)
    recipients = [
        address for recipient in message.recipients[:100] if (address := recipient.address(0x39FE, 0x3003, 0x3001))
    ]
    # Outlook's automatic answers have a class of their own
    automatic = re.search(r"\.rules\.(?:ooftemplate|replytemplate)\.", message.message_class)
    return [
        ("From", f"{name} <{sender}>" if sender and name not in ("", sender) else sender or name),
        ("To", "" if is_report(message) else ", ".join(recipients) or message.line(0x0E04)),
        ("Subject", message.line(0x0037)),
        ("Date", message.moment(0x0039) or message.moment(0x0E06)),  # submitted, or delivered
        ("Message-ID", message.line(0x1035)),
        ("Auto-Submitted", "auto-replied" if automatic else ""),
    ]


def _signed(message: Item) -> str:
    """Return the MIME entity of a signed mail: Outlook keeps it whole, as the only attachment ([MS-OXOSMIME] 2.1)."""
    if not message.message_class.endswith(".smime.multipartsigned"):
        return ""
    for attachment in message.attachments[:1]:
        text = _unchanged(attachment.data(_ATTACHED)).lstrip()
        if re.match(r"(?i)(?:mime-version:[^\n]*\n)?content-type:\s*multipart/signed", text):
            return text
    return ""


def _attached(attachment: Item, depth: int) -> MimePart | None:
    """Return an attachment as a part where it tells something: a report's fields, or the mail that came back."""
    if (embedded := attachment.embedded) is not None:
        return _came_back(_mail(embedded, depth + 1)) if depth < DEEPEST else None
    kind = attachment.line(_ATTACHED_TYPE).lower()
    name = (attachment.line(0x3707) or attachment.line(0x3704) or attachment.line(0x3001)).lower()
    if name in _OF_CERTIFIED_MAIL:
        return f'{_OF_CERTIFIED_MAIL[name]}; name="{name}"', _unchanged(attachment.data(_ATTACHED))
    if kind == "message/rfc822" or name.endswith(".eml"):
        return _came_back(_unchanged(attachment.data(_ATTACHED)))
    if kind in ("", "text/plain", "application/octet-stream", "text/rfc822-headers", *_REPORT_PARTS):
        return _in_words(kind, attachment.data(_ATTACHED))
    return None


def _came_back(source: str) -> MimePart:
    """Return a mail inside the mail: whole where it is itself a notice that somebody forwarded, else its headers."""
    head = source.lstrip("\n").partition("\n\n")[0]
    if is_notice(Entity(head.encode("utf-8", "surrogateescape").decode("latin-1"))):
        return "message/rfc822", source
    return "text/rfc822-headers", head


def _unchanged(data: bytes) -> str:
    """Return bytes as text that becomes the same bytes again: the charset of each part is named inside."""
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").decode("utf-8", "surrogateescape")


def _in_words(kind: str, data: bytes) -> MimePart | None:
    """Return a text attachment where it is a part of a report."""
    if not data or len(data) > LARGEST_TEXT or b"\0" in data[:1024]:
        return None
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    if kind in (*_REPORT_PARTS, "text/rfc822-headers"):
        return kind, text
    found = next((part for part, fields in _FIELDS_OF_A_REPORT.items() if fields.search(text)), None)
    if looks_like_mail(text) and found is None:
        return "text/rfc822-headers", text
    return (found, text) if found else None


def _was_report(transport: str) -> bool:
    return bool(re.search(r"(?im)^content-type:\s*multipart/report", transport))


def _multipart(kind: str, parts: list[MimePart]) -> str:
    """Return the parts as a multipart body, with its header; a text alone needs none."""
    if kind == "mixed" and [part for part, _text in parts] in ([], ["text/plain"]):
        return f"Content-Type: text/plain; charset=utf-8\n\n{parts[0][1] if parts else ''}\n"
    number = 0
    while any(f"part-{number}-of-msg" in text for _kind, text in parts):
        number += 1
    boundary = f"part-{number}-of-msg"
    pieces = [f"Content-Type: {part}{_charset(part)}\n\n{text}" for part, text in parts]
    body = "".join(f"--{boundary}\n{piece}\n" for piece in pieces)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\n{body}--{boundary}--\n'


def _charset(part: str) -> str:
    return "; charset=utf-8" if part.startswith(("text/", "application/xml")) else ""
