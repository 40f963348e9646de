"""An explanation says that others see the same, where the cause may strike many."""

import datetime

import pytest

from codes.counting.recent import FEWEST, HOURS, recent, this_hour
from codes.counting.storing import clean_up
from codes.counting.tally import tally
from codes.models import HourCount
from tests.counting.test_tally import nothing_counted

pytestmark = pytest.mark.django_db

__all__ = ["nothing_counted"]

BUSY = "451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77714)"
UNKNOWN = "550 5.1.1 <mario.rossi@example.it>: Recipient address rejected: User unknown"
SAID = "Others see it too"


@pytest.fixture(autouse=True)
def nothing_seen():
    recent.__init__()
    yield
    recent.__init__()


def pasted(client, text: str) -> str:
    return client.post("/en/explain/", {"text": text, "as": "notice"}).content.decode()


def test_the_same_trouble_at_the_same_provider_is_counted_and_said(client):
    for _ in range(FEWEST):
        assert SAID not in pasted(client, BUSY)
    tally.flush()
    recent.read()
    assert f"{SAID}: {FEWEST} explanations" in pasted(client, BUSY)
    row = HourCount.objects.get()
    assert (row.hour, row.count, bool(row.reason), bool(row.provider)) == (this_hour(), FEWEST, True, True)


def test_what_concerns_one_person_is_nobody_elses(client):
    for _ in range(FEWEST):
        pasted(client, UNKNOWN)
    tally.flush()
    recent.read()
    assert SAID not in pasted(client, UNKNOWN)


def test_hours_add_up_and_old_ones_say_nothing():
    hour = this_hour()
    for age, count in ((0, 3), (HOURS - 1, 4), (HOURS, 100)):
        at = hour - datetime.timedelta(hours=age)
        HourCount.objects.create(hour=at, reason="server-busy", provider="gmail", count=count)
    recent.read()
    others = recent.others("server-busy", "servers", "gmail")
    assert (others.count, others.since) == (7, hour - datetime.timedelta(hours=HOURS - 1))
    assert recent.others("server-busy", "servers", "yahoo") is None


def test_counts_by_hour_go_after_two_days():
    for days in (1, 3):
        HourCount.objects.create(hour=this_hour() - datetime.timedelta(days=days), reason="loop", count=1)
    clean_up()
    assert HourCount.objects.count() == 1
