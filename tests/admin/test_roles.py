"""Editors write, curators keep known messages, reviewers say what is right; each sees what concerns them."""

import datetime
import html
import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from codes.knowledge import snapshot
from codes.models import (
    Collection,
    Feedback,
    Reason,
    ReasonCount,
    ReplyCode,
    Review,
    ShippedEntry,
    Signature,
    UnrecognisedReply,
)
from codes.reviews import digest_of, reviews_of
from tests.admin.test_forms import change

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client, django_user_model):
    """Return a client signed in as a member of a group."""

    def sign_in(group: str):
        user = django_user_model.objects.create_user(f"some-{group}", is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def reason():
    return Reason.objects.get(slug="mailbox-full")


def test_an_editor_changes_texts_and_adds_no_known_message(member, reason):
    editor = member("editor")
    assert change(editor, reason, title_it="Casella strapiena").status_code == 302
    assert editor.get(reverse("admin:codes_signature_add")).status_code == 403
    known = Signature.objects.first()
    patterns = known.patterns
    assert change(editor, known, title_it="Altro titolo", patterns="something else").status_code == 302
    known.refresh_from_db()
    assert (known.title_it, known.patterns) == ("Altro titolo", patterns)


def test_a_curator_adds_known_messages_and_leaves_reasons_alone(member, reason):
    curator = member("curator")
    assert curator.get(reverse("admin:codes_signature_add")).status_code == 200
    assert curator.get(reverse("admin:codes_unrecognisedreply_changelist")).status_code == 200
    address = reverse("admin:codes_reason_change", args=(reason.pk,))
    assert curator.post(address, {"title_it": "x"}).status_code == 403


def test_a_review_is_noted_and_ends_with_an_edit_of_that_language(member, admin_client, reason):
    reviewer = member("reviewer")
    form = reverse("admin:codes_reason_change", args=(reason.pk,))
    address = reverse("admin:codes_reason_review", args=(reason.pk,))
    assert address in reviewer.get(form).content.decode()
    for language in ("it", "en"):
        assert reviewer.post(address, {"language": language}).status_code == 302
    assert set(Review.objects.values_list("language", "reviewer__username")) == {
        ("it", "some-reviewer"),
        ("en", "some-reviewer"),
    }
    assert "some-reviewer" in reviewer.get(form).content.decode()
    change(admin_client, reason, title_it="Casella strapiena")
    assert [review.language for review in Review.objects.all()] == ["en"]


def test_who_may_edit_reviews_what_the_form_holds_and_loses_no_edit(member, reason):
    both = member("reviewer")
    both_user = Review._meta.get_field("reviewer").related_model.objects.get()
    both_user.groups.add(Group.objects.get(name="editor"))
    assert change(both, reason, title_it="x" * 99, _review="it").status_code == 200, "refused, and shown again"
    assert not Review.objects.exists()
    assert change(both, reason, title_it="Casella strapiena", _review="it").status_code == 302
    reason.refresh_from_db()
    assert reason.title_it == "Casella strapiena"
    assert reviews_of(reason)["it"].digest == digest_of(reason, "it")
    page = both.get(reverse("admin:codes_reason_change", args=(reason.pk,))).content.decode()
    assert 'name="_review" value="en"' in page
    review = reverse("admin:codes_reason_review", args=(reason.pk,))
    assert review not in page
    assert both.post(review, {"language": "en", "title_en": "x"}).status_code == 403, "no way past the form"


def test_an_editor_saves_and_does_not_review(member, reason):
    before = reason.title_it
    assert change(member("editor"), reason, title_it="Casella strapiena", _review="it").status_code == 403
    reason.refresh_from_db()
    assert reason.title_it == before
    assert not Review.objects.exists()


def test_only_reviewers_review(member, reason):
    address = reverse("admin:codes_reason_review", args=(reason.pk,))
    assert member("editor").post(address, {"language": "it"}).status_code == 403
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("model", "where", "key"),
    [
        (Reason, "reasons", {"slug": "mailbox-full"}),
        (ReplyCode, "reply_codes", {"code": "550"}),
        (Collection, "collections", {"slug": "cisco-esa"}),
    ],
)
def test_what_is_not_published_is_nowhere(admin_client, client, model, where, key, knowledge):
    row = model.objects.get(**key)
    assert change(admin_client, row, published="").status_code == 302
    now = snapshot.current(fresh=True)
    assert row.natural_key()[0] not in getattr(now, where)
    assert not any(known.reason == row.natural_key()[0] for known in now.signatures.values())


