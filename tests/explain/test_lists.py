"""Which recipients are to be removed, tried again or waited for; what a row of a report says of day and domain."""

import pytest

from codes.bounce import read
from codes.explain import explain
from codes.explain.lists import list_of
from codes.explain.rows import rows_of
from codes.knowledge.entries import Knowledge

REPORT = """\
From: MAILER-DAEMON@mail.example.it
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system at host mail.example.it.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.it
Arrival-Date: Mon, 23 Nov 2026 23:50:00 +0100

Final-Recipient: rfc822; anna@EXAMPLE.com
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {reply}
{more}
--b--
"""


def explained(knowledge: Knowledge, reply: str, action: str = "failed", more: str = ""):
    status = reply.split()[1]
    report = REPORT.format(action=action, status=status, reply=reply, more=more)
    return explain(read(report.encode()), knowledge, "en")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reply", "action", "wanted"),
    [
        pytest.param("550 5.1.1 User unknown", "failed", "remove", id="no such mailbox"),
        pytest.param("550 5.1.1 Sorry", "failed", "remove", id="no such mailbox, by its code"),
        pytest.param("556 5.1.10 Domain does not accept mail (nullMX)", "failed", "remove", id="null MX"),
        pytest.param("550 5.0.0 Recipient address rejected", "failed", None, id="words that only name the subject"),
        pytest.param("550 5.7.1 Message rejected as spam", "failed", None, id="permanent, and the address is right"),
        pytest.param("550 5.2.1 Account is disabled", "failed", None, id="may be opened again"),
        pytest.param("552 5.2.2 Mailbox full", "failed", "retry", id="full, and given up"),
        pytest.param("452 4.2.2 Mailbox full", "delayed", "wait", id="full, and still tried"),
        pytest.param("450 4.1.1 User unknown", "delayed", "wait", id="unknown for now"),
    ],
)
def test_an_address_is_removed_only_where_it_is_wrong(knowledge: Knowledge, reply, action, wanted):
    assert list_of(explained(knowledge, reply, action).deliveries[0], knowledge) == wanted


@pytest.mark.django_db
def test_nobody_is_removed_on_a_guess_or_without_an_address(knowledge: Knowledge):
    assert [
        list_of(each, knowledge) for each in explain(read("550 5.1.1 User unknown"), knowledge, "en").deliveries
    ] == [None]
    guess = explained(knowledge, "550 5.0.0 <anna@example.com>: No")
    assert guess.deliveries[0].basis in ("reply-code", "class")
    assert list_of(guess.deliveries[0], knowledge) is None


@pytest.mark.django_db
def test_a_row_tells_domain_and_day_as_the_input_does(knowledge: Knowledge):
    late = "Last-Attempt-Date: Tue, 24 Nov 2026 00:10:00 +0100"
    (row,) = rows_of("a.eml", explained(knowledge, "550 5.1.1 User unknown", more=late), knowledge, "en")

    assert row["domain"] == "example.com"
    assert row["day"] == "2026-11-24"
    assert row["reason"] == "user-unknown"
    assert row["headline"]


@pytest.mark.django_db
def test_what_is_no_bounce_is_a_row_too(knowledge: Knowledge):
    (row,) = rows_of(
        "a.eml", explain(read("From: a@example.com\nSubject: Lunch\n\nAt one?\n"), knowledge, "en"), knowledge, "en"
    )

    assert (row["outcome"], row["reason"]) == ("none", "not-a-bounce")


@pytest.mark.django_db
def test_where_neither_refusal_nor_mail_has_a_date_the_day_is_that_of_the_notice(knowledge: Knowledge):
    notice = explained(knowledge, "550 5.1.1 User unknown").source_text.replace(
        "Subject:", "Date: 22 Nov 2026 08:00:00 +0100\nSubject:"
    )
    (row,) = rows_of("a.eml", explain(read(notice), knowledge, "en"), knowledge, "en")

    assert row["day"] == "2026-11-22"
