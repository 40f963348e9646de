"""The page beside a form shows what is written there, in either language, and writes nothing."""

import pytest
from django.apps import apps
from django.urls import reverse

from codes.knowledge import revision
from codes.models import Collection, Guide, Reason, ReplyCode
from tests.admin.test_forms import form_data

pytestmark = pytest.mark.django_db

#: The kinds of entry that have a page, and the field that it shows.
SHOWN = {
    "reason": "title",
    "codeclass": "meaning",
    "codesubject": "meaning",
    "replycode": "title",
    "enhancedcode": "title",
    "provider": "description",
    "signature": "title",
    "collection": "title",
    "guide": "body",
    "term": "definition",
}


def previewed(client, row, language="it", **changes) -> dict:
    """Open the form of a row, change some fields, and ask for the preview."""
    kind = row._meta.model_name
    data = form_data(client.get(reverse(f"admin:codes_{kind}_change", args=(row.pk,))))
    address = reverse(f"admin:codes_{kind}_preview", args=(row.pk,))
    return client.post(address, {**data, **changes, "preview-language": language}).json()


@pytest.mark.parametrize("kind", SHOWN)
def test_each_page_is_shown_in_both_languages_before_it_is_saved(admin_client, kind, knowledge):
    row = apps.get_model("codes", kind).objects.order_by("pk").first()
    before = revision.numbers()
    for language in ("it", "en"):
        page = previewed(admin_client, row, language, **{f"{SHOWN[kind]}_{language}": "Brim <i>full</i>"})
        assert "Brim " in page["html"] and "<i>full" not in page["html"]
        assert f'<html lang="{language}"' in page["html"]
        assert "<script" not in page["html"] and "/admin/" not in page["html"]
    assert revision.numbers() == before
    assert not row.history.exists()


def test_what_hangs_from_an_entry_is_shown_too(admin_client, knowledge):
    code = ReplyCode.objects.get(code="556")
    assert "Detto ora." in previewed(admin_client, code, **{"stage_meanings-0-meaning_it": "Detto ora."})["html"]
    guide = Guide.objects.exclude(reasons=None).first()
    reason = Reason.objects.exclude(guides=guide).first()
    assert f"/it/reasons/{reason.slug}/" in previewed(admin_client, guide, reasons=[reason.pk])["html"]
    collection = Collection.objects.get(slug="cisco-esa")
    code = collection.codes.first()
    assert f"/it/codes/{code.code}/" in previewed(admin_client, collection, codes=[code.pk])["html"]


def test_what_is_wrong_is_said_in_one_sentence(admin_client, knowledge):
    reason = Reason.objects.get(slug="mailbox-full")
    answer = previewed(admin_client, reason, sources="rfc9999 1")
    assert "rfc9999" in answer["error"] and "html" not in answer


def test_a_new_entry_is_shown(admin_client, knowledge):
    data = form_data(admin_client.get(reverse("admin:codes_term_add")))
    data |= {"slug": "gnome", "title_en": "Gnome", "definition_en": "Eats letters.", "preview-language": "en"}
    answer = admin_client.post(reverse("admin:codes_term_preview"), data).json()
    assert "Eats letters." in answer["html"] and answer["place"] == "gnome"


@pytest.mark.parametrize(
    ("language", "still"), [("it", "slug, motivo, modelli, esempi, titolo"), ("en", "slug, reason")]
)
def test_a_form_that_was_just_opened_says_what_is_still_needed(admin_client, knowledge, language, still):
    """Nothing is wrong with it yet, so it is no error."""
    headers = {"accept-language": language}
    data = form_data(admin_client.get(reverse("admin:codes_signature_add")))
    answer = admin_client.post(reverse("admin:codes_signature_preview"), data, headers=headers).json()
    assert set(answer) == {"needs"}
    assert all(name in answer["needs"] for name in still.split(", ")) and "[" not in answer["needs"]
    wrong = data | {"sources": "rfc9999 1"}
    answer = admin_client.post(reverse("admin:codes_signature_preview"), wrong, headers=headers).json()
    assert set(answer) == {"error"}


def test_it_is_for_those_who_may_see_the_form(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("somebody", is_staff=True))
    reason = Reason.objects.get(slug="mailbox-full")
    assert client.post(reverse("admin:codes_reason_preview", args=(reason.pk,)), {}).status_code == 403
