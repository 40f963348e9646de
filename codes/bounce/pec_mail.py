"""Finds the pieces of Italian certified mail (PEC) in a mail's structure; `pec` reads them (RFC 6109, 4.3)."""

from __future__ import annotations

import re
from email.message import Message

#: Levels of parts, and parts of one, in which the mail inside an envelope is looked for.
_DEEPEST = 4
_MOST_PARTS = 50
_ANOMALY = re.compile(r"(?:=\?[\w-]+\?Q\?)?ANOMALIA[ _]MESSAGGIO", re.IGNORECASE)


def without_envelope(message: Message) -> Message:
    """Return the mail inside a PEC envelope, or the mail itself.

    Providers wrap what arrives: PEC, and as "ANOMALIA MESSAGGIO" ordinary mail such as delivery reports (RFC 6109,
    3.2.2). A receipt is never wrapped, so what the mail inside says of being one does not count.
    """
    if not message.get("x-trasporto") and not _ANOMALY.match(str(message.get("subject", ""))):
        return message
    level = [message]
    for _ in range(_DEEPEST):
        for part in level:
            inside = _children(part)
            if inside and part.get_content_type() == "message/rfc822":
                for name in ("X-Ricevuta", "X-Trasporto"):
                    del inside[0][name]
                return inside[0]
        level = [child for part in level for child in _children(part)][:_MOST_PARTS]
    return message


def content_type(message: Message) -> str:
    """Return a part's content type, and "daticert" for the XML of a receipt, however a client labelled it."""
    kind = message.get_content_type()
    name = (message.get_filename() or "").lower()
    return "daticert" if name.endswith(("daticert.xml", "certdata.xml")) and not message.is_multipart() else kind


def is_receipt(message: Message) -> bool:
    """Whether a mail that was attached says that it is a receipt, or the envelope of ordinary mail."""
    return bool(message.get("x-ricevuta")) or str(message.get("x-trasporto", "")).strip().lower() == "errore"


def holds_original(message: Message, part: Message) -> bool:
    """Whether a part is the mail that a receipt is about: nothing in it is a receipt."""
    return bool(message.get("x-ricevuta")) or (part.get_filename() or "").lower() == "postacert.eml"


def _children(message: Message) -> list[Message]:
    payload = message.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []
