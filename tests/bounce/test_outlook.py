"""Ordinary mails saved as Outlook's .msg: read like the mails they were."""

from datetime import UTC, datetime
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from aspose.email_foss.msg import MapiMessage

from codes.bounce import UnreadableInput, read
from codes.bounce.files import messages
from codes.bounce.outlook import source_of
from tests.outlook_files import (
    ANNA,
    BYTES,
    NOTICE,
    NUMBER,
    ORIGINAL,
    REPLY,
    STATUS,
    TEXT,
    TIME,
    TRANSPORT,
    evidence_is_right,
    mail,
    report,
)


def test_a_notice_saved_as_msg_is_read_like_the_mail_it_was():
    found = read(mail().to_bytes())
    as_mail = read(
        f"{TRANSPORT.partition(chr(10))[2].partition('MIME')[0]}Content-Type: text/plain\n\n{NOTICE}".encode()
    )

    assert found.deliveries[0].recipient == ANNA
    assert (found.kind, found.system, found.is_bounce) == ("notice", "postfix", True)
    assert found.deliveries == as_mail.deliveries
    assert "Microsoft Mail Internet Headers" not in found.source_text
    assert evidence_is_right(found)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ATT00001", "message/delivery-status"),
        ("details.txt", "text/plain"),
        ("ATT00001.dat", "application/octet-stream"),
        ("details.txt", None),
    ],
)
def test_report_parts_that_became_attachments(name, kind):
    made = mail("Il messaggio non è stato consegnato.")
    made.add_attachment(name, STATUS.replace("\n", "\r\n").encode(), mime_type=kind)
    made.add_attachment("ATT00002.txt", ORIGINAL.encode(), mime_type="text/rfc822-headers")
    made.add_attachment("logo.png", b"\x89PNG\r\n\x1a\n" + bytes(100), mime_type="image/png")

    found = read(made.to_bytes())

    delivery = found.deliveries[0]
    assert (found.kind, found.reporting_host) == ("delivery-report", "posta.ente.example")
    assert (delivery.recipient, delivery.reply_code, delivery.enhanced_code) == (ANNA, "550", "5.1.1")
    assert (delivery.remote_host, delivery.queue_id) == ("mx.example.com", "4gQxZ71kqHz9tY")
    assert (found.original.sender, found.original.subject) == ("mario.rossi@ente.example", "Preventivo")
    assert "Il messaggio non è stato consegnato." in found.source_text
    assert evidence_is_right(found)


def test_a_text_attachment_that_is_no_report_says_nothing():
    made = mail("Buongiorno, ecco la fattura.", "From: a@example.com\nSubject: Fattura\nDate: x\n")
    made.add_attachment("fattura.txt", b"Totale: 550 5.1.1 EUR, non recapitabile", mime_type="text/plain")

    found = read(made.to_bytes())

    assert (found.is_bounce, found.deliveries, found.kind) == (False, (), "other")


def test_of_the_mail_that_came_back_only_the_headers_count():
    back = mail("Fattura da 550 EUR, the following address failed: <x@example.com>", "", "IPM.Note")
    back.subject = "Preventivo"
    back.set_property(0x0C1A, TEXT, "Mario Rossi")
    back.set_property(0x5D01, TEXT, "mario.rossi@ente.example")
    made = mail()
    made.add_embedded_message_attachment(back)

    found = read(made.to_bytes())

    assert [delivery.recipient for delivery in found.deliveries] == [ANNA]
    assert (found.original.sender, found.original.subject) == ("mario.rossi@ente.example", "Preventivo")
    assert "550 EUR" not in found.source_text


def test_a_report_that_somebody_forwards_as_an_attachment_is_read():
    inner = mail("Non recapitato.")
    inner.add_attachment("ATT00001", STATUS.encode(), mime_type="message/delivery-status")
    made = mail("Mi aiutate? È tornata indietro.", "From: mario.rossi@ente.example\nSubject: aiuto\nDate: x\n")
    made.add_embedded_message_attachment(inner)

    found = read(made.to_bytes())

    assert [(one.recipient, one.reply_code) for one in found.deliveries] == [(ANNA, "550")]


