"""Finds the pieces of Italian certified mail (PEC) in a mail's structure; `pec` reads them (RFC 6109, 4.3)."""

from __future__ import annotations

import re

from codes.bounce.mime import Entity

#: Levels of parts, and parts of one, in which the mail inside an envelope is looked for.
_DEEPEST = 4
_MOST_PARTS = 50
_ANOMALY = re.compile("ANOMALIA MESSAGGIO", re.IGNORECASE)


def without_envelope(message: Entity) -> Entity:
    """Return the mail inside a PEC envelope, or the mail itself.

    Providers wrap what arrives: PEC, and as "ANOMALIA MESSAGGIO" ordinary mail such as delivery reports (RFC 6109,
    3.2.2). A receipt is never wrapped, so what the mail inside says of being one does not count.
    """
    if not message.header("x-trasporto") and not _ANOMALY.match(message.header("subject")):
        return message
    level = [message]
    for _ in range(_DEEPEST):
        for part in level:
            if part.children and part.kind == "message/rfc822":
                inside = part.children[0]
                for name in ("X-Ricevuta", "X-Trasporto"):
                    inside.drop_header(name)
                return inside
        level = [child for part in level for child in part.children][:_MOST_PARTS]
    return message


def content_type(message: Entity) -> str:
    """Return a part's content type, and "daticert" for the XML of a receipt, however a client labelled it."""
    certified = not message.children and message.file_name.lower().endswith(("daticert.xml", "certdata.xml"))
    return "daticert" if certified else message.kind


def is_receipt(message: Entity) -> bool:
    """Whether a mail that was attached says that it is a receipt, or the envelope of ordinary mail."""
    return bool(message.header("x-ricevuta")) or message.header("x-trasporto").lower() == "errore"


def holds_original(message: Entity, part: Entity) -> bool:
    """Whether a part is the mail that a receipt is about: nothing in it is a receipt."""
    return bool(message.header("x-ricevuta")) or part.file_name.lower() == "postacert.eml"
