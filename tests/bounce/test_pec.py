"""Receipts of Italian certified mail: what daticert.xml says, what the words say, and what must not be believed."""

import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from codes.bounce import read
from codes.bounce.mail import open_mail
from codes.bounce.pec import receipt_in_mail, receipt_in_text
from codes.explain import explain

SAMPLES = Path(__file__).with_name("samples")
XML = """<?xml version="1.0" encoding="UTF-8"?>
<postacert tipo="{kind}" errore="{error}">
  <intestazione><mittente>ufficio@pec.example.it</mittente>
    <destinatari tipo="certificato">ditta@pec.example.com</destinatari>
    <destinatari tipo="esterno">anna@example.com</destinatari>
    <risposte>ufficio@pec.example.it</risposte><oggetto>Sollecito</oggetto></intestazione>
  <dati><gestore-emittente>Gestore Esempio S.p.A.</gestore-emittente>
    <data zona="+0100"><giorno>12/01/2026</giorno><ora>09:41:07</ora></data>
    <identificativo>abc123.20260112094055.1@pec.example.it</identificativo>
    <consegna>ditta@pec.example.com</consegna>{more}</dati>
</postacert>
"""
WORDS = (
    'Il giorno 12/01/2026 alle ore 09:41:07 (+0100) {inside} messaggio\n"Sollecito" proveniente da '
    '"ufficio@pec.example.it"\n{to} "ditta@pec.example.com"\n{sentence}\n'
)
DELIVERED = WORDS.format(
    inside="il", to="ed indirizzato a", sentence="è stato consegnato nella casella di destinazione."
)


