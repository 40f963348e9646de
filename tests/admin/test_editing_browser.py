"""Editing as an editor does it, in a browser: preview, languages, patterns by mouse, history, roles, what waits."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from codes.models import Reason, ShippedEntry, Signature, UnrecognisedReply
from tests.admin.test_browser import editor, form_of

pytestmark = pytest.mark.browser
DAY = datetime.date(2026, 11, 20)
#: What a mouse does that is drawn over some words.
SELECT = """(field, words) => {
  const start = field.value.indexOf(words);
  field.setSelectionRange(start, start + words.length);
}"""

__all__ = ["editor"]


@pytest.fixture
def reason():
    return Reason.objects.get(slug="mailbox-full")


def save(page) -> None:
    page.locator("[name=_save]").first.click()
    page.locator(".messagelist .success").wait_for()


def test_the_page_stands_beside_the_form_in_the_language_of_its_tab(editor, site, reason):
    editor.set_viewport_size({"width": 1500, "height": 900})
    editor.goto(form_of(site, reason))
    heading = editor.frame_locator("#preview iframe").locator("h1")
    editor.locator("#languages button[value=it]").click()
    editor.locator("#id_title_it").fill("Casella strapiena")
    heading.get_by_text("Casella strapiena").wait_for()
    editor.locator("#languages button[value=en]").click()
    editor.locator("#id_title_en").fill("Brim-full")
    heading.get_by_text("Brim-full").wait_for()
    editor.locator("#id_sources").fill("rfc9999")
    editor.locator("#preview [role=status]").get_by_text("rfc9999").wait_for()
    assert heading.inner_text() == "Brim-full", "the last good page stays"
    editor.locator("#preview button").click()
    editor.reload()
    assert not editor.locator("#preview iframe").is_visible(), "remembered"
    reason.refresh_from_db()
    assert reason.title_en != "Brim-full"


def test_from_a_page_its_form_opens_in_its_language_and_leads_back(editor, site, reason):
    for language, title in (("en", "#id_title_en"), ("it", "#id_title_it")):
        editor.goto(f"{site}/{language}/reasons/{reason.slug}/")
        editor.locator(f"main a[href$='/admin/codes/reason/{reason.pk}/change/']").click()
        editor.locator(title).wait_for()
    editor.locator(".object-tools .viewsitelink").click()
    editor.wait_for_url(f"**/reasons/{reason.slug}/")


def test_a_language_that_fell_behind_is_marked(editor, site, reason):
    editor.goto(form_of(site, reason))
    editor.locator("#languages button[value=it]").click()
    editor.locator("#id_title_it").fill("Casella strapiena")
    save(editor)
    editor.goto(form_of(site, reason))
    editor.locator(".ui-tabs-nav a.older-text").first.wait_for()
    editor.locator("p.older-text button").click()
    editor.locator(".messagelist .success").wait_for()
    assert not editor.locator("p.older-text").count()


def test_a_new_form_begins_calmly(editor, site):
    editor.goto(site + reverse("admin:codes_term_add"))
    said = editor.locator("#preview [role=status]:not(:empty)")
    said.wait_for()
    assert "is-wrong" not in (said.get_attribute("class") or "")
    assert not editor.locator("#preview iframe").is_visible()
    editor.locator("#id_slug:focus").fill("gnome")
    editor.locator("#languages button[value=en]").click()
    editor.locator("#id_title_en").fill("Gnome")
    editor.frame_locator("#preview iframe").get_by_text("Gnome").first.wait_for()
    assert not said.count()


def test_what_is_marked_as_varying_becomes_a_star_and_its_words_again(editor, site):
    editor.goto(site + reverse("admin:codes_signature_add"))
    reply = editor.locator("#varies-reply")
    reply.fill("577 the gnomes of mx1.example.com ate it")
    patterns, words = editor.locator("#id_patterns"), "mx1.example.com"
    reply.evaluate(SELECT, words)
    editor.locator("#varies button").click()
    assert patterns.input_value() == "577 the gnomes of * ate it"
    assert editor.locator("#varies output mark").inner_text() == words
    trial = editor.locator("#trial")
    trial.get_by_text("1 of 1").or_(trial.get_by_text("1 su 1")).wait_for()
    reply.evaluate(SELECT, words)
    editor.locator("#varies button").press("Enter")
    assert patterns.input_value() == editor.locator("#id_examples").input_value() == reply.input_value()


def test_an_edit_is_seen_in_the_history_and_taken_back(editor, site, reason):
    before = reason.title_en
    editor.goto(form_of(site, reason))
    editor.locator("#languages button[value=en]").click()
    editor.locator("#id_title_en").fill(f"{before} indeed")
    save(editor)
    editor.goto(form_of(site, reason))
    editor.locator(".object-tools .historylink").click()
    editor.locator("#change-history ins").get_by_text("indeed").wait_for()
    editor.locator("#change-history tbody tr").last.locator("a").click()
    save(editor)
    reason.refresh_from_db()
    assert reason.title_en == before


def test_each_role_finds_what_is_theirs(editor, site, reason, client, django_user_model):
    def become(group: str) -> None:
        user = django_user_model.objects.create_user(f"some-{group}", is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}
        editor.context.add_cookies([cookie])

    known = form_of(site, Signature.objects.first())
    become("editor")
    editor.goto(known)
    assert editor.locator("#id_title_it").count() and not editor.locator("#id_patterns, #varies:visible").count()
    become("curator")
    editor.goto(known)
    editor.locator("#id_patterns").wait_for()
    become("reviewer")
    editor.goto(form_of(site, reason))
    editor.locator(".reviews button[value=it]").click()
    editor.locator(".reviews li").get_by_text("some-reviewer").wait_for()
    editor.goto(site + reverse("admin:index"))
    editor.locator(".overview").wait_for()


def test_a_waiting_text_is_taken(editor, site, reason):
    waits = ShippedEntry.objects.get(kind="reason", key=reason.slug)
    waits.waiting = waits.taken | {"title_it": "Casella colma", "title_en": "Mailbox crammed"}
    waits.save()
    editor.goto(site + reverse("admin:index"))
    editor.locator(".overview a[href$='/shippedentry/']").click()
    editor.locator("#result_list tbody th a").click()
    editor.locator(".comparison input[value=title_en]").uncheck()
    editor.locator("button[formaction$='/take/']").click()
    editor.locator(".messagelist .success").wait_for()
    before = reason.title_en
    reason.refresh_from_db()
    assert (reason.title_it, reason.title_en) == ("Casella colma", before)


def test_a_reply_that_is_ignored_stays_aside(editor, site):
    UnrecognisedReply.objects.create(shape="577 gnomes", basis="class", count=4, first_day=DAY, last_day=DAY)
    queue = site + reverse("admin:codes_unrecognisedreply_changelist")
    editor.goto(queue)
    editor.locator("#result_list .action-select").check()
    editor.locator("select[name=action]").select_option("ignore")
    editor.locator("button[name=index]").click()
    editor.locator(".messagelist .success").wait_for()
    assert not editor.get_by_text("577 gnomes").count()
    editor.goto(f"{queue}?state=ignored")
    editor.get_by_text("577 gnomes").wait_for()
