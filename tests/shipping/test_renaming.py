"""A slug that changes: by an editor or by what is shipped, the old address leads to the new one for ever."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from codes.knowledge import snapshot
from codes.models import FormerSlug, Reason, ShippedEntry, Signature
from codes.shipping.kinds import key_text

RENAMED = """\
- model: codes.formerslug
  fields:
    kind: reason
    slug: user-unknown
    now: no-such-mailbox
"""


def former() -> dict[str, str]:
    return dict(FormerSlug.objects.filter(kind="reason").values_list("slug", "now"))


@pytest.mark.django_db
def test_a_renamed_entry_is_found_under_all_its_former_slugs(client: Client):
    row = Reason.objects.get(slug="greylisted")
    for slug in ("grey", "in-greylist"):
        row.slug = slug
        row.save()
    snapshot.current(fresh=True)

    assert former() == {"greylisted": "in-greylist", "grey": "in-greylist"}
    for old in ("greylisted", "grey"):
        response = client.get(f"/en/reasons/{old}/")
        assert (response.status_code, response["Location"]) == (301, "/en/reasons/in-greylist/")
    assert client.get("/en/reasons/in-greylist/").status_code == 200
    assert "In attesa per greylisting" in client.get("/it/explained/?reason=grey").content.decode()


@pytest.mark.django_db
def test_a_slug_that_is_taken_back_is_no_former_one(client: Client):
    row = Reason.objects.get(slug="greylisted")
    for slug in ("grey", "greylisted"):
        row.slug = slug
        row.save()

    assert former() == {"grey": "greylisted"}


@pytest.mark.parametrize("kind", ["providers/gmail", "messages/relay-denied", "collections/cisco-esa", "guides/pec"])
@pytest.mark.django_db
def test_every_kind_of_page_keeps_its_old_address(client: Client, kind):
    from codes.models import Collection, Guide, Provider

    path, _slash, slug = kind.partition("/")
    models = {"providers": Provider, "messages": Signature, "collections": Collection, "guides": Guide}
    row = models[path].objects.get(slug=slug)
    row.slug = "renamed"
    row.save()
    snapshot.current(fresh=True)

    assert client.get(f"/it/{kind}/")["Location"] == f"/it/{path}/renamed/"


def test_a_load_renames_and_keeps_what_an_editor_wrote(ship):
    ship.load()
    row = Reason.objects.get(slug="user-unknown")
    row.meaning_it = "Scritto da noi."
    row.save()
    for name in ("reasons.yaml", "stage_meanings.yaml", "signatures.yaml"):
        ship.replace(name, "user-unknown", "no-such-mailbox")
    (ship.folder / "former_slugs.yaml").write_text(RENAMED)

    ship.load()

    renamed = Reason.objects.get(slug="no-such-mailbox")
    assert (renamed.pk, renamed.meaning_it) == (row.pk, "Scritto da noi.")
    assert former() == {"user-unknown": "no-such-mailbox"}
    assert Signature.objects.get(slug="no-such-user").reason == renamed
    assert not ShippedEntry.objects.filter(waiting__isnull=False).exists()
    assert ship.load().strip() != "" and former() == {"user-unknown": "no-such-mailbox"}


@pytest.mark.django_db
def test_editors_rename_their_own_pages_and_not_the_shipped_ones(client: Client):
    client.force_login(User.objects.create_superuser("ada", password="x"))
    shipped, own = Reason.objects.get(slug="greylisted"), Reason.objects.get(slug="policy")
    ShippedEntry.objects.filter(kind="reason", key=key_text(("policy",))).delete()

    assert 'name="slug"' not in client.get(f"/admin/codes/reason/{shipped.pk}/change/").content.decode()
    assert 'name="slug"' in client.get(f"/admin/codes/reason/{own.pk}/change/").content.decode()


@pytest.mark.django_db
def test_names_that_people_try_lead_to_the_provider(client: Client, knowledge):
    wrong = [
        slug
        for (kind, slug), now in knowledge.former_slugs.items()
        if kind == "provider" and client.get(f"/en/providers/{slug}/")["Location"] != f"/en/providers/{now}/"
    ]

    assert knowledge.former_slugs["provider", "hotmail"] == "outlook" and wrong == []
    assert set(knowledge.former_slugs.values()) <= set(knowledge.providers)