@pytest.mark.parametrize("group", ["editor", "curator", "reviewer"])
def test_nobody_is_shown_a_way_that_is_closed(member, group, reason):
    """Every link on the pages where a day's work begins opens."""
    day = timezone.localdate()
    UnrecognisedReply.objects.create(shape="577 gnomes", basis="class", count=4, first_day=day, last_day=day)
    Feedback.objects.create(kind="reason", key=reason.slug, day=day, right=False, missing="When?", count=1)
    for kind, key in (("reason", reason.slug), ("signature", Signature.objects.first().slug)):
        ShippedEntry.objects.filter(kind=kind, key=key).update(waiting={"title_it": "x"})
    somebody = member(group)
    places = ["index", *(f"codes_{kind}_changelist" for kind in ("unrecognisedreply", "feedback", "shippedentry"))]
    pages = [somebody.get(reverse(f"admin:{place}")).content.decode() for place in places]
    found = [html.unescape(link) for page in pages for link in re.findall(r'href="(/admin/[^"]+)"', page)]
    links = {re.sub(r"\d+|\?.*", "", link): link for link in found}  # one of each sort
    assert len(links) > 20
    assert {link for link in links.values() if somebody.get(link).status_code == 403} == set()
    assert ("?reply=" in pages[1]) == (group == "curator")


def test_what_nobody_has_reviewed_is_listed(member, reason):
    reviewer = member("reviewer")
    reviewer.post(reverse("admin:codes_reason_review", args=(reason.pk,)), {"language": "it"})

    def listed(language: str) -> set[Reason]:
        page = reviewer.get(reverse("admin:codes_reason_changelist"), {"unreviewed": language})
        return set(page.context["cl"].result_list)

    assert listed("en") - listed("it") == {reason}
    page = reviewer.get(reverse("admin:index"))
    [row] = [row for row in page.context["coverage"] if row.address == reverse("admin:codes_reason_changelist")]
    assert row.unreviewed == {"it": row.entries - 1, "en": row.entries}


def test_who_gives_out_groups_reads_what_each_is_for(admin_client, admin_user):
    for address in (reverse("admin:auth_user_change", args=(admin_user.pk,)), reverse("admin:auth_group_changelist")):
        page = admin_client.get(address, headers={"accept-language": "it"}).content.decode()
        assert "segna i testi come revisionati" in page
    group = reverse("admin:auth_group_change", args=(Group.objects.get(name="editor").pk,))
    page = admin_client.get(group, headers={"accept-language": "it"}).content.decode()
    assert "motivo: modificare" in page and "Can change" not in page


def test_first_page_counts_in_few_queries(admin_client, django_assert_max_num_queries, reason):
    today = timezone.localdate()
    monday = today - datetime.timedelta(days=today.weekday())
    ReasonCount.objects.create(day=monday, reason=reason.slug, count=7)
    ReasonCount.objects.create(day=monday - datetime.timedelta(days=1), reason=reason.slug, count=4)
    ReasonCount.objects.create(day=monday - datetime.timedelta(days=8), reason=reason.slug, count=99)
    UnrecognisedReply.objects.create(shape="577 gnomes", basis="class", count=12, first_day=today, last_day=today)
    ShippedEntry.objects.filter(kind="reason", key=reason.slug).update(waiting={})
    change(admin_client, reason, title_it="", title_en="Mailbox brim-full")
    with django_assert_max_num_queries(40):
        response = admin_client.get(reverse("admin:index"), headers={"accept-language": "en"})
    page = response.content.decode()
    assert "1 entry edited here has a newer shipped text." in page
    cells = re.sub(r"<[^>]+>", " ", page).split()
    assert " ".join(cells).count("577 gnomes 12") == 1
    assert " ".join(cells).count("Mailbox brim-full 7 4") == 1
    incomplete = {row.address: row.incomplete["it"] for row in response.context["coverage"]}
    assert incomplete[reverse("admin:codes_reason_changelist")] == 1
    assert admin_client.get(reverse("admin:index"), headers={"accept-language": "it"}).status_code == 200


def test_first_page_shows_a_curator_no_more_than_may_be_seen(member):
    page = member("curator").get(reverse("admin:index"))
    assert page.status_code == 200
