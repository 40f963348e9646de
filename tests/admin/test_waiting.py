"""Editors see which shipped texts wait, and find the entry."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from codes.models import Reason, ShippedEntry, StageMeaning
from codes.shipping.kinds import kind_of
from codes.shipping.stored import read_rows
from codes.shipping.writing import file_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(tmp_path):
    """Edit a reason and a default reason here, then load newer texts of both."""
    call_command("export_knowledge", directory=tmp_path, verbosity=0)
    Reason.objects.filter(slug="mailbox-full").update(title_it="Casella <strapiena>")
    stage = StageMeaning.objects.get(reply_code__code="550", stage="mail")
    stage.reason = Reason.objects.get(slug="mailbox-full")
    stage.save()
    for model, key, changes in (
        (Reason, ("mailbox-full",), {"title_it": "Casella colma"}),
        (StageMeaning, ("550", "mail"), {"reason": ["policy"]}),
    ):
        kind = kind_of(model)
        rows = [{**row, **(changes if kind.key_of(row) == key else {})} for row in read_rows().of(kind)]
        (tmp_path / kind.file_name).write_text(file_text(kind, rows))
    call_command("load_knowledge", directory=tmp_path, verbosity=0)
    return ShippedEntry.objects.filter(waiting__isnull=False)


def test_list_shows_what_waits_and_links_to_the_entry(admin_client, waiting, django_assert_max_num_queries):
    assert waiting.count() == 2
    with django_assert_max_num_queries(10):
        page = admin_client.get(reverse("admin:codes_shippedentry_changelist")).content.decode()
    reason = Reason.objects.get(slug="mailbox-full")
    stage = StageMeaning.objects.get(reply_code__code="550", stage="mail")
    assert reverse("admin:codes_reason_change", args=(reason.pk,)) in page
    assert reverse("admin:codes_stagemeaning_change", args=(stage.pk,)) in page
    assert "titolo [it]" in page and "title_it" not in page


def test_both_texts_are_shown_and_the_record_itself_cannot_be_changed(admin_client, waiting):
    entry = waiting.get(kind="reason")
    address = reverse("admin:codes_shippedentry_change", args=(entry.pk,))
    page = admin_client.get(address).content.decode()
    assert "Casella &lt;strapiena&gt;" in page
    assert "<ins>colma</ins>" in page
    assert admin_client.post(address, {}).status_code == 403
    assert admin_client.get(reverse("admin:codes_shippedentry_add")).status_code == 403


def test_nothing_waits_after_a_fresh_load(admin_client):
    page = admin_client.get(reverse("admin:codes_shippedentry_changelist")).content.decode()
    assert "/change/" not in page.split('id="changelist"')[1]


def take(client, entry, *fields):
    return client.post(reverse("admin:codes_shippedentry_take", args=(entry.pk,)), {"take": fields})


def test_a_taken_text_is_the_entry_s_and_waits_no_more(admin_client, admin_user, waiting):
    entry = waiting.get(kind="reason")
    assert take(admin_client, entry, "title_it").status_code == 302
    reason = Reason.objects.get(slug="mailbox-full")
    assert reason.title_it == "Casella colma"
    assert reason.history.first().history_user == admin_user
    entry.refresh_from_db()
    assert entry.waiting is None
    assert entry.taken["title_it"] == "Casella colma"


def test_what_is_not_ticked_stays(admin_client, waiting):
    entry = waiting.get(kind="reason")
    assert take(admin_client, entry).status_code == 302
    assert Reason.objects.get(slug="mailbox-full").title_it == "Casella <strapiena>"
    assert not waiting.filter(kind="reason").exists()


def test_links_are_taken_too(admin_client, waiting):
    assert take(admin_client, waiting.get(kind="stagemeaning"), "reason").status_code == 302
    assert StageMeaning.objects.get(reply_code__code="550", stage="mail").reason.slug == "policy"


def test_only_those_who_may_change_the_entry_take(client, django_user_model, waiting):
    client.force_login(django_user_model.objects.create_user("somebody", is_staff=True))
    assert take(client, waiting.get(kind="reason"), "title_it").status_code in (403, 404)
    assert waiting.count() == 2
