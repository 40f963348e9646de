"""Reading a log while it grows tells what reading it whole tells."""

from collections import Counter
from itertools import zip_longest
from pathlib import Path

import pytest

from codes.bounce.logs import read_log
from codes.bounce.logs.following import FINAL, Following

LOGS = sorted((Path(__file__).parent / "samples").glob("*.log"))
POSTFIX = (
    "Nov 23 10:00:00 mx postfix/smtp[1]: {queue}: to=<{to}>, relay=mx.example.net[192.0.2.1]:25, dsn={dsn}, "
    "status={status} (host mx.example.net[192.0.2.1] said: {words})"
)
EXPIRED = "Nov 28 10:00:00 mx postfix/qmgr[1]: 4ABC12: from=<a@example.org>, status=expired, returned to sender"
REMOVED = "Nov 23 10:00:01 mx postfix/qmgr[1]: 4ABC12: removed"


def deferred(to, queue="4ABC12"):
    return POSTFIX.format(queue=queue, to=to, dsn="4.2.2", status="deferred", words="452 4.2.2 Mailbox full")


def bounced(to, queue="4ABC12"):
    return POSTFIX.format(queue=queue, to=to, dsn="5.1.1", status="bounced", words="550 5.1.1 User unknown")


def lines_of(path):
    return path.read_bytes().decode("utf-8", "replace").splitlines()


def facts(log):
    """Return what is told of the deliveries that came to their end."""
    told = log.deliveries if log else ()
    return [
        (one.queue_id, one.recipient, one.outcome, one.reply_text, one.at, one.remote_ip)
        for one in told
        if one.outcome in FINAL
    ]


def followed(lines, **options):
    following = Following(**options)
    return [fact for line in lines for fact in facts(following.read(line))]


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.stem)
def test_each_log_tells_line_by_line_what_it_tells_whole(path):
    lines = lines_of(path)
    assert Counter(followed(lines)) == Counter(facts(read_log("\n".join(lines))))


def test_logs_of_all_systems_mixed_line_by_line_tell_the_same():
    logs = [lines_of(path) for path in LOGS]
    mixed = [line for lines in zip_longest(*logs) for line in lines if line is not None]
    apart = [fact for lines in logs for fact in followed(lines)]
    assert len(apart) > 50
    assert Counter(followed(mixed)) == Counter(apart)


def test_a_line_of_the_middle_tells_nothing_and_an_end_is_told_once():
    lines = [deferred("anna@example.com"), deferred("bruno@example.com"), bounced("anna@example.com"), EXPIRED, REMOVED]
    following = Following()
    told = [facts(following.read(line)) for line in lines]
    assert [[fact[1:3] for fact in each] for each in told] == [
        [],
        [],
        [("anna@example.com", "failed")],
        [("bruno@example.com", "expired")],
        [],
    ]


def test_delays_are_told_on_request_and_once():
    lines = [deferred("anna@example.com"), deferred("anna@example.com"), deferred("bruno@example.com")]
    following = Following(("delayed",))
    assert [bool(following.read(line)) for line in lines] == [True, False, True]


def test_what_has_left_the_queue_is_forgotten():
    following = Following()
    following.read(deferred("anna@example.com"))
    following.read(REMOVED)
    assert following.characters == 0
    assert following.read(EXPIRED) is None


def test_however_long_a_log_is_little_of_it_is_kept():
    following = Following(most_characters=10_000)
    for number in range(300):
        following.read(deferred(f"{number}@example.com", queue=f"4ABC{number:04d}"))
        assert following.characters <= 10_000
    assert followed([bounced("anna@example.com", queue="4ABC0001")])


def test_refusals_without_a_queue_id_are_each_told():
    line = (
        "Nov 23 10:00:00 mx postfix/smtpd[1]: NOQUEUE: reject: RCPT from mail.example.net[192.0.2.1]: 550 5.1.1 "
        "<x@example.org>: Recipient address rejected: User unknown; from=<a@example.net> to=<x@example.org> proto=ESMTP"
    )
    assert len(followed([line, line])) == 2
