"""What was deleted is listed with what it held, and comes back with its key and its links."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse

from codes.deleted import deleted
from codes.knowledge import revision, snapshot
from codes.models import Collection, FormerSlug, Guide, LocalNote, Provider, Reason, ReplyCode, Signature, StageMeaning
from codes.shipping.stored import read_rows
from tests.admin.test_forms import KINDS, change

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


def list_of(client, kind: str) -> str:
    return client.get(reverse(f"admin:codes_{kind}_changelist"), headers=ENGLISH).content.decode()


def way_to(row) -> str:
    """Return the address at which a deleted row is put back."""
    kind, [record] = row._meta.model_name, deleted(type(row)).filter(history_type="-")
    return reverse(f"admin:codes_{kind}_restore", args=(record.pk,))


def delete(client, row) -> str:
    """Delete a row as an editor does, and return the address at which it is put back."""
    assert client.post(reverse(f"admin:codes_{row._meta.model_name}_delete", args=(row.pk,)), {"post": "yes"})
    return way_to(row)


def read(client, address: str, language: str = "en") -> str:
    return client.get(address, headers={"accept-language": language}).content.decode()


def put_back(client, address: str) -> str:
    """Press the button, and return the page that follows."""
    response = client.post(address, headers=ENGLISH, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def new_reason(title: str = "Gnomes at work") -> Reason:
    return Reason.objects.create(slug="gnomes", title_en=title, group="recipient", usual_outcome="failed")


def deletable(kind: str):
    """Return the first row of a kind that no other protects."""
    if kind == "reason":
        new_reason()
    rows = apps.get_model("codes", kind).objects
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        try:
            with transaction.atomic():
                rows.get(pk=pk).delete()
                transaction.set_rollback(True)
        except ProtectedError:
            continue
        return rows.get(pk=pk)
    return None


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_comes_back_as_it_was(admin_client, kind):
    row = deletable(kind)
    before = read_rows().rows
    address = delete(admin_client, row)
    assert read_rows().rows != before
    put_back(admin_client, address)
    assert read_rows().rows == before
    assert type(row).objects.get(pk=row.pk).natural_key() == row.natural_key()


def test_it_is_listed_read_and_put_back(admin_client, admin_user, knowledge):
    row = Guide.objects.get(slug="pec")
    assert "Deleted:" not in list_of(admin_client, "guide")
    address = delete(admin_client, row)
    assert "Deleted: 1" in list_of(admin_client, "guide")
    assert row.slug not in snapshot.current(fresh=True).guides
    listed = read(admin_client, reverse("admin:codes_guide_deleted"))
    assert address in listed and row.title_en in listed and admin_user.username in listed
    page = read(admin_client, address)
    assert row.summary_it in page and row.reasons.count() == 0
    assert "Che cosa conteneva" in read(admin_client, address, "it")
    number = revision.current()
    assert "is there again" in put_back(admin_client, address)
    assert revision.current() > number
    assert row.slug in snapshot.current(fresh=True).guides
    newest = row.history.first()
    assert (newest.history_user, newest.history_change_reason) == (admin_user, "put back after it was deleted")
    assert [record.history_type for record in row.history.all()][:2] == ["+", "-"]
    assert "Deleted:" not in list_of(admin_client, "guide")


def test_a_code_comes_back_with_its_stages_and_into_its_collections(admin_client):
    code = ReplyCode.objects.filter(collections__isnull=False, stage_meanings__isnull=False).first()
    collections, stages = set(code.collections.all()), set(code.stage_meanings.all())
    by_itself = code.stage_meanings.first()
    StageMeaning.objects.get(pk=by_itself.pk).delete()
    address = delete(admin_client, code)
    assert not StageMeaning.objects.filter(pk__in=[stage.pk for stage in stages]).exists()
    put_back(admin_client, address)
    code = ReplyCode.objects.get(pk=code.pk)
    assert set(code.collections.all()) == collections
    assert set(code.stage_meanings.all()) == stages - {by_itself}


def test_a_collection_that_let_go_of_a_code_does_not_get_it_back(admin_client):
    code = ReplyCode.objects.filter(collections__isnull=False).first()
    put_back(admin_client, delete(admin_client, code))
    code.collections.clear()
    put_back(admin_client, delete(admin_client, code))
    assert not code.collections.exists()


def test_what_is_gone_itself_stays_out_and_is_said(admin_client):
    known = Signature.objects.create(
        slug="gnomes",
        title_en="Gnomes",
        provider=Provider.objects.create(slug="elves", title="Elves"),
        reason=Reason.objects.get(slug="mailbox-full"),
        patterns=["577 the gnomes ate it"],
        examples=["577 the gnomes ate it"],
    )
    address = delete(admin_client, known)
    delete(admin_client, known.provider)
    assert "What is gone itself stays out: provider “Elves”." in read(admin_client, address)
    assert "gestore «Elves»" in read(admin_client, address, "it")
    assert "provider “Elves”" in put_back(admin_client, address)
    assert Signature.objects.get(pk=known.pk).provider is None


def test_what_it_cannot_be_without_has_to_be_put_back_first(admin_client):
    reason = new_reason()
    code = ReplyCode.objects.create(code="577", title_en="Eaten")
    stage = StageMeaning.objects.create(reply_code=code, stage="rcpt", reason=reason)
    address = delete(admin_client, stage)
    delete(admin_client, code)
    assert "577" in read(admin_client, reverse("admin:codes_stagemeaning_deleted"))
    assert "First this has to be there again: reply code “577 Eaten”." in read(admin_client, address)
    put_back(admin_client, address)
    assert not StageMeaning.objects.filter(pk=stage.pk).exists()
    ReplyCode.objects.create(code="577", title_en="Eaten")  # another row with its key is as good
    put_back(admin_client, address)
    assert StageMeaning.objects.get(pk=stage.pk).reply_code.code == "577"


def test_a_key_that_is_taken_again_is_said_and_nothing_happens(admin_client):
    first = new_reason()
    address = delete(admin_client, first)
    new_reason("Other gnomes")
    assert "Its key is taken again: reason “Other gnomes”." in read(admin_client, address)
    put_back(admin_client, address)
    assert Reason.objects.get(slug="gnomes").title_en == "Other gnomes"


def test_an_address_that_led_elsewhere_meanwhile_leads_back(admin_client):
    reason = new_reason()
    address = delete(admin_client, reason)
    FormerSlug.objects.create(kind="reason", slug="gnomes", now="mailbox-full")
    put_back(admin_client, address)
    assert not FormerSlug.objects.filter(slug="gnomes").exists()


def test_a_known_message_that_would_take_an_example_comes_back_unpublished(admin_client, knowledge):
    known = Signature.objects.get(slug=next(iter(knowledge.signatures)))
    address = delete(admin_client, known)
    twin = Signature.objects.get(pk=Signature.objects.first().pk)
    twin.pk, twin.slug, twin.patterns, twin.examples = None, "twin", known.patterns, known.examples
    twin.provider, twin.system, twin.weight = known.provider, known.system, known.weight + 1
    twin._state.adding = True
    twin.save()
    assert "unpublished" in read(admin_client, address)
    assert "It is not published:" in put_back(admin_client, address)
    assert not Signature.objects.get(pk=known.pk).published


def test_a_former_version_comes_back_too(admin_client):
    reason = new_reason()
    change(admin_client, reason, title_en="Gnomes at rest")
    delete(admin_client, reason)
    oldest = reason.history.last()
    address = reverse("admin:codes_reason_simple_history", args=(reason.pk, oldest.pk))
    page = admin_client.get(address, headers=ENGLISH, follow=True)
    assert "before other edits" in page.content.decode()
    put_back(admin_client, page.redirect_chain[-1][0])
    assert Reason.objects.get(pk=reason.pk).title_en == "Gnomes at work"


def test_a_local_note_comes_back(admin_client):
    note = LocalNote.objects.create(kind="reason", key="mailbox-full", text_en="Phone Anna.")
    address = delete(admin_client, note)
    assert "Phone Anna." in read(admin_client, address)
    put_back(admin_client, address)
    assert LocalNote.objects.get(pk=note.pk).text_en == "Phone Anna."


def test_only_who_may_add_puts_back(client, django_user_model):
    known = Signature.objects.first()
    Signature.objects.filter(pk=known.pk).delete()
    address = way_to(known)
    for group, may in (("editor", False), ("reviewer", False), ("curator", True)):
        user = django_user_model.objects.create_user(f"some-{group}", is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        assert ("Deleted: 1" in list_of(client, "signature")) == may
        for at in (reverse("admin:codes_signature_deleted"), address):
            assert (client.get(at).status_code == 200) == may
        assert client.post(address).status_code == (302 if may else 403)
    assert Signature.objects.filter(pk=known.pk).exists()


def test_what_is_there_is_not_put_back_twice(admin_client):
    collection = Collection.objects.get(slug="cisco-esa")
    address = delete(admin_client, collection)
    put_back(admin_client, address)
    change(admin_client, Collection.objects.get(pk=collection.pk), title_en="Edited since")
    put_back(admin_client, address)
    assert Collection.objects.get(pk=collection.pk).title_en == "Edited since"
