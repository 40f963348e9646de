"""The reader as a whole: any input gives a report or one documented error."""

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codes.bounce import UnreadableInput, read
from codes.bounce.dates import iso_date
from codes.bounce.evidence import evidence_in

NOTICE = """This is the mail system at host posta.example.it.

<anna@example.com>: host mx.example.com[192.0.2.25] said: 550 5.1.1
    <anna@example.com>: Recipient address rejected: User unknown (in reply to RCPT TO command)
"""


def only(report):
    """Return the one delivery of a report."""
    (delivery,) = report.deliveries
    return delivery


def test_words_of_the_returned_message_never_count():
    text = NOTICE + "\n--- Original message ---\nSubject: 452 4.2.2 mailbox full, relay denied\n\n554 5.7.1 spam\n"
    assert only(read(text)).reply_code == "550"


def test_a_quoted_notice_is_read_like_a_plain_one():
    quoted = "\n".join(f"> {line}" for line in NOTICE.splitlines())
    assert only(read(quoted)).recipient == "anna@example.com"


def test_line_ends_make_no_difference():
    reports = [read(NOTICE.replace("\n", end)) for end in ("\n", "\r\n", "\r")]
    assert len({(only(report).recipient, only(report).reply_text, only(report).stage) for report in reports}) == 1


@pytest.mark.parametrize(
    ("text", "outcome", "bounce"),
    [
        ("550 5.1.1 no", "failed", True),
        ("421 busy", "delayed", True),
        ("5.1.1 no", "failed", True),
        ("250 2.1.5 Ok", None, False),
        ("354 go on", None, False),
    ],
)
def test_a_bare_reply_is_judged_by_its_first_digit(text, outcome, bounce):
    report = read(text)
    assert report.kind == "reply"
    assert report.is_bounce is bounce
    assert [delivery.outcome for delivery in report.deliveries] == ([outcome] if outcome else [])


@pytest.mark.parametrize(
    "text", ["Ciao, ci vediamo domani?", "La versione 5.1.1 costa 550 EUR.\nCordiali saluti\nAnna"]
)
def test_ordinary_words_are_no_bounce(text):
    report = read(text)
    assert (report.kind, report.is_bounce, report.deliveries) == ("other", False, ())


@pytest.mark.parametrize(
    ("text", "outcome", "enhanced"),
    [
        (
            "Host or domain name not found. Name service error for name=nowhere.example type=MX: Host not found",
            "failed",
            None,
        ),
        ("Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)", "delayed", "4.4.1"),
        ("sorry, no mailbox here by that name (#5.1.1 - chkuser)", "failed", "5.1.1"),
        ("connect to mx.example.org[198.51.100.25]:25: No route to host", "delayed", None),
        ("retry timeout exceeded", "expired", None),
    ],
)
def test_what_mail_software_says_by_itself_is_a_reply_without_a_reply_code(text, outcome, enhanced):
    report = read(text)
    assert (report.kind, report.is_bounce) == ("reply", True)
    assert (only(report).outcome, only(report).reply_code, only(report).enhanced_code) == (outcome, None, enhanced)


def test_an_expired_message_keeps_the_cause_of_its_last_try():
    delivery = only(
        read(
            "Jan 10 08:00:01 mx postfix/smtp[311]: 4Abc12Xyz9z: to=<t@example.com>, "
            "relay=mx.example.com[192.0.2.5]:25, delay=3, delays=0/0/1/2, dsn=4.2.2, status=deferred "
            "(host mx.example.com[192.0.2.5] said: 452 4.2.2 full "
            "(in reply to RCPT TO command))\n"
            "Jan 15 08:00:03 mx postfix/qmgr[200]: 4Abc12Xyz9z: from=<u@example.it>, status=expired, returned to sender"
        )
    )
    assert (delivery.outcome, delivery.became_permanent) == ("expired", True)
    assert (delivery.reply_code, delivery.enhanced_code, delivery.stage) == ("452", "4.2.2", "rcpt")


def test_a_server_that_refused_a_client_is_the_speaker_itself():
    delivery = only(
        read(
            "Dec  4 04:30:09 mx postfix/smtpd[585]: NOQUEUE: reject: RCPT from out.example.org[192.0.2.1]: 550 5.1.1 "
            "<b@example.com>: Recipient address rejected: User unknown; from=<a@example.org> to=<b@example.com> "
            "proto=ESMTP helo=<out.example.org>"
        )
    )
    assert (delivery.recipient, delivery.stage, delivery.spoken_by, delivery.remote_host) == (
        "b@example.com",
        "rcpt",
        "own-server",
        "out.example.org",
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty"), (b" \r\n\t\x00", "empty"), (b"\x89PNG\r\n\x1a\n", "binary"), (bytes(range(256)) * 20, "binary")],
)
def test_what_cannot_be_read_says_why(data, code):
    with pytest.raises(UnreadableInput) as caught:
        read(data)
    assert caught.value.code == code


def test_evidence_points_at_what_it_quotes():
    report = read(NOTICE)
    (pieces,) = evidence_in(report)
    assert {piece.what for piece in pieces} >= {"reply_code", "enhanced_code", "recipient", "remote_host", "stage"}
    assert all(report.source_text[piece.start : piece.end] == piece.quote for piece in pieces)
    assert all(first.end <= second.start for first, second in pairwise(pieces))


