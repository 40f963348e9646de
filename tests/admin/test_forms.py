"""Every list and form opens for an editor; what a form saves is on the page at once, and nothing wrong is saved."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from codes.knowledge import revision, snapshot
from codes.knowledge.entries import Text
from codes.models import SHIPPED_MODELS, House, Reason, Revision, Signature

KINDS = [model._meta.model_name for model in SHIPPED_MODELS]
pytestmark = pytest.mark.django_db


def form_data(response) -> dict:
    """Return what a browser would send back from a form that nobody touched."""
    data = {}
    form = response.context["adminform"].form
    inlines = response.context.get("inline_admin_formsets", [])
    forms = [form, *(inline.formset.management_form for inline in inlines)]
    forms += [row for inline in inlines for row in inline.formset.forms]
    for part in forms:
        for field in part:
            widget = getattr(field.field.widget, "widget", field.field.widget)
            value = field.value()
            shown = "on" if value is True else widget.format_value(value)
            if shown not in (None, "", []):
                data[field.html_name] = shown
    return data


def change(client, row, **changes):
    """Open the form of a row, change some fields, save."""
    address = reverse(f"admin:codes_{row._meta.model_name}_change", args=(row.pk,))
    data = form_data(client.get(address))
    return client.post(address, {**data, **changes})


def errors(response) -> dict[str, list[str]]:
    return response.context["adminform"].form.errors


@pytest.mark.parametrize("kind", KINDS)
def test_list_opens_in_few_queries(admin_client, kind, django_assert_max_num_queries):
    """A list fetches what its columns show together with its rows."""
    with django_assert_max_num_queries(12):
        response = admin_client.get(reverse(f"admin:codes_{kind}_changelist"))
    assert response.status_code == 200
    assert b"result_list" in response.content


@pytest.mark.parametrize("kind", KINDS)
def test_list_searches_and_filters(admin_client, kind):
    address = reverse(f"admin:codes_{kind}_changelist")
    assert admin_client.get(address, {"q": "550"}).status_code == 200
    for query in ({"missing": "it"}, {"class": "5"}, {"subject": "1"}):
        response = admin_client.get(address, query)
        assert response.status_code in (200, 302)


@pytest.mark.parametrize("kind", KINDS)
def test_form_opens_in_few_queries(admin_client, kind, django_assert_max_num_queries):
    row = apps.get_model("codes", kind).objects.order_by("pk").first()
    with django_assert_max_num_queries(20):
        response = admin_client.get(reverse(f"admin:codes_{kind}_change", args=(row.pk,)))
    assert response.status_code == 200
    assert admin_client.get(reverse(f"admin:codes_{kind}_add")).status_code == 200


def test_there_is_one_house(admin_client):
    page = admin_client.get(reverse("admin:codes_house_add")).content.decode()
    assert "_addanother" not in page


@pytest.mark.parametrize("kind", KINDS)
def test_form_that_is_only_saved_changes_nothing(admin_client, kind):
    """Opening and saving is no edit, so the entry goes on following what is shipped."""
    from codes.shipping.stored import read_rows

    before = read_rows().rows
    for row in apps.get_model("codes", kind).objects.order_by("pk")[:10]:
        response = change(admin_client, row)
        assert response.status_code == 302, errors(response)
    assert read_rows().rows == before


def test_bilingual_edit_is_in_the_snapshot(admin_client, knowledge):
    before = revision.current()
    row = Reason.objects.get(slug="mailbox-full")
    response = change(admin_client, row, title_it="Casella strapiena", title_en="Mailbox brim-full")
    assert response.status_code == 302
    assert revision.current() > before
    title = snapshot.current(fresh=True).reasons["mailbox-full"].title
    assert (title.it, title.en) == ("Casella strapiena", "Mailbox brim-full")


@pytest.mark.parametrize("language", ["it", "en"])
def test_a_text_can_be_emptied_in_the_language_of_the_admin(admin_client, language):
    """The page then shows the other language."""
    admin_client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    row = Reason.objects.get(slug="mailbox-full")
    assert change(admin_client, row, **{f"certainty_{language}": ""}).status_code == 302
    row.refresh_from_db()
    assert not getattr(row, f"certainty_{language}")
    certainty = snapshot.current(fresh=True).reasons["mailbox-full"].certainty
    assert certainty.in_language(language).language != language


def test_title_is_needed_in_one_language(admin_client):
    row = Reason.objects.get(slug="mailbox-full")
    assert "title_it" in errors(change(admin_client, row, title_it="", title_en=""))
    assert change(admin_client, row, title_it="").status_code == 302


def test_default_reasons_are_edited_under_their_code(admin_client, knowledge):
    row = apps.get_model("codes", "replycode").objects.get(code="550")
    full = Reason.objects.get(slug="mailbox-full")
    address = reverse("admin:codes_replycode_change", args=(row.pk,))
    data = form_data(admin_client.get(address))
    first = next(name for name in data if name.startswith("stage_meanings-0-reason"))
    stage = row.stage_meanings.first().stage
    assert admin_client.post(address, {**data, first: full.pk}).status_code == 302
    assert snapshot.current(fresh=True).reply_codes["550"].stage_reasons[stage] == "mailbox-full"


def test_what_a_code_says_at_a_stage_is_edited_in_both_languages(admin_client, knowledge):
    row = apps.get_model("codes", "replycode").objects.get(code="556")
    address = reverse("admin:codes_replycode_change", args=(row.pk,))
    data = form_data(admin_client.get(address))
    said = {f"stage_meanings-0-meaning_{language}": f"In {language}." for language in ("it", "en")}
    assert admin_client.post(address, {**data, **said}).status_code == 302
    meanings = snapshot.current(fresh=True).reply_codes["556"].stage_meanings
    assert Text("In it.", "In en.") in meanings.values()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"patterns": "re:(mailbox unavailable"}, "patterns", id="not a regular expression"),
        pytest.param({"patterns": "*not*"}, "patterns", id="too wide"),
        pytest.param({"patterns": "re:grazie|thank you"}, "patterns", id="words of any mail"),
        pytest.param({"examples": "250 2.0.0 everything is fine"}, "examples", id="an example it does not match"),
        pytest.param({"codes": "55O"}, "codes", id="not a code"),
        pytest.param({"sources": "rfc9999 1"}, "sources", id="unknown reference"),
        pytest.param({"patterns": ""}, "patterns", id="no pattern"),
    ],
)
def test_known_message_that_cannot_work_is_a_form_error(admin_client, changes, field):
    row = Signature.objects.order_by("slug").first()
    response = change(admin_client, row, **changes)
    assert response.status_code == 200
    assert list(errors(response)) == [field]


def test_known_message_that_contradicts_its_code_says_why(admin_client):
    row = Signature.objects.exclude(differs="").order_by("slug").first()
    assert "Diverso dal suo codice" in errors(change(admin_client, row, differs=""))["examples"][0]
    assert change(admin_client, row, differs="words").status_code == 302


def test_link_to_the_page(admin_client):
    for row, address in (
        (apps.get_model("codes", "replycode").objects.get(code="550"), "codes/550/"),
        (apps.get_model("codes", "enhancedcode").objects.get(code="X.1.1"), "codes/5.1.1/"),
        (Reason.objects.get(slug="mailbox-full"), "reasons/mailbox-full/"),
    ):
        for language in ("it", "en"):
            form = reverse(f"admin:codes_{row._meta.model_name}_change", args=(row.pk,))
            page = admin_client.get(form, headers={"accept-language": language}).content.decode()
            assert f'href="/{language}/{address}"' in page


def test_key_of_an_entry_never_changes(admin_client):
    row = Reason.objects.get(slug="mailbox-full")
    assert change(admin_client, row, slug="other").status_code == 302
    row.refresh_from_db()
    assert row.slug == "mailbox-full"


def test_language_of_the_browser(admin_client):
    address = reverse("admin:index")
    assert 'lang="it"' in admin_client.get(address, headers={"accept-language": "it"}).content.decode()
    assert 'lang="en"' in admin_client.get(address, headers={"accept-language": "en"}).content.decode()


def test_house_is_one_row(admin_client):
    """The list leads to the form; there is one row, and it cannot be deleted."""
    changelist = reverse("admin:codes_house_changelist")
    add = reverse("admin:codes_house_add")
    assert admin_client.get(changelist).url == add
    data = {"name": "Example S.p.A.", "own_domains": "Example.it\r\nexample.com", "queue_hours": "48"}
    assert admin_client.post(add, data).status_code == 302
    house = House.objects.get()
    assert house.own_domains == ["Example.it", "example.com"]
    assert snapshot.current(fresh=True).house.queue_hours == 48
    assert admin_client.get(changelist).url == reverse("admin:codes_house_change", args=(house.pk,))
    assert admin_client.get(add).status_code == 403
    assert admin_client.get(reverse("admin:codes_house_delete", args=(house.pk,))).status_code == 403


def test_revision_is_no_ones_to_edit():
    assert not admin.site.is_registered(Revision)


@pytest.mark.parametrize(("language", "example"), [("it", "Casella piena"), ("en", "Mailbox full")])
def test_a_field_shows_a_good_example(admin_client, language, example):
    address = reverse("admin:codes_collection_add")
    page = admin_client.get(address, headers={"accept-language": language}).content.decode()
    assert example in page
