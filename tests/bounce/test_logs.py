"""Logs: the lines of one delivery are one story, other lines and other deliveries do not disturb it."""

import textwrap

import pytest

from codes.bounce import read
from codes.bounce.logs import read_log


def only(report):
    """Return the one delivery of a report."""
    (delivery,) = report.deliveries
    return delivery


def tai64n(seconds):
    return f"@{(1 << 62) + 10 + seconds:016x}00000000"


QMAIL = """\
{0} new msg 5
{0} starting delivery 1: msg 5 to remote anna@example.com
{0} delivery 1: deferral: Connected_to_192.0.2.1_but_greeting_failed./Remote_host_said:_421_4.3.2_busy/
{0} starting delivery 2: msg 5 to remote anna@example.com
{0} delivery 2: {1}
{0} end msg 5
"""


@pytest.mark.parametrize(
    ("end", "outcome", "code", "attempts"),
    [
        (
            "success: 192.0.2.1_accepted_message./Remote_host_said:_250_ok/",
            "delivered",
            "250",
            ["delayed", "delivered"],
        ),
        (
            "failure: 192.0.2.1_does_not_like_recipient./Remote_host_said:_550_no/",
            "failed",
            "550",
            ["delayed", "failed"],
        ),
        (
            "failure: Connected_to_192.0.2.1_but_greeting_failed./Remote_host_said:_421_4.3.2_busy/"
            "I'm_not_going_to_try_again;_this_message_has_been_in_the_queue_too_long./",
            "expired",
            "421",
            ["delayed", "expired"],
        ),
    ],
)
def test_tries_and_their_end_are_one_story(end, outcome, code, attempts):
    delivery = only(read(QMAIL.format(tai64n(1_794_718_800), end)))
    assert (delivery.outcome, delivery.reply_code, delivery.queue_id) == (outcome, code, "5")
    assert [one.outcome for one in delivery.attempts] == attempts
    assert delivery.became_permanent is (outcome == "expired")


def test_numbers_of_qmail_that_are_used_again_are_other_deliveries():
    text = "".join(
        f"new msg 5\nstarting delivery 1: msg 5 to remote anna@example.com\n"
        f"delivery 1: failure: 192.0.2.1_does_not_like_recipient./Remote_host_said:_{code}_no/\nend msg 5\n"
        for code in ("550", "553")
    )
    assert [one.reply_code for one in read(text).deliveries] == ["550", "553"]


@pytest.mark.parametrize(
    ("stamp", "at"),
    [
        (tai64n(1_794_718_800), "2026-11-15T05:00:00+00:00"),
        ("1794718800.123456", "2026-11-15T05:00:00+00:00"),
        ("Nov 15 06:00:00 posta qmail: 1794718800.123456", "2026-11-15T05:00:00+00:00"),
        ("Nov 15 06:00:00 posta qmail-send[12]:", "Nov 15 06:00:00"),
        ("2026-11-15 06:00:00.123456789", "2026-11-15T06:00:00"),
        ("", None),
    ],
)
def test_the_time_of_qmail_is_utc_where_its_clock_is_written(stamp, at):
    assert only(read(f"{stamp} delivery 1: deferral: Sorry,_no_host._(#4.4.1)/".strip())).at == at


def test_a_url_in_qmails_words_keeps_its_slashes():
    text = "delivery 1: failure: 192.0.2.1_does_not_like_recipient./Remote_host_said:_550_see_https://example.com/a/b/"
    assert only(read(text)).reply_text == "550 see https://example.com/a/b"


DELIVERY = (
    "Nov 16 09:00:0{0} mail smtpd[1]: 5d2f0b7ac1e80011 mta delivery evpid={1} from=<a@example.it> to=<b@example.com> "
    'rcpt=<-> source="-" relay="192.0.2.60 (mx.example.com)" delay=1s result="{2}" stat="{3}"'
)


