"""Outlook's own reports, whose facts are MAPI properties."""

from datetime import UTC, datetime

import pytest

from codes.bounce import read
from codes.bounce.evidence import evidence_in
from tests.outlook_files import ANNA, REPLY, evidence_is_right, report


def test_a_report_of_outlook():
    found = read(
        report(
            {
                0x3001: "Anna Verdi",
                0x3002: "EX",
                0x3003: "/o=ORG/cn=Recipients/cn=anna",
                0x39FE: ANNA,
                0x0C1B: f"<mx.example.com #5.1.1 smtp;{REPLY}>",
                0x0C20: 511,
                0x0032: datetime(2026, 11, 23, 8, 14, 5, tzinfo=UTC),
            },
            p0049="Preventivo",
            p004E=datetime(2026, 11, 23, 8, 14, 0, tzinfo=UTC),
            p005A="Mario Rossi",
            p0067="mario.rossi@ente.example",
            p0074="Anna Verdi",
            p6820="posta.ente.example",
        )
    )

    (delivery,) = found.deliveries
    assert (found.kind, found.is_bounce, found.reporting_host) == ("delivery-report", True, "posta.ente.example")
    assert (delivery.recipient, delivery.outcome, delivery.spoken_by) == (ANNA, "failed", "remote")
    assert (delivery.reply_code, delivery.enhanced_code, delivery.reply_text) == ("550", "5.1.1", REPLY)
    assert (delivery.remote_host, delivery.at) == ("mx.example.com", "2026-11-23T08:14:05+00:00")
    assert (found.original.sender, found.original.subject) == ("mario.rossi@ente.example", "Preventivo")
    assert found.original.date == "Mon, 23 Nov 2026 08:14:00 +0000"
    (pieces,) = evidence_in(found)
    assert {"reply_code", "enhanced_code", "recipient"} <= {piece.what for piece in pieces}
    assert evidence_is_right(found)


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        ("NDR", "failed"),
        ("DR", "delivered"),
        ("Delayed.DR", "delayed"),
        ("Relayed.DR", "relayed"),
        ("Expanded.DR", "expanded"),
    ],
)
def test_the_class_of_a_report_says_what_became_of_the_mail(kind, outcome):
    (delivery,) = read(report({0x3003: ANNA}, kind=kind)).deliveries

    assert (delivery.recipient, delivery.outcome) == (ANNA, outcome)
    assert (delivery.reply_code, delivery.enhanced_code) == (None, None)


@pytest.mark.parametrize(
    ("number", "enhanced"),
    [(511, "5.1.1"), (550, "5.5.0"), (570, "5.7.0"), (422, "4.2.2"), (500, None), (0, None), (350, None), (5110, None)],
)
def test_the_status_number_is_an_enhanced_code_and_never_a_reply_code(number, enhanced):
    (delivery,) = read(report({0x3003: ANNA, 0x0C20: number})).deliveries

    assert (delivery.reply_code, delivery.enhanced_code) == (None, enhanced)


@pytest.mark.parametrize(
    ("info", "number", "reply_code", "enhanced", "host"),
    [
        ("<mx.example.com #5.7.26 smtp;550 not accepted>", 570, "550", "5.7.26", "mx.example.com"),
        ("<mx.example.com #5.1.1>", 511, None, "5.1.1", "mx.example.com"),
        ("<#5.4.14 smtp;554 5.4.14 Hop count exceeded>", 540, "554", "5.4.14", None),
        ("550 5.1.1 RESOLVER.ADR.RecipNotFound; not found", 511, "550", "5.1.1", None),
        ("smtp;452 4.2.2 mailbox full", 422, "452", "4.2.2", None),
        ("", 511, None, "5.1.1", None),
    ],
)
def test_supplementary_info_in_each_of_its_forms(info, number, reply_code, enhanced, host):
    (delivery,) = read(report({0x3003: ANNA, 0x0C1B: info, 0x0C20: number})).deliveries

    assert (delivery.reply_code, delivery.enhanced_code, delivery.remote_host) == (reply_code, enhanced, host)


def test_the_remote_host_has_a_property_of_its_own():
    (delivery,) = read(report({0x3003: ANNA, 0x0C21: "mx2.example.com", 0x0C20: 511})).deliveries

    assert delivery.remote_host == "mx2.example.com"


def test_each_recipient_of_a_report_and_not_its_addressee():
    found = read(
        report(
            {0x3003: "mario.rossi@ente.example"},
            {0x3003: ANNA, 0x0C1B: f"<mx.example.com #5.1.1 smtp;{REPLY}>"},
            {0x3003: "b@example.org", 0x0C1B: "<mx.example.org #5.2.2 smtp;552 5.2.2 Mailbox full>"},
        )
    )

    assert [(one.recipient, one.reply_code) for one in found.deliveries] == [(ANNA, "550"), ("b@example.org", "552")]


@pytest.mark.parametrize("where", ["message", "row"])
def test_the_report_text_speaks_where_nothing_else_does(where):
    text = (
        f"Your message did not reach some or all of the intended recipients.\n\n{ANNA} on 23/11/2026 09:14\n{REPLY}\n"
    )
    data = report({0x3003: ANNA}, p1001=text) if where == "message" else report({0x3003: ANNA, 0x1001: text})

    found = read(data)

    assert [(one.recipient, one.reply_code, one.enhanced_code) for one in found.deliveries] == [(ANNA, "550", "5.1.1")]
    assert evidence_is_right(found)


def test_a_report_without_recipients_names_them_in_its_words():
    text = f"Delivery has failed to these recipients or groups:\n\n{ANNA}\n{REPLY}\n"

    assert [(one.recipient, one.reply_code) for one in read(report(p1001=text)).deliveries] == [(ANNA, "550")]
    (nobody,) = read(report()).deliveries
    assert (nobody.recipient, nobody.outcome, nobody.reply_code) == (None, "failed", None)


def test_a_value_cannot_add_fields():
    (delivery,) = read(
        report({0x3003: ANNA, 0x0C1B: "no such user\nFinal-Recipient: rfc822; evil@example.org"})
    ).deliveries

    assert delivery.recipient == ANNA


@pytest.mark.parametrize("kind", ["IPNRN", "IPNNRN"])
def test_a_read_receipt(kind):
    found = read(report(kind=kind, p0C1F=ANNA, p1001="Il messaggio è stato letto."))

    assert (found.kind, found.is_bounce, found.deliveries) == ("read-receipt", False, ())


def test_many_recipients():
    rows = [{0x3003: f"a{number}@example.com", 0x0C20: 511} for number in range(400)]

    assert len(read(report(*rows)).deliveries) == 400
