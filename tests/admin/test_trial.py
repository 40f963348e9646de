"""An editor sees what a pattern finds before it is saved, and cannot save one that harms another."""

import html

import pytest
from django.urls import reverse

from codes.models import Signature
from tests.admin.test_forms import change, errors
from tests.admin.test_unrecognised import rows

pytestmark = pytest.mark.django_db

__all__ = ["rows"]


def tried(client, **fields) -> str:
    response = client.post(reverse("admin:codes_signature_try"), fields, headers={"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()


def test_it_says_what_a_pattern_finds(admin_client, rows):
    page = tried(admin_client, patterns="the gnomes of * ate", examples="the gnomes of x ate it\nothers did", own="")
    assert "Own examples found: 1 of 2" in page
    assert "Takes no example from other known messages." in page
    assert "it would explain: 1, seen 3 times" in page


def test_it_says_what_a_pattern_takes_from_others(admin_client):
    victim = Signature.objects.filter(provider=None, system="").order_by("slug").first()
    page = tried(admin_client, patterns="\n".join(victim.patterns), examples=victim.examples[0], weight="100")
    assert f"Taken from {victim.slug}" in page


@pytest.mark.parametrize("patterns", ["re:(", "*", "re:.*", ""])
def test_any_pattern_has_an_answer(admin_client, patterns):
    tried(admin_client, patterns=patterns, examples="x", weight="much", provider="none")


@pytest.mark.parametrize(
    ("pattern", "said"),
    [("re:(", "is not a valid pattern: missing ): (."), ("ate", "is too wide"), ("message", "in an ordinary mail")],
)
def test_a_pattern_that_cannot_be_used_has_its_reason_and_no_count(admin_client, pattern, said):
    page = html.unescape(tried(admin_client, patterns=pattern, examples="the gnomes ate it"))
    assert said in page
    assert "Own examples found" not in page and "b'" not in page


def test_it_is_for_those_who_may_look_at_known_messages(client, django_user_model):
    somebody = django_user_model.objects.create_user("somebody", is_staff=True)
    client.force_login(somebody)
    assert client.post(reverse("admin:codes_signature_try"), {"patterns": "x"}).status_code == 403


def test_one_that_takes_the_examples_of_another_is_refused(admin_client):
    taker, victim = Signature.objects.filter(provider=None, system="", weight=0).order_by("slug")[:2]
    response = change(admin_client, taker, patterns="\n".join([*taker.patterns, *victim.patterns]), weight="100")
    assert victim.slug in errors(response)["patterns"][0]


def test_one_whose_example_goes_to_another_is_refused(admin_client):
    weak, strong = Signature.objects.filter(provider=None, system="", weight=0).order_by("slug")[:2]
    Signature.objects.filter(pk=strong.pk).update(weight=100)
    examples = "\n".join([*weak.examples, *strong.examples])
    response = change(admin_client, weak, patterns="\n".join([*weak.patterns, *strong.patterns]), examples=examples)
    assert strong.slug in errors(response)["examples"][0]