def test_opensmtpd_joins_by_the_envelope_and_an_expiry_ends_it():
    lines = [
        DELIVERY.format(1, "aaaa000000000001", "TempFail", "451 4.7.1 later"),
        DELIVERY.format(2, "aaaa000000000002", "Ok", "250 2.0.0 Ok"),
        "Nov 16 09:00:03 mail smtpd[1]: relay: Expire for aaaa000000000001: from=<a@example.it>, to=<b@example.com>, "
        "delay=4d, stat=Envelope expired",
    ]
    first, second = read("\n".join(lines)).deliveries
    assert (first.outcome, first.reply_code, first.at) == ("expired", "451", "Nov 16 09:00:03")
    assert (second.outcome, second.reply_code) == ("delivered", "250")
    assert read_log(lines[2]) is None, "what is known from memory decides nothing alone"


def test_haraka_gives_up_on_those_it_still_tried():
    uuid = "7C0F1A22-3B4C-4D5E-8F60-718293A4B5C6.1"
    report = read(
        f'level=NOTICE uuid={uuid} source=outbound message="recipient <a@example.com> deferred: 450 4.2.1 busy"\n'
        f'level=NOTICE uuid={uuid} source=outbound message="bouncing mail: Too many failures (tried for too long)"\n'
    )
    assert (only(report).outcome, only(report).reply_text) == ("expired", "450 4.2.1 busy")


def test_dma_that_bounces_after_deferrals_has_expired():
    delivery = only(
        read(
            "Nov 17 10:00:00 nas dma[2c.55]: <a@example.com> trying delivery\n"
            "Nov 17 10:00:02 nas dma[2c.55]: remote delivery deferred: mx.example.com [192.0.2.7] failed after "
            "RCPT TO: 451 4.7.1 greylisted\n"
            "Nov 22 10:00:02 nas dma[2c.55]: delivery failed, bouncing as 2d.66\n"
            "Nov 22 10:00:03 nas dma[2d.66]: delivery successful\n"
        )
    )
    assert (delivery.recipient, delivery.outcome, delivery.stage) == ("a@example.com", "expired", "rcpt")


def test_rspamd_without_a_verdict_is_no_log_of_deliveries():
    line = "id: <1@a.example>, qid: <4Z>, ip: 192.0.2.1, from: <a@a.example>, (default: F (no action): [1.00/15.00] [])"
    assert not read(line).is_bounce


FIELDS = "#Fields: date-time,source,event-id,message-id,recipient-address,recipient-status\n"


@pytest.mark.parametrize(
    ("recipients", "status", "replies"),
    [
        ("a@example.com", "550 5.7.1 no; really, no", ["550 5.7.1 no; really, no"]),
        ("a@example.com;b@example.com", "550 5.1.1 a;552 5.2.2 b", ["550 5.1.1 a", "552 5.2.2 b"]),
        ("a@example.com;b@example.com", "550 5.1.1 x; y;552 5.2.2 z; w", ["550 5.1.1 x; y", "552 5.2.2 z; w"]),
        ("a@example.com;b@example.com;c@example.com", "550 5.1.1 a;552 5.2.2 b", ["", "", ""]),
        ("a@example.com;b@example.com", "To;Cc", ["", ""]),
    ],
)
def test_statuses_of_exchange_are_counted_before_they_are_shared_out(recipients, status, replies):
    report = read(f'{FIELDS}2026-11-18T07:00:00Z,SMTP,FAIL,<1@a.example>,{recipients},"{status}"\n')
    assert [one.reply_text for one in report.deliveries] == replies


def test_a_tracking_row_without_its_heading_is_read_by_the_usual_columns():
    row = (
        "2026-11-18T07:00:00.1Z,,EX,,EX,,,SMTP,FAIL,1,<1@a.example>,0b7c,a@example.com,550 5.1.1 no,1,1,,,,s@a.example"
    )
    delivery = only(read(row))
    assert (delivery.recipient, delivery.enhanced_code, delivery.at) == (
        "a@example.com",
        "5.1.1",
        "2026-11-18T07:00:00+00:00",
    )


def test_rows_with_the_newest_first_are_told_in_order():
    rows = [
        "2026-11-20T07:00:00Z,SMTP,FAIL,<1@a.example>,a@example.com,550 5.1.1 no\n",
        "2026-11-18T07:00:00Z,SMTP,DEFER,<1@a.example>,a@example.com,451 4.7.1 later\n",
    ]
    delivery = only(read(FIELDS + "".join(rows)))
    assert (delivery.outcome, [one.outcome for one in delivery.attempts]) == ("failed", ["delayed", "failed"])


