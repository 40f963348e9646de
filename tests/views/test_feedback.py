"""“Was this right?” is counted for the entry, and nobody is noted."""

import pytest
from django.urls import reverse

from codes.counting.tally import tally
from codes.models import Feedback, Signature

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted():
    """Begin and end with an empty tally: it is the process's own."""
    tally.__init__()
    yield
    tally.__init__()


def answer(client, **fields):
    return client.post(reverse("feedback"), {"kind": "signature", "key": "user-unknown", "right": "yes"} | fields)


def test_the_question_stands_under_an_explanation_with_what_it_is_about(client):
    text = "550 5.1.1 <mario.rossi@example.it>: Recipient address rejected: User unknown"
    page = client.post(reverse("explain"), {"text": text, "as": "notice"}).content.decode()
    assert f'action="{reverse("feedback")}"' in page
    assert '<input type="hidden" name="kind" value="signature">' in page
    key = page.partition('name="key" value="')[2].partition('"')[0]
    assert Signature.objects.filter(slug=key).exists()


def test_answers_are_added_up(client):
    known = Signature.objects.first().slug
    for right in ("yes", "yes", "no"):
        assert answer(client, key=known, right=right).status_code == 200
    assert answer(client, kind="enhancedcode", key="X.1.1").status_code == 200
    tally.flush()
    assert set(Feedback.objects.values_list("kind", "key", "right", "count")) == {
        ("signature", known, True, 2),
        ("signature", known, False, 1),
        ("enhancedcode", "X.1.1", True, 1),
    }


def test_what_is_personal_in_a_remark_is_masked(client):
    missing = "write to anna@example.it, host mx.example.it, 192.0.2.7, phone 0551234567"
    answer(client, kind="replycode", key="550", right="no", missing=missing)
    tally.flush()
    assert Feedback.objects.get().missing == "write to {address}, host {host}, {ip}, phone {number}"


@pytest.mark.parametrize(
    "fields",
    [{"kind": "user", "key": "1"}, {"key": "nobody-knows"}, {"kind": "replycode", "key": "550", "right": "maybe"}],
)
def test_nonsense_is_refused(client, fields):
    assert answer(client, **fields).status_code == 400


def test_another_site_cannot_answer(client):
    fields = {"kind": "replycode", "key": "550", "right": "no"}
    assert client.post(reverse("feedback"), fields, headers={"origin": "https://evil.example"}).status_code == 400
    assert client.post(reverse("feedback"), fields, headers={"origin": "http://testserver"}).status_code == 200


def test_it_takes_posts_only(client):
    assert client.get(reverse("feedback")).status_code == 405


def test_editors_see_it_at_the_entry(client, admin_client):
    known = Signature.objects.first()
    answer(client, key=known.slug, right="no", missing="the new address of the portal")
    tally.flush()
    form = admin_client.get(
        reverse("admin:codes_signature_change", args=(known.pk,)), headers={"accept-language": "en"}
    )
    page = form.content.decode()
    assert "Yes: 0. No: 1." in page
    assert "the new address of the portal" in page
    assert "new address" in admin_client.get(reverse("admin:codes_feedback_changelist")).content.decode()