FRAGMENTS = st.sampled_from(
    [
        "From: MAILER-DAEMON@example.com\n",
        "Content-Type: multipart/report; boundary=b\n",
        "Content-Transfer-Encoding: base64\n",
        "\n--b\nContent-Type: message/delivery-status\n\n",
        "Final-Recipient: rfc822; a@example.com\n",
        "Status: 5.1.1\n",
        "Action: failed\n",
        "Diagnostic-Code: smtp; 550-5.1.1 no\n 550 5.1.1 user\n",
        "<a@example.com>: host mx.example.com[192.0.2.1] said: 550 5.1.1 no (in reply to RCPT TO command)\n",
        ">>> RCPT TO:<a@example.com>\n<<< 550 no\n",
        "('550', ['5.1.1 ",
        '{"notificationType":"Bounce","bounce":{"bouncedRecipients":[{}]}}',
        "\x1b$B",
        "\ud800",
        "=?utf-8?b?",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(FRAGMENTS, st.text(max_size=60)), max_size=12).map("".join))
def test_no_text_makes_the_reader_fail(text):
    try:
        report = read(text)
    except UnreadableInput:
        return
    assert report == read(text), "the same input gives the same report"
    for delivery in report.deliveries:
        assert delivery.reply_code is None or delivery.reply_code in text


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=2000))
def test_no_bytes_make_the_reader_fail(data):
    with suppress(UnreadableInput):
        read(data)


@pytest.mark.parametrize(
    "header",
    [
        'Content-Type: text/plain; charset="utf\x00-8"',
        "Subject: =?utf-8?q?=00?= =?unknown-8bit?q?caff=E8?= =?\u00e8?b?AAA?=",
    ],
)
def test_a_header_that_breaks_the_library_does_not_break_the_reader(header):
    mail = f"From: MAILER-DAEMON@example.it\nMIME-Version: 1.0\n{header}\n\n{NOTICE}".encode()
    assert only(read(mail)).reply_code == "550"


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("Fri, 9 Jan 99999999999999999999 15:34:20 +0100", None),
        ("Fri, 9 Jan 2026 15:34:20 +99999999999999999999", "2026-01-09T15:34:20"),
    ],
)
def test_an_impossible_date_is_none_and_an_impossible_zone_is_left_out(written, date):
    assert iso_date(written) == date


def test_a_line_that_nearly_fits_an_appliances_log_is_read_without_trying_every_split():
    head = "Info: Bounced: DCID 1 MID 2 From: <a@b.example> To: <c@d.example> RID 0 - 5.1.0 - Unknown "
    assert read(head * 400).kind != "log"  # one pattern for the whole line took over 8 s for 16


@pytest.mark.parametrize(
    "text",
    [
        "Una mail torna con 550 5.1.1 User unknown. Il nostro indirizzo è carla@example.org, grazie",
        "550 5.1.1 User unknown when we write to a customer.\n\nKind regards, Carla (carla@example.org)",
        "Unsere Adresse: carla@example.org. Fehler: 550 5.1.1 User unknown",
        "Errore: 550 5.1.1 User unknown. Grazie, Carla Riva carla@example.org",
        "Sono Carla della segreteria (carla@example.org). Errore: 550 5.1.1 User unknown",
        "Richiedente: Carla Riva <carla@example.org>\nErrore: 550 5.1.1 User unknown",
        "Account: carla@example.org\nErrore: 550 5.1.1 User unknown",
        "Errore: 550 5.1.1 User unknown. Si prega di rispondere a carla@example.org",
        "La collega carla@example.org mi segnala 550 5.1.1 User unknown su tutte le mail",
        "User carla@example.org gets 550 5.1.1 User unknown when sending to other domains",
        "Errore 550 5.1.1 User unknown su Outlook di Carla (carla@example.org)",
        "550 5.1.1 User unknown. Ho già scritto a supporto@example.org ma non rispondono.",
        "We get 550 5.1.1 User unknown. The ticket was assigned to noc@example.org.",
        "Errore: 550 5.1.1 User unknown\n\nCarla Riva\nDitta Esempio S.r.l.\ncarla@example.org\nwww.example.org",
    ],
)
def test_who_asks_for_help_is_not_the_one_who_was_not_reached(text):
    assert only(read(text)).recipient is None


def test_an_equals_sign_inside_an_address_belongs_to_it():
    assert only(read("550 5.1.1 <bounce+anna=example.com@lists.example.org>: User unknown")).recipient == (
        "bounce+anna=example.com@lists.example.org"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Invoices to anna@example.com bounce: 550 5.1.1 User unknown. Carla, carla@example.org",
        "Our customer (anna@example.com) never gets our mail: 550 5.1.1 User unknown",
        "Le mail dirette ad anna@example.com ci ritornano: 550 5.1.1 User unknown. Contatto: carla@example.org",
        "Als ik mail naar anna@example.com krijg ik 550 5.1.1 User unknown",
        "I'm Carla (carla@example.org). Mail to my colleague at anna@example.com fails: 550 5.1.1 User unknown",
        "Il contratto per lo studio (anna@example.com) mi viene rifiutato: 550 5.1.1 User unknown",
        "Da: carla@example.org\nA: anna@example.com\nStato: Errore\nTesto: 550 5.1.1 User unknown",
        "Delivery to the following recipients failed. anna@example.com 550 5.1.1 User unknown. Thanks, Carla c@e.org",
        "note: Sorry it didn't work out. <anna@example.com>: 192.0.2.1 does not like recipient. Remote host said: "
        "550 5.1.1 User unknown Giving up on 192.0.2.1.",
        "Messaggio non recapitato a: Anna Verdi <anna@example.com> 550 5.1.1 User unknown",
    ],
)
def test_a_sentence_tells_who_was_not_reached(text):
    assert only(read(text)).recipient == "anna@example.com"


@pytest.mark.parametrize(
    "text",
    [
        'Can somebody explain what "550 5.1.1" means in general?',
        "How do I configure our server to answer 550 5.7.1 to senders without a name?",
    ],
)
def test_who_asks_about_codes_has_no_mail_back(text):
    assert not read(text).is_bounce