def test_a_row_with_many_recipients_is_no_line_too_long():
    many = [f"user{number}@example.com" for number in range(1000)]
    report = read(f"{FIELDS}2026-11-18T07:00:00Z,ROUTING,FAIL,<1@a.example>,{';'.join(many)},550 5.4.1 no\n")
    assert len(report.deliveries) == 1000
    assert report.deliveries[-1].reply_code == "550"


def test_an_expired_row_tells_the_last_error_in_its_braces():
    status = "550 4.4.7 QUEUE.Expired; [{LRT=};{LED=451 4.7.1 greylisted};{FQDN=mx.example.com};{IP=192.0.2.4}]"
    delivery = only(read(f'{FIELDS}2026-11-18T07:00:00Z,QUEUE,FAIL,<1@a.example>,a@example.com,"{status}"\n'))
    assert (delivery.outcome, delivery.reply_code, delivery.remote_host) == ("expired", "451", "mx.example.com")


@pytest.mark.parametrize(
    ("above", "led", "outcome"),
    [
        ("", "550 5.1.1 no", "failed"),
        ("", "450 4.2.1 busy", "delayed"),
        ("Event: Fail\n", "450 4.2.1 busy", "expired"),
        ("Event: Defer\n", "450 4.2.1 busy", "delayed"),
    ],
)
def test_the_event_of_trace_details_decides_before_the_code(above, led, outcome):
    details = f"{above}Recipient: a@example.com\nReason: [{{LED={led}}};{{MSG=}};{{FQDN=}};{{IP=}};{{LRT=}}]"
    assert (only(read(details)).recipient, only(read(details)).outcome) == ("a@example.com", outcome)


def test_an_automatic_answer_in_trace_details_is_no_failure():
    assert read_log("Reason: [{LED=250 2.1.5 RESOLVER.OOF.IntToExt; handled};{MSG=};{FQDN=};{IP=};{LRT=}]") is None


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("1/21/2025 3:45:12 AM", "2025-01-21T03:45:12"),
        ("21/01/2025 15:45", "2025-01-21T15:45:00"),
        ("05/11/2025 15:45", None),
        ("2025-01-21T03:45:12Z", "2025-01-21T03:45:12+00:00"),
        ("45/45/2025 15:45", None),
    ],
)
def test_a_date_that_two_countries_read_differently_is_not_guessed(written, at):
    details = f"Reason: [{{LED=450 4.2.1 busy}};{{MSG=}};{{FQDN=}};{{IP=}};{{LRT={written}}}]"
    assert only(read(details)).at == at


def test_a_delivery_that_was_deferred_first_shows_no_refusal():
    delivery = only(
        read(
            "Wed Nov 18 17:10:02 2026 Info: Delayed: DCID 7 MID 5 From: <a@a.example> To: <b@example.com> RID 0 - "
            "4.3.2 - Not accepting messages at this time ('421', ['4.7.0 later'])\n"
            "Wed Nov 18 17:10:01 2026 Info: MID 5 ICID 1 RID 0 To: <b@example.com>\n"
            "Wed Nov 18 17:40:02 2026 Info: Message done DCID 8 MID 5 to RID [0]\n"
        )
    )
    assert (delivery.outcome, delivery.reply_code, len(delivery.attempts)) == ("delivered", None, 1)


def test_a_queued_event_of_the_appliance_is_no_verdict():
    assert (
        read_log("CEF:0|Cisco|C100V|14|ESA_CONSOLIDATED_LOG_EVENT|Event|5|act=DQ ESAMID=1 duser=a@example.com") is None
    )


@pytest.mark.parametrize(
    "words",
    [
        "Ti ho mandato il file, la consegna 45: failure of the press, msg a parte.",
        "EventId is a column of our table\nSource too",
        "Date,Sender,Recipient,Subject,Status\n2026-01-01,a,b,c,Open",
        "Gentile cliente, recipient <a@example.com> rejected: 550 EUR is what you owe.",
    ],
)
def test_words_that_only_resemble_a_log_are_none(words):
    assert read_log(words) is None


