"""Taking replies apart, and finding the one that decided."""

import pytest

from codes.bounce.reply import decisive_reply, enhanced_code_in, find_replies, parse_reply


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("550 5.1.1 User unknown", ("550", "5.1.1", "550 5.1.1 User unknown")),
        ("550-5.1.1 No such\n550 5.1.1 mailbox", ("550", "5.1.1", "550 5.1.1 No such mailbox")),
        ("550-5.1.1 No such. 550 5.1.1 mailbox", ("550", "5.1.1", "550 5.1.1 No such. mailbox")),
        ("550: <a@example.com>: User unknown", ("550", None, "550 <a@example.com>: User unknown")),
        ("554 no such user (#5.1.1)", ("554", "5.1.1", "554 no such user (#5.1.1)")),
        ("550 #5.1.0 Address rejected", ("550", "5.1.0", "550 5.1.0 Address rejected")),
    ],
    ids=["plain", "two lines", "two lines folded into one", "colon", "code in brackets", "hash"],
)
def test_a_reply_is_read_with_its_codes_and_on_one_line(text, expected):
    reply = parse_reply(text)
    assert (reply.reply_code, reply.enhanced_code, reply.text) == expected


@pytest.mark.parametrize(
    ("text", "code", "enhanced"),
    [
        (
            "host mx.example.com[192.0.2.5] said: 550\n    5.2.2 <a@example.com>... Full (in reply to RCPT TO)",
            "550",
            "5.2.2",
        ),
        (
            ">>> DATA\n<<< 550 5.1.1 No\n550 5.1.1 a... User unknown\n<<< 503 5.0.0 Need RCPT (recipient)",
            "550",
            "5.1.1",
        ),
        ("smtp; 5.1.0 - Unknown address error 550-'5.1.1 no' (delivery attempts: 0)", "550", "5.1.1"),
        ("- 5.1.0 - Unknown address error ('550', ['5.1.1 no', 'user']) []", "550", "5.1.1"),
        ("#< #5.5.1 smtp;502 5.5.1 Unrecognized command> #SMTP#", "502", "5.5.1"),
        ("returned '451 4.4.0 Primary target responded with: \"451 4.7.3 slow.\" Attempted'", "451", "4.7.3"),
        ("550 5.7.1 rejected: host inner.example[192.0.2.1] said: 554 5.7.9 no", "554", "5.7.9"),
    ],
    ids=["Postfix", "Sendmail", "ESA report", "ESA log", "Exchange", "Exchange nested", "quoted inside"],
)
def test_the_inner_reply_decides(text, code, enhanced):
    reply = decisive_reply(text)
    assert (reply.reply_code, reply.enhanced_code) == (code, enhanced)


@pytest.mark.parametrize(
    "text",
    [
        "La fattura di 550 EUR è scaduta",
        "Totale: 550 euro",
        "connect to mx.example.com:587: timed out",
        "Received: from 550.example.com (192.0.2.250)",
        "version 5.1.1 of the software",
        "il numero 554123456",
        "Size: 550 bytes",
    ],
)
def test_a_number_that_only_looks_like_a_code_is_none(text):
    assert decisive_reply(text) is None


def test_a_software_version_is_no_enhanced_code():
    assert enhanced_code_in("Exim 4.99.5 says nothing") is None
    assert enhanced_code_in("Sorry, no mailbox here by that name. (#5.1.1)") == "5.1.1"


def test_codes_that_disagree_are_both_kept():
    reply = parse_reply("550 4.2.1 try again later")
    assert (reply.reply_code, reply.enhanced_code) == ("550", "4.2.1")


def test_a_subject_above_does_not_hide_the_reply_at_the_end_of_a_long_line():
    text = (
        "Subject: Preventivo\n\nWhat the server told us of anna@example.com and its mailbox today: 550 no such mailbox"
    )
    assert [reply.text for reply in find_replies(text)] == ["550 no such mailbox"]


def test_among_many_replies_the_decisive_one_is_put_together_whole():
    session = "".join(f"<<< 250 2.1.5 user{number}@example.com ok\n" for number in range(60))
    words = "the recipient's mailbox is full, " * 20
    reply = decisive_reply(f"{session}<<< 552 5.2.2 {words.strip(' ,')}\n{session}")
    assert reply is not None
    assert (reply.reply_code, reply.enhanced_code) == ("552", "5.2.2")
    assert len(reply.text) > len(words)
