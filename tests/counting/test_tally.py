"""Explanations leave counts and the shape of what nobody understood; nothing else."""

import datetime

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from codes.bounce import read
from codes.counting import storing
from codes.counting.tally import tally
from codes.explain import explain
from codes.models import ReasonCount, UnrecognisedReply
from codes.views.explain import rehearse

pytestmark = pytest.mark.django_db

STRANGE = "577 the gnomes of mx1.example.it ate the letter for <mario.rossi@example.it>"
SHAPE = "577 the gnomes of {host} ate the letter for <{address}>"


@pytest.fixture(autouse=True)
def nothing_counted():
    """Begin and end with an empty tally: it is the process's own."""
    tally.__init__()
    yield
    tally.__init__()


def paste(client, text):
    assert client.post(reverse("explain"), {"text": text, "as": "notice"}).status_code == 200


def test_what_a_worker_rehearses_at_its_start_is_counted_nowhere(knowledge, monkeypatch):
    shown = []
    monkeypatch.setattr("codes.views.explain.page", lambda request, *_rest: shown.append(request.path))
    rehearse(knowledge)
    tally.flush()

    assert shown == ["/it/explain/", "/en/explain/"]
    assert not ReasonCount.objects.exists()


def test_an_unrecognised_reply_leaves_its_shape(client):
    paste(client, STRANGE)
    tally.flush()
    row = UnrecognisedReply.objects.get()
    today = timezone.localdate()
    assert (row.shape, row.basis, row.count) == (SHAPE, "class", 1)
    assert (row.first_day, row.last_day) == (today, today)


def test_the_same_shape_is_counted_and_the_first_day_stays(client):
    earlier = timezone.localdate() - datetime.timedelta(days=3)
    UnrecognisedReply.objects.create(shape=SHAPE, basis="class", count=5, first_day=earlier, last_day=earlier)
    paste(client, STRANGE)
    paste(client, STRANGE.replace("rossi", "bianchi"))
    tally.flush()
    row = UnrecognisedReply.objects.get()
    assert (row.count, row.first_day, row.last_day) == (7, earlier, timezone.localdate())


def test_a_recognised_reply_leaves_a_count_only(client):
    paste(client, "550 5.1.1 <mario.rossi@example.it>: Recipient address rejected: User unknown")
    tally.flush()
    assert not UnrecognisedReply.objects.exists()
    assert list(ReasonCount.objects.values_list("reason", "count")) == [("user-unknown", 1)]


def test_prose_leaves_nothing(client):
    paste(client, "Buongiorno, ieri Mario mi ha scritto che la sua lettera non era ancora arrivata. Può controllare?")
    tally.flush()
    assert not UnrecognisedReply.objects.exists()


def test_nothing_is_written_while_explaining(client, django_assert_num_queries, knowledge):
    tally.count(explain(read(STRANGE), knowledge, "it"))
    with django_assert_num_queries(0):
        tally.count(explain(read(STRANGE), knowledge, "it"))


def test_counts_wait_while_the_database_does_not_answer(knowledge, monkeypatch):
    def refuse(counts):
        raise DatabaseError

    tally.count(explain(read(STRANGE), knowledge, "it"))
    with monkeypatch.context() as broken:
        broken.setattr("codes.counting.tally.store", refuse)
        tally.flush()
    tally.flush()
    assert UnrecognisedReply.objects.get().count == 1


def test_what_is_not_seen_for_long_goes(settings):
    settings.KEEP_DAYS = 30
    today = timezone.localdate()
    for age in (30, 31):
        day = today - datetime.timedelta(days=age)
        UnrecognisedReply.objects.create(shape=f"550 {age}", basis="class", count=1, first_day=day, last_day=day)
        ReasonCount.objects.create(day=day, reason="unknown", count=1)
    storing.clean_up()
    assert [row.shape for row in UnrecognisedReply.objects.all()] == ["550 30"]
    assert ReasonCount.objects.count() == 1
