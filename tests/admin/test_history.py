"""Every edit can be seen and taken back; what the program brings is no edit."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from codes.models import Collection, Reason, ReplyCode, Signature, StageMeaning
from tests.admin.test_forms import change, form_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def reason():
    return Reason.objects.get(slug="mailbox-full")


def history_page(client, row, language="en") -> str:
    address = reverse(f"admin:codes_{row._meta.model_name}_history", args=(row.pk,))
    return client.get(address, headers={"accept-language": language}).content.decode()


def test_an_edit_shows_who_and_what_in_each_language(admin_client, reason):
    reason.title_en = "Mailbox <full>"
    reason.save_without_historical_record()
    change(admin_client, reason, title_en="Mailbox over <full>")
    page = history_page(admin_client, reason)
    assert "<ins>over </ins>" in page
    assert "&lt;" in page and "<full>" not in page
    assert "admin" in page
    assert "as it was before the edit" in page
    assert "com’era prima della modifica" in history_page(admin_client, reason, "it")


def test_links_and_choices_are_told_in_words(admin_client):
    known = Signature.objects.filter(reason__slug="mailbox-full", who_acts="").first()
    other = Reason.objects.get(slug="mailbox-disabled")
    known.reason, known.who_acts, known.published = other, "sender-admin", False
    known.save()
    page = history_page(admin_client, known)
    assert "Mailbox <del>full</del><ins>disabled</ins>" in page
    assert "who runs our mail" in page and "sender-admin" not in page
    assert "<del>Yes</del><ins>No</ins>" in page


def test_a_former_version_says_what_restoring_it_would_change(admin_client, reason):
    before = reason.title_en
    change(admin_client, reason, title_en=f"{before} indeed")
    first, newest = reason.history.last(), reason.history.first()
    for language, same in (("en", "the same as the newest"), ("it", "uguale alla versione più recente")):
        headers = {"accept-language": language}
        at = [reverse("admin:codes_reason_simple_history", args=(reason.pk, record.pk)) for record in (first, newest)]
        former, present = (admin_client.get(address, headers=headers).content.decode() for address in at)
        assert "<del>" in former and same not in former
        assert "<del>" not in present and same in present
        for english in ("Revert", "Historical"):
            assert english not in former


def test_a_former_text_is_restored(admin_client, reason):
    before = reason.title_it
    change(admin_client, reason, title_it="Casella strapiena")
    first = reason.history.last()
    address = reverse("admin:codes_reason_simple_history", args=(reason.pk, first.pk))
    data = form_data(admin_client.get(address))
    assert admin_client.post(address, data).status_code == 302
    reason.refresh_from_db()
    assert reason.title_it == before


def test_saving_without_a_change_leaves_no_record(admin_client, reason):
    change(admin_client, reason)
    assert not reason.history.exists()


def test_what_hangs_from_a_form_is_recorded_with_its_author(admin_client, admin_user):
    code = ReplyCode.objects.get(code="556")
    change(admin_client, code, **{"stage_meanings-0-meaning_it": "Altro."})
    record = StageMeaning.history.filter(reply_code=code).first()
    assert record.history_user == admin_user
    assert record.prev_record.meaning_it != "Altro."


def test_the_codes_of_a_collection_are_part_of_it(admin_client):
    collection = Collection.objects.get(slug="cisco-esa")
    gone = collection.codes.order_by("code").first()
    kept = [str(code.pk) for code in collection.codes.exclude(pk=gone.pk)]
    change(admin_client, collection, codes=kept)
    assert "<del>" in history_page(admin_client, collection)


def test_loading_leaves_no_record(tmp_path):
    Signature.objects.first().delete()
    Signature.history.all().delete()
    call_command("load_knowledge", verbosity=0)
    assert not Signature.history.exists()
