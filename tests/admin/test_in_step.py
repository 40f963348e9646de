"""An edit of one language leaves the other behind until it catches up."""

import pytest
from django.urls import reverse

from codes.history import unrecorded
from codes.models import OlderText, Reason
from tests.admin.test_forms import change

pytestmark = pytest.mark.django_db


@pytest.fixture
def reason():
    return Reason.objects.get(slug="mailbox-full")


def older() -> list[str]:
    return list(OlderText.objects.values_list("language", flat=True))


def test_the_other_language_is_older_until_it_is_edited(admin_client, reason):
    change(admin_client, reason, title_it="Casella strapiena")
    assert older() == ["en"]
    change(admin_client, reason, meaning_it="Non c’è più posto.")
    assert older() == ["en"]
    change(admin_client, reason, title_en="Mailbox brim-full")
    assert older() == []


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"title_it": "Piena", "title_en": "Full"}, id="both languages"),
        pytest.param({"position": "7"}, id="no text"),
    ],
)
def test_an_edit_of_both_languages_or_of_none_leaves_them_in_step(admin_client, reason, changes):
    change(admin_client, reason, **changes)
    assert older() == []


def test_a_language_without_any_text_is_missing_and_not_older(reason):
    texts = [field.name for field in Reason._meta.concrete_fields if getattr(field, "language", "") == "en"]
    Reason.objects.filter(pk=reason.pk).update(**{name: [] if name == "synonyms_en" else "" for name in texts})
    row = Reason.objects.get(pk=reason.pk)
    row.title_it = "Casella strapiena"
    row.save()
    assert older() == []


def test_shipped_texts_are_in_step(admin_client, reason):
    change(admin_client, reason, title_it="Casella strapiena")
    row = unrecorded(Reason.objects.get(pk=reason.pk))
    row.title_it = "Casella colma"
    row.save()
    assert older() == []


def test_form_list_and_first_page_tell_and_an_editor_can_say_that_it_is_right(admin_client, reason):
    change(admin_client, reason, title_it="Casella strapiena")
    english = {"accept-language": "en"}
    form = reverse("admin:codes_reason_change", args=(reason.pk,))
    page = admin_client.get(form, headers=english).content.decode()
    assert "older than the Italian" in page
    assert page.index('name="_save"') < page.index('name="_in_step"'), "Enter in a field presses the first button"
    listed = reverse("admin:codes_reason_changelist")
    assert [row.pk for row in admin_client.get(f"{listed}?older=en").context["cl"].result_list] == [reason.pk]
    assert not admin_client.get(f"{listed}?older=it").context["cl"].result_list
    coverage = {row.address: row.older for row in admin_client.get(reverse("admin:index")).context["coverage"]}
    assert coverage[listed] == {"it": 0, "en": 1}
    change(admin_client, reason, _in_step="", meaning_it="Non c’è più posto.")
    assert older() == []
    reason.refresh_from_db()
    assert reason.meaning_it == "Non c’è più posto.", "what was in the form is saved with it"
