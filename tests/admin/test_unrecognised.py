"""What was not understood is a queue; one step makes a known message of a row."""

import datetime

import pytest
from django.urls import reverse

from codes.models import Reason, Signature, UnrecognisedReply
from tests.admin.test_forms import errors, form_data

pytestmark = pytest.mark.django_db

QUEUE = "admin:codes_unrecognisedreply_changelist"
ADD = "admin:codes_signature_add"
DAY = datetime.date(2026, 11, 20)


@pytest.fixture
def rows():
    """Two shapes that wait."""
    return [
        UnrecognisedReply.objects.create(shape=shape, basis="class", count=count, first_day=DAY, last_day=DAY)
        for shape, count in (
            ("550 the gnomes of {host} ate the letter for <{address}>", 3),
            ("450 4.7.1 the elves are on strike until {number}", 9),
        )
    ]


def shown(page):
    return [row.shape for row in page.context["cl"].result_list]


def test_the_most_frequent_is_first(admin_client, rows):
    assert shown(admin_client.get(reverse(QUEUE))) == [rows[1].shape, rows[0].shape]


def test_ignoring_is_remembered_and_can_be_taken_back(admin_client, rows):
    row = rows[1]
    action = {"action": "ignore", "_selected_action": [row.pk]}
    assert admin_client.post(reverse(QUEUE), action, follow=True).status_code == 200
    assert shown(admin_client.get(reverse(QUEUE))) == [rows[0].shape]
    ignored = f"{reverse(QUEUE)}?state=ignored"
    assert shown(admin_client.get(ignored)) == [row.shape]
    admin_client.post(ignored, {"action": "take_back", "_selected_action": [row.pk]})
    assert len(shown(admin_client.get(reverse(QUEUE)))) == 2


def test_a_row_becomes_a_known_message(admin_client, rows):
    address = f"{reverse(ADD)}?reply={rows[0].pk}"
    assert address in admin_client.get(reverse(QUEUE)).content.decode()
    data = form_data(admin_client.get(address))
    assert data["patterns"] == "the gnomes of * ate the letter for"
    assert "anna@example.com" in data["examples"]
    data |= {"slug": "gnomes", "title_en": "Gnomes", "reason": Reason.objects.get(slug="policy").pk}
    response = admin_client.post(address, data)
    assert response.status_code == 302, errors(response)
    rows[0].refresh_from_db()
    assert rows[0].signature == Signature.objects.get(slug="gnomes")
    assert shown(admin_client.get(reverse(QUEUE))) == [rows[1].shape]