def labels():
    """Return what is expected of the PEC samples."""
    rows = (SAMPLES / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    return [label for label in map(json.loads, rows) if label["file"].startswith("pec-")]


def xml(kind="errore-consegna", error="nessuno", detail=None):
    """Return a daticert.xml."""
    return XML.format(kind=kind, error=error, more=f"<errore-esteso>{detail}</errore-esteso>" if detail else "")


def receipt_mail(text, **headers):
    """Return a mail with these words and headers, as bytes."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "posta-certificata@pec.example.com", "ufficio@pec.example.it"
    mail["Subject"], mail["Message-ID"] = "AVVISO", "<r1@pec.example.com>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


@pytest.mark.parametrize(
    ("kind", "outcome", "recipients"),
    [
        ("accettazione", "relayed", ["ditta@pec.example.com", "anna@example.com"]),
        ("non-accettazione", "failed", ["ditta@pec.example.com", "anna@example.com"]),
        ("avvenuta-consegna", "delivered", ["ditta@pec.example.com"]),
        ("errore-consegna", "failed", ["ditta@pec.example.com"]),
        ("rilevazione-virus", "failed", ["ditta@pec.example.com"]),
        ("preavviso-errore-consegna", "delayed", ["ditta@pec.example.com"]),
    ],
)
def test_the_type_says_what_became_of_whom(kind, outcome, recipients):
    report = read(xml(kind))
    assert (report.kind, report.is_bounce, report.language) == ("pec-receipt", True, "it")
    assert [(one.recipient, one.outcome) for one in report.deliveries] == [(name, outcome) for name in recipients]
    assert report.deliveries[0].at == "2026-01-12T09:41:07+01:00"
    assert report.original.sender == "ufficio@pec.example.it"


@pytest.mark.parametrize(
    ("error", "detail", "reason", "basis"),
    [
        ("no-dest", None, "user-unknown", "known-message"),
        ("no-dominio", None, "domain-not-found", "known-message"),
        ("virus", None, "virus", "known-message"),
        ("virus", "5.7.0 - Gestore Esempio S.p.A. - allegato", "virus", "known-message"),
        ("no-dest", "5.1.1 - Gestore Esempio S.p.A. - indirizzo non valido", "user-unknown", "known-message"),
        ("no-dest", "5.2.2 - Gestore Esempio S.p.A. - vedi sopra", "mailbox-full", "enhanced-code"),
        ("no-dest", "5.4.0 - Gestore Esempio S.p.A. - vedi sopra", "user-unknown", "known-message"),
        ("altro", "la casella di posta è piena", "mailbox-full", "known-message"),
        ("altro", "550 5.1.1 User unknown", "user-unknown", "known-message"),
        ("altro", None, "unknown", "none"),
    ],
)
def test_the_reason_comes_from_the_words_of_the_error_and_its_flag(knowledge, error, detail, reason, basis):
    (delivery,) = explain(read(xml(error=error, detail=detail)), knowledge, "it").deliveries
    assert (delivery.reason, delivery.basis) == (reason, basis)


@pytest.mark.parametrize(
    ("detail", "outcome", "reason"),
    [
        ("il messaggio non è stato consegnato nelle prime dodici ore dal suo invio", "delayed", "delayed"),
        ("5.4.1 - Gestore Esempio S.p.A. - non consegnato nelle prime 24 ore", "expired", "expired"),
        ("5.4.1 - Gestore Esempio S.p.A. - tempo scaduto", "expired", None),
        (None, "delayed", "delayed"),
    ],
)
def test_the_two_notices_of_time_are_told_apart(knowledge, detail, outcome, reason):
    (delivery,) = explain(read(xml("preavviso-errore-consegna", "altro", detail)), knowledge, "it").deliveries
    assert (delivery.said.outcome, delivery.said.became_permanent) == (outcome, outcome == "expired")
    assert reason in (None, delivery.reason)


@pytest.mark.parametrize("expected", labels(), ids=lambda label: label["file"])
def test_the_samples_have_their_reasons(expected, knowledge):
    explanation = explain(read((SAMPLES / expected["file"]).read_bytes()), knowledge, "it")
    for label, found in zip(expected["deliveries"], explanation.deliveries, strict=True):
        assert found.reason in label["reasons"]
        labelled = {field: label[field] for field in ("who_acts", "permanence") if field in label}
        assert {field: getattr(found, field) for field in labelled} == labelled


@pytest.mark.parametrize(
    ("inside", "to", "sentence", "outcome"),
    [
        ("il", "ed indirizzato a", "è stato accettato dal sistema ed inoltrato.", "relayed"),
        ("il", "ed indirizzato a", "e' stato correttamente consegnato al destinatario.", "delivered"),
        ("nel", "e destinato all'utente", "è stato rilevato il seguente errore: casella piena", "failed"),
        ("nel", "e destinato all’utente", "È STATO RILEVATO UN ERRORE:\ncasella piena", "failed"),
        ("nel", "ed indirizzato a:", "è stato rilevato un problema che ne impedisce l'accettazione.", "failed"),
        ("nel", "ed indirizzato a:", "&egrave; stato rilevato un problema di sicurezza abc.", "failed"),
        ("il", "ed indirizzato a", "non Ã¨ stato consegnato nelle prime 12 ore dal suo invio.", "delayed"),
        ("il", "ed indirizzato a", "non è stato consegnato nelle prime ventiquattro ore dal suo invio.", "expired"),
    ],
)
def test_the_words_alone_are_read(inside, to, sentence, outcome):
    text = WORDS.format(inside=inside, to=to, sentence=sentence)
    for paste in (text, "> " + text.replace("\n", "\n> "), " ".join(text.split()), receipt_mail(text).as_bytes()):
        report = read(paste)
        (delivery,) = report.deliveries
        assert (report.kind, delivery.recipient, delivery.outcome) == ("pec-receipt", "ditta@pec.example.com", outcome)
        assert report.original.subject == "Sollecito"


@pytest.mark.parametrize(
    ("text", "outcome", "code"),
    [
        ("è stato rilevato un errore:\n5.1.1 - Gestore Esempio S.p.A. - indirizzo non valido", "failed", "5.1.1"),
        ("5.4.1 - G - il messaggio non è stato consegnato nelle prime ventiquattro ore", "expired", "5.4.1"),
        ("a causa di un guasto non è stato consegnato nelle prime dodici ore", "delayed", None),
    ],
)
def test_a_sentence_that_only_receipts_have_is_enough(text, outcome, code):
    report = read(text)
    (delivery,) = report.deliveries
    assert (report.kind, delivery.outcome, delivery.enhanced_code) == ("pec-receipt", outcome, code)


@pytest.mark.parametrize(
    "text",
    [
        "Il messaggio è stato rifiutato dal sistema, perché?",
        "La PEC è stata consegnata? Risulta che è stato accettato dal sistema ed inoltrato.",
        "AVVISO DI MANCATA CONSEGNA: Sollecito\nApra il collegamento per leggere il messaggio.",
        '<postacert tipo="posta-certificata"><dati><consegna>ditta@pec.example.com</consegna></dati></postacert>',
        '<postacert tipo="altro-ancora"/>',
        "<postacert",
    ],
)
def test_what_only_looks_like_a_receipt_is_none(text):
    assert receipt_in_text(text) is None
    assert read(text).kind != "pec-receipt"


def test_nobody_is_guessed_where_the_failed_recipient_is_not_named():
    (delivery,) = read(xml().replace("<consegna>ditta@pec.example.com</consegna>", "")).deliveries
    assert delivery.recipient is None


def test_subjects_cannot_put_elements_into_the_receipt():
    false = "&lt;consegna&gt;eva@example.net&lt;/consegna&gt;<![CDATA[<consegna>eva@example.net</consegna>]]>"
    (delivery,) = read(xml().replace("Sollecito", false)).deliveries
    assert delivery.recipient == "ditta@pec.example.com"


def test_a_header_alone_is_believed_only_from_a_provider():
    plain = receipt_mail("Vedi allegato.", X_Ricevuta="avvenuta-consegna")
    assert receipt_in_mail(open_mail(plain.as_bytes())).deliveries[0].outcome == "delivered"
    plain.replace_header("From", "Banca Esempio <avvisi@example.net>")
    assert receipt_in_mail(open_mail(plain.as_bytes())) is None


def test_a_virus_that_only_a_header_names_is_the_reason(knowledge):
    mail = receipt_mail("Vedi allegato.", X_Ricevuta="errore-consegna", X_VerificaSicurezza="errore")
    (delivery,) = explain(read(mail.as_bytes()), knowledge, "it").deliveries
    assert (delivery.reason, delivery.said.reply_text) == ("virus", "(X-VerificaSicurezza: errore)")


def test_the_id_of_the_original_is_kept():
    mail = receipt_mail(DELIVERED, X_Ricevuta="avvenuta-consegna", X_Riferimento_Message_ID="<s7@pec.example.it>")
    assert read(mail.as_bytes()).original.message_id == "<s7@pec.example.it>"


def test_a_mail_inside_an_envelope_cannot_be_a_receipt_by_its_headers():
    inner = receipt_mail("Apra il collegamento.", X_Ricevuta="avvenuta-consegna")
    envelope = EmailMessage()
    envelope["From"], envelope["Subject"] = "posta-certificata@pec.example.it", "ANOMALIA MESSAGGIO: AVVISO"
    envelope["X-Trasporto"], envelope["Message-ID"] = "errore", "<e1@pec.example.it>"
    envelope.set_content("Anomalia nel messaggio")
    envelope.add_attachment(inner)
    assert read(envelope.as_bytes()).kind == "other"


def test_a_notice_that_returns_a_receipt_is_a_notice():
    notice = (
        "Hi. This is the qmail-send program at mail.example.net.\nI'm afraid I wasn't able to deliver your message "
        "to the following addresses.\n\n<carla@example.net>:\n"
        "Sorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n"
    )
    assert read(notice + DELIVERED).kind == "notice"


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
HOSTILE = {
    "billion laughs": f'<!DOCTYPE postacert [<!ENTITY a0 "ha">{BOMB}]>' + xml(detail="&a11;"),
    "quadratic blow-up": f'<!DOCTYPE p [<!ENTITY a "{"x" * 50_000}">]>' + xml(detail="&a;" * 5_000),
    "external entity": '<!DOCTYPE p [<!ENTITY f SYSTEM "file://SECRET">]>' + xml(detail="&f;"),
    "external document type": '<!DOCTYPE p SYSTEM "http://192.0.2.1/p.dtd">' + xml(detail="x"),
    "document type inside": xml(detail='<!DOCTYPE p [<!ENTITY f SYSTEM "file://SECRET">]>&f;'),
    "5 MB of text": xml(detail="x " * 2_500_000),
    "5 MB of tags": '<postacert tipo="errore-consegna">' + "<a>" * 1_700_000,
    "deep nesting": ('<postacert tipo="errore-consegna">' + "<b>" * 7_900) * 50,
    "comments": ('<postacert tipo="errore-consegna">' + "<!--" * 7_900) * 50,
    "5 MB of beginnings": '<postacert tipo="errore-consegna">' * 150_000,
    "5 MB of subjects": 'messaggio "' * 450_000 + "è stato rilevato un errore: identificativo messaggio",
    "5 MB of days": DELIVERED * 20_000,
    "5 MB of anomalies": "certificati il giorno 12/01/2026 è stato ricevuto il messaggio " * 80_000,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("attached", [False, True])
def test_hostile_xml_is_harmless(name, attached, tmp_path):
    (tmp_path / "secret").write_text("nobody should read this", encoding="utf-8")
    text = HOSTILE[name].replace("SECRET", str(tmp_path / "secret"))
    mail = receipt_mail("Vedi allegato.", X_Ricevuta="errore-consegna")
    mail.add_attachment(text.encode(), "application", "xml", filename="daticert.xml")
    receipt = receipt_in_mail(open_mail(mail.as_bytes())) if attached else receipt_in_text(text)
    for delivery in receipt.deliveries if receipt else ():
        assert len(delivery.reply_text) <= 1200
        assert "haha" not in delivery.reply_text
        assert "nobody should" not in delivery.reply_text
