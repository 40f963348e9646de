"""Remarks beside the verdict."""

from dataclasses import replace

import pytest

from codes.bounce import read
from codes.explain import explain
from codes.explain.hints import likely_domain
from codes.knowledge.entries import House

REPORT = """From: MAILER-DAEMON@mx.example.com
Subject: Undelivered Mail Returned to Sender
Message-ID: <1@mx.example.com>
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--b
Content-Type: text/rfc822-headers

Received: from {host} ({host} [192.0.2.77]) by mx.example.com; Mon, 23 Nov 2026 09:14:01 +0100
From: laura@ente.example
Subject: s

--b--
"""
PHISHING = """From: Mail Delivery System <info@shop.example>
To: laura@ente.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <1@shop.example>
Content-Type: text/html

<p>4 messages could not be delivered to: laura@ente.example</p>
<p><a href="http://shop.example/x">Click here</a> to release your pending messages.</p>
"""


def hints(knowledge, text):
    """Return the remarks on the first delivery, by kind."""
    return {hint.kind: hint.value for hint in explain(read(text), knowledge, "it").deliveries[0].hints}


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("a@gmial.com", "gmail.com"),
        ("a@gmaill.com", "gmail.com"),
        ("a@liber.it", "libero.it"),
        ("a@hotmial.it", "hotmail.it"),
        ("a@gmail.it", "gmail.com"),
        ("a@tiscali.com", "tiscali.it"),
        ("a@gmail.com", None),
        ("a@ente.example", None),
        ("a@tin.it", None),
        ("a@fim.it", None),
        ("a@localhost", None),
    ],
)
def test_a_domain_one_edit_or_one_ending_from_a_well_known_one_is_asked_about(knowledge, address, domain):
    assert likely_domain(address, knowledge) == domain


def test_the_question_is_asked_only_where_the_address_is_the_trouble(knowledge):
    assert hints(knowledge, "<a@gmial.com>: host mx.example.com[192.0.2.1] said: 550 5.1.1 User unknown") == {
        "domain-typo": "gmail.com"
    }
    assert hints(knowledge, "<a@gmial.com>: host mx.example.com[192.0.2.1] said: 552 5.2.2 Mailbox full") == {}


def test_our_own_domain_is_never_in_question(knowledge):
    ours = replace(knowledge, house=House(own_domains=("gmial.com",)))
    assert likely_domain("a@gmial.com", ours) is None


def test_a_mail_that_passed_none_of_our_hosts_is_backscatter(knowledge):
    ours = replace(knowledge, house=House(own_domains=("ente.example",), own_hosts=("posta.ente.example",)))
    foreign = REPORT.format(recipient="a@example.com", host="bot.example.net")
    own = REPORT.format(recipient="a@example.com", host="posta.ente.example")
    assert "backscatter" in hints(ours, foreign)
    assert "backscatter" not in hints(ours, own)
    assert "backscatter" not in hints(knowledge, foreign), "without own hosts nothing can be said"


def test_a_notice_that_only_wants_a_click_is_no_bounce(knowledge):
    explanation = explain(read(PHISHING), knowledge, "it")
    assert explanation.is_bounce is False
    assert [hint.kind for hint in explanation.deliveries[0].hints] == ["suspicious"]
    assert explanation.deliveries[0].reason == "not-a-bounce"


def test_a_real_notice_with_a_help_link_is_a_bounce(knowledge):
    text = PHISHING.replace("info@shop.example", "mailer-daemon@mail.example").replace("Click here", "Help")
    assert explain(read(text), knowledge, "it").is_bounce is True
