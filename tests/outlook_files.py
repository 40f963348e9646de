"""Outlook's .msg files, made with another library than the one that reads them."""

from datetime import datetime
from itertools import chain

from aspose.email_foss.msg import MapiMessage

from codes.bounce import Report
from codes.bounce.evidence import evidence_in

TEXT, NUMBER, TIME, BYTES = 0x001F, 0x0003, 0x0040, 0x0102
ANNA = "anna.verdi@example.com"
REPLY = f"550 5.1.1 <{ANNA}>: Recipient address rejected: User unknown"
NOTICE = f"""\
This is the mail system at host posta.ente.example.

<{ANNA}>: host mx.example.com[192.0.2.25] said: {REPLY} (in reply to RCPT TO command)
"""
STATUS = f"""\
Reporting-MTA: dns; posta.ente.example
X-Postfix-Queue-ID: 4gQxZ71kqHz9tY

Final-Recipient: rfc822; {ANNA}
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.com
Diagnostic-Code: smtp; {REPLY}
"""
TRANSPORT = """\
Microsoft Mail Internet Headers Version 2.0
Received: by posta.ente.example (Postfix) id 4gQxZ71kqHz9tY; Mon, 23 Nov 2026 09:14:05 +0100
From: Mail Delivery System <MAILER-DAEMON@posta.ente.example>
To: mario.rossi@ente.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4gQxZ71kqHz9tY.1"
Content-Transfer-Encoding: base64

"""
ORIGINAL = "From: mario.rossi@ente.example\nTo: x@example.com\nSubject: Preventivo\nMessage-ID: <1@ente.example>\n"


def mail(body: str = NOTICE, transport: str = TRANSPORT, kind: str = "IPM.Note") -> MapiMessage:
    """Return an ordinary mail as Outlook keeps it."""
    made = MapiMessage.create("Undelivered Mail Returned to Sender", body)
    made.set_property(0x001A, TEXT, kind)
    if transport:
        made.set_property(0x007D, TEXT, transport.replace("\n", "\r\n"))
    return made


def report(*rows: dict[int, object], kind: str = "NDR", **properties: object) -> bytes:
    """Return a report of Outlook's own; a row is a recipient, a property's type follows from its value."""
    made = MapiMessage.create("Undeliverable: Preventivo", "")
    made.set_property(0x001A, TEXT, f"REPORT.IPM.Note.{kind}")
    for tag, value in properties.items():
        made.set_property(int(tag[1:], 16), type_of(value), value)
    for row in rows:
        recipient = made.add_recipient(str(row.get(0x3003, "")), display_name=str(row.get(0x3001, "")))
        recipient.address_type = str(row.get(0x3002, "SMTP"))
        for tag, value in row.items():
            recipient.set_property(tag, type_of(value), value)
    return made.to_bytes()


def type_of(value: object) -> int:
    return NUMBER if isinstance(value, int) else TIME if isinstance(value, datetime) else TEXT


def evidence_is_right(found: Report) -> bool:
    """Whether each piece of evidence stands where it says, and there is some."""
    pieces = list(chain.from_iterable(evidence_in(found)))
    return bool(pieces) and all(found.source_text[piece.start : piece.end] == piece.quote for piece in pieces)