def test_an_attached_eml_keeps_its_own_charset():
    inner = (
        "From: MAILER-DAEMON@example.com\nSubject: failure notice\nContent-Type: text/plain; charset=iso-8859-1\n\n"
        "Hi. I wasn't able to deliver your message to the following addresses.\n"
        f"<{ANNA}>:\n550 5.1.1 utente perché sconosciuto\n"
    ).encode("iso-8859-1")
    made = mail("Vedi allegato", "From: mario.rossi@ente.example\nSubject: aiuto\nDate: x\n")
    made.add_attachment("avviso.eml", inner)

    (delivery,) = read(made.to_bytes()).deliveries

    assert (delivery.recipient, delivery.reply_text) == (ANNA, "550 5.1.1 utente perché sconosciuto")


def test_a_body_in_html_alone_and_headers_from_properties():
    made = mail("", "")
    made.subject = "Non recapitabile: Preventivo"
    made.set_property(0x0C1A, TEXT, "Mail Delivery System")
    made.set_property(0x0C1F, TEXT, "MAILER-DAEMON@posta.ente.example")
    made.set_property(0x0039, TIME, datetime(2026, 11, 23, 8, 14, 5, tzinfo=UTC))
    made.set_property(
        0x1013, BYTES, f"<p>Perché è tornata:</p><p>&lt;{ANNA}&gt;: {REPLY.replace('<', '&lt;')}</p>".encode()
    )
    made.set_property(0x3FDE, NUMBER, 65001)

    found = read(made.to_bytes())

    assert [(one.recipient, one.reply_code) for one in found.deliveries] == [(ANNA, "550")]
    assert "Date: Mon, 23 Nov 2026 08:14:05 +0000" in found.source_text
    assert "Perché è tornata:" in found.source_text


def test_text_of_eight_bits_in_a_code_page_nobody_knows():
    made = MapiMessage.create("failure notice", NOTICE, unicode_strings=False)
    made.set_property(0x3FFD, NUMBER, 12345)
    made.set_property(0x3FDE, NUMBER, 12345)

    found = read(made.to_bytes())

    assert [(one.recipient, one.reply_code) for one in found.deliveries] == [(ANNA, "550")]


def test_an_automatic_answer_of_outlook():
    made = mail("Sono in ferie.", "", "IPM.Note.Rules.OofTemplate.Microsoft")
    made.subject = "Risposta"
    made.set_property(0x5D01, TEXT, ANNA)

    found = read(made.to_bytes())

    assert (found.kind, found.deliveries[0].recipient) == ("auto-reply", ANNA)


def test_a_signed_mail_keeps_its_mime_whole():
    entity = (
        'Content-Type: multipart/signed; boundary="s"; protocol="application/pkcs7-signature"\r\n\r\n--s\r\n'
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{NOTICE}\r\n--s\r\n"
        "Content-Type: application/pkcs7-signature\r\nContent-Transfer-Encoding: base64\r\n\r\nMIIF\r\n--s--\r\n"
    )
    made = mail("", kind="IPM.Note.SMIME.MultipartSigned")
    made.add_attachment("smime.p7m", entity.encode(), mime_type="multipart/signed")

    assert [(one.recipient, one.reply_code) for one in read(made.to_bytes()).deliveries] == [(ANNA, "550")]


@pytest.mark.parametrize("kind", ["IPM.Contact", "IPM.Appointment", "IPM.Task", "IPM.StickyNote", "ipm.contact.mine"])
def test_what_is_no_mail_says_so(kind):
    with pytest.raises(UnreadableInput) as caught:
        read(mail(kind=kind).to_bytes())

    assert caught.value.code == "outlook-item"


def test_the_source_is_the_same_every_time():
    made = mail().to_bytes()

    assert source_of(made) == source_of(made)


def test_a_file_of_outlook_is_one_message():
    data = report({0x3003: ANNA})

    assert list(messages("a.msg", data)) == [("a.msg", data)]


def test_an_outlook_file_attached_to_a_mail_is_read_as_the_notice_it_is():
    letter = MIMEMultipart()
    letter["From"], letter["To"], letter["Subject"] = "mario@ente.example", "helpdesk@ente.example", "aiuto"
    letter.attach(MIMEText("Ciao, mi torna indietro con errore 550."))
    letter.attach(MIMEApplication(mail().to_bytes(), "vnd.ms-outlook", name="Non recapitabile.msg"))
    found = read(letter.as_bytes())
    assert [(one.recipient, one.enhanced_code) for one in found.deliveries] == [(ANNA, "5.1.1")]
