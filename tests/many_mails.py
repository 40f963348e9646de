"""Many real-shaped bounces: samples of the reader, each with other recipients and days, as a mailbox or an archive."""

import io
import zipfile
from pathlib import Path

SAMPLES = Path(__file__).parent / "bounce" / "samples"
#: Samples, with the recipient in each that is varied; their plain text holds it.
VARIED = [
    ("postfix-expired-quota.eml", "lucio.farina@example.net"),
    ("cisco-esa-bounce.eml", "sindaco@borgo.example.it"),
    ("exim-with-report.eml", "buyer@cantina.example"),
    ("gmail-dns-nxdomain.eml", "segreteria@studiobianco.example"),
    ("postfix-delay.eml", "cancelleria@comune.example"),
    ("exchange2003-it.eml", "acquisti@cliente.example.com"),
    ("intermail-tim.eml", "avvocato.galli@legali.example.it"),
    ("exchange2010-de.eml", "info@lieferant.example.at"),
    ("pec-errore-consegna-no-dest.eml", "ditta@pec.example.com"),
    ("postfix-success.eml", "bruno@fornace.example"),
]


def mails(count: int) -> list[bytes]:
    """Return that many bounces, each about a recipient of its own."""
    samples = [((SAMPLES / name).read_bytes(), recipient.encode()) for name, recipient in VARIED]
    return [_varied(*samples[number % len(samples)], number) for number in range(count)]


def _varied(mail: bytes, recipient: bytes, number: int) -> bytes:
    name, _at, domain = recipient.partition(b"@")
    day = b"%02d Nov 2026" % (number % 28 + 1)
    varied = mail.replace(recipient, b"%s%d@%s" % (name, number, domain))
    for written in (b"24 Nov 2026", b"09 Mar 2026", b"9 Mar 2026", b"18 Oct 2026", b"12 Jan 2026"):
        varied = varied.replace(written, day)
    return varied


def mailbox(messages: list[bytes]) -> bytes:
    """Return messages as an mbox."""
    return b"".join(b"From MAILER-DAEMON Tue Nov 24 09:12:44 2026\n" + one.rstrip() + b"\n\n" for one in messages)


def archive(messages: list[bytes]) -> bytes:
    """Return messages as a .zip, every third of them stored as it is."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for number, one in enumerate(messages):
            method = zipfile.ZIP_STORED if number % 3 == 0 else zipfile.ZIP_DEFLATED
            made.writestr(f"posta/{number:05}.eml", one, method)
    return content.getvalue()