@pytest.mark.parametrize(
    "line",
    [
        "delivery 1: failure: " + "a_/" * 1200,
        "(default: qid: <" * 200,
        "recipient <a@b> rejected: outbound " * 100,
        '<bounce mid="1" error="["><rcpt ' * 100,
        "{LED={LED=Reason: [{LED=" * 150,
        "|ESA_CONSOLIDATED_LOG_EVENT|" + "a=b " * 900,
        "1.2.3 - a('5.1.0 - (((Message 1" * 100,
        'x,"FAIL,' * 300,
    ],
)
def test_long_lines_made_to_be_slow_are_read(line):
    read_log("\n".join([line] * 200))


@pytest.mark.parametrize(
    "around",
    [
        "mail-1  | {}",
        "2026-11-23T09:20:01.112Z stdout F {}",
        "Nov 23 09:20:01 node docker/postfix[812]: {}",
        '{{"log": "{}\\n", "stream": "stdout"}}',
        "mail.log:{}",
    ],
    ids=["compose", "containerd", "syslog driver", "json-file", "grep"],
)
def test_what_a_collector_puts_around_a_line_is_taken_off(around):
    line = (
        "Nov 23 09:20:01 mx postfix/smtp[40]: 4FxYz12abc: to=<anna@example.com>, relay=mx.example.com[192.0.2.25]:25, "
        "dsn=4.7.1, status=deferred (host mx.example.com[192.0.2.25] said: 451 4.7.1 Greylisted)"
    )
    delivery = only(read(around.format(line)))
    assert (delivery.recipient, delivery.queue_id, delivery.reply_code) == ("anna@example.com", "4FxYz12abc", "451")


STORY = (
    "Nov 23 09:20:01 mx postfix/smtp[40]: 4FxYz12abc: to=<anna@example.com>, relay=mx.example.com[192.0.2.25]:25, "
    "delay=1.2, delays=0.1/0/0.9/0.2, dsn=4.7.1, status=deferred (host mx.example.com[192.0.2.25] said: 451 4.7.1 "
    "Greylisted (in reply to RCPT TO command))",
    "Nov 28 09:20:01 mx postfix/qmgr[9]: 4FxYz12abc: from=<ugo@example.it>, status=expired, returned to sender",
)


@pytest.mark.parametrize(
    "pasted",
    [
        "\n".join(f"> {line}" for line in STORY),
        "\n".join(f"- {line}" for line in STORY),
        "\n".join(f"`{line}`" for line in STORY),
        "\n".join(f"    {line}" for line in STORY),
        "\n".join(f"{number}:{line}" for number, line in enumerate(STORY, 118)),
        "\n".join(STORY).replace("<", "&lt;").replace(">", "&gt;"),
        "\n".join(STORY).replace("anna@example.com", "anna@example.com<mailto:anna@example.com>"),
        "\n".join(STORY).replace(" ", "\xa0"),
        " ".join(STORY),
        "\n".join(piece for line in STORY for piece in textwrap.wrap(line, 90, break_on_hyphens=False)),
        "\n".join(line[at : at + 80] for line in STORY for at in range(0, len(line), 80)),
        "\n".join(line.removeprefix("Nov 23 09:20:01 ").removeprefix("Nov 28 09:20:01 ") for line in STORY),
        "\n".join(STORY).replace("<", "").replace(">", ""),
    ],
    ids=[
        *("quoted", "list", "code", "indented", "grep", "entities", "links", "blanks of a page"),
        *("on one line", "broken at blanks", "broken by a terminal", "without times", "without brackets"),
    ],
)
def test_a_story_is_read_however_it_was_pasted(pasted):
    delivery = only(read(pasted))
    assert (delivery.recipient, delivery.reply_code, delivery.enhanced_code, delivery.outcome) == (
        "anna@example.com",
        "451",
        "4.7.1",
        "expired",
    )


def test_words_below_a_log_are_no_part_of_its_last_line():
    below = "Grazie\nCarla Riva\nUfficio acquisti\ncarla@example.org"
    assert only(read(f"{STORY[0]}\n{below}")).reply_text == "451 4.7.1 Greylisted"


def test_a_panels_row_with_two_addresses_names_no_recipient_for_certain():
    assert not read_log("Bounced   news@example.org   anna@example.com   550 5.1.1 User unknown")


def test_a_log_in_that_failed_is_no_row_of_a_panel():
    assert not read("2026-11-23 09:00:00 | failed | anna@example.com | wrong password").is_bounce
