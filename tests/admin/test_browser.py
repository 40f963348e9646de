"""The admin in a real browser: tabs for the languages under our own policy, nothing from another host, no error."""

import datetime

import pytest
from django.urls import reverse

from codes.models import Collection, Reason, ReplyCode, UnrecognisedReply

pytestmark = pytest.mark.browser
DAY = datetime.date(2026, 11, 20)


@pytest.fixture
def editor(page, site, admin_user, client):
    """Sign in, and at the end look for what went wrong unseen."""
    client.force_login(admin_user)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("request", lambda request: wrong.append(request.url) if not request.url.startswith(site) else None)
    yield page
    assert wrong == []


def form_of(site, row) -> str:
    return site + reverse(f"admin:codes_{row._meta.model_name}_change", args=(row.pk,))


def test_a_text_is_edited_in_the_other_language(editor, site):
    reason = Reason.objects.get(slug="mailbox-full")
    editor.goto(form_of(site, reason))
    tabs = editor.locator("div.mt-tabs, .ui-tabs").filter(has=editor.locator("#id_title_it"))
    italian, english = editor.locator("#id_title_it"), editor.locator("#id_title_en")
    assert english.is_visible() != italian.is_visible(), "one language at a time"
    tabs.get_by_text("it", exact=True).click()
    assert italian.is_visible() and not english.is_visible()
    italian.fill("Casella strapiena")
    tabs.get_by_text("en", exact=True).click()
    assert english.is_visible() and not italian.is_visible()
    editor.locator("[name=_save]").first.click()
    editor.wait_for_url("**/reason/")
    reason.refresh_from_db()
    assert reason.title_it == "Casella strapiena"


def test_what_is_linked_is_searched_for(editor, site):
    editor.goto(form_of(site, ReplyCode.objects.get(code="550")))
    editor.locator(".select2-selection").first.click()
    editor.locator(".select2-search__field").fill("mailbox-full")
    editor.locator(".select2-results__option").filter(has_text="Mailbox").first.wait_for()
    editor.goto(form_of(site, Collection.objects.get(slug="cisco-esa")))
    chosen = editor.locator(".field-codes .select2-selection__choice")
    chosen.nth(21).wait_for()
    assert chosen.count() == 22


@pytest.mark.parametrize("kind", ["reason", "replycode", "signature", "provider", "enhancedcode", "codeclass", "guide"])
def test_lists_and_forms_break_no_rule(editor, site, kind):
    editor.goto(site + reverse(f"admin:codes_{kind}_changelist"))
    editor.locator("#result_list tbody th a").first.click()
    editor.locator("#content-main form").first.wait_for()


def test_a_reply_becomes_a_known_message_while_the_form_says_what_it_finds(editor, site):
    row = UnrecognisedReply.objects.create(
        shape="577 the gnomes of {host} ate the letter", basis="class", count=4, first_day=DAY, last_day=DAY
    )
    editor.goto(site + reverse("admin:codes_unrecognisedreply_changelist"))
    editor.locator(f"a[href$='?reply={row.pk}']").click()
    trial = editor.locator("#trial")
    trial.get_by_text("1 of 1").or_(trial.get_by_text("1 su 1")).wait_for()
    editor.locator("#id_patterns").fill("the trolls ate")
    trial.locator(".trial-wrong").wait_for()


def test_feedback_is_thanked_for_in_place(editor, site):
    editor.goto(f"{site}/en/")
    editor.locator("main textarea[name=text]").first.fill("550 5.1.1 <anna@example.com>: User unknown")
    editor.locator("main form button:not([type=button])").first.click()
    editor.get_by_role("button", name="Yes").click()
    editor.get_by_text("Thank you").wait_for()
    assert editor.locator("h1").count() == 1, "the explanation stays"


def test_one_switch_turns_the_whole_form_and_marks_what_is_missing(editor, site):
    reason = Reason.objects.get(slug="mailbox-full")
    Reason.objects.filter(pk=reason.pk).update(certainty_en="", title_en="")
    editor.goto(form_of(site, reason))
    english = editor.locator("#languages button[value=en]")
    english.get_by_text("2").wait_for()
    english.click()
    assert editor.locator("#id_title_en").is_visible() and editor.locator("#id_meaning_en").is_visible()
    assert not editor.locator("#id_title_it").is_visible()
    editor.locator("#id_title_en").fill("Mailbox full")
    english.get_by_text("1").wait_for()


def test_marks_stand_where_the_tabs_come_after_the_page_is_loaded(editor, site):
    """As on a busy machine: jQuery calls what waits for the page through setTimeout."""
    editor.add_init_script("const now = setTimeout; window.setTimeout = (run, wait) => now(run, (wait ?? 0) + 300)")
    Reason.objects.filter(slug="mailbox-full").update(certainty_en="")
    editor.goto(form_of(site, Reason.objects.get(slug="mailbox-full")))
    editor.locator("#languages button[value=en]").get_by_text("1").wait_for()
