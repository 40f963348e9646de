"""Everything but copying and dropping works without JavaScript."""

import pytest
from playwright.sync_api import Browser, Page, expect

from codes.views.examples import NOTICE


@pytest.fixture
def plain(browser: Browser) -> Page:
    """Return a page in a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_bounce_is_explained(plain: Page, site):
    plain.goto(f"{site}/it/")
    plain.locator("#text").fill(NOTICE)
    plain.get_by_role("button", name="Spiega").first.click()

    expect(plain.locator(".verdict-word")).to_have_text("Non consegnato")


def test_the_language_switch_keeps_the_explanation(plain: Page, site):
    plain.goto(f"{site}/it/")
    plain.locator("#text").fill(NOTICE)
    plain.get_by_role("button", name="Spiega").first.click()
    plain.get_by_role("button", name="English").click()

    expect(plain.locator(".verdict-word")).to_have_text("Not delivered")


def test_a_mistake_is_one_sentence_and_nothing_is_lost(plain: Page, site, tmp_path):
    picture = tmp_path / "screenshot.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    plain.goto(f"{site}/it/")
    plain.locator("#text").fill("una riga")
    plain.locator("#file").set_input_files(picture)
    plain.get_by_role("button", name="Spiega").first.click()

    expect(plain.locator("#text-error")).to_contain_text("Questa è un’immagine")
    expect(plain.locator("#text")).to_have_value("una riga")


def test_the_reply_changes_its_language(plain: Page, site):
    plain.goto(f"{site}/it/reasons/mailbox-full/")
    plain.locator("label[for=reply-en]").click()

    expect(plain.locator("textarea[lang=en]")).to_be_visible()
    expect(plain.locator("textarea[lang=it]")).to_be_hidden()


def test_buttons_that_need_a_script_are_not_shown(plain: Page, site):
    plain.goto(f"{site}/it/codes/550/")

    expect(plain.get_by_role("button", name="Copia il link")).to_be_hidden()


def test_words_are_searched(plain: Page, site):
    plain.goto(f"{site}/it/codes/550/")
    plain.locator("#ask").fill("casella piena")
    plain.get_by_role("button", name="Cerca o spiega").click()

    expect(plain).to_have_url(f"{site}/it/search/?q=casella+piena")


def test_the_page_for_many_says_what_to_do_instead(plain: Page, site):
    plain.goto(f"{site}/it/bulk/")

    expect(plain.get_by_text("explain --report")).to_be_visible()
    expect(plain.locator("[for=files]")).to_be_hidden()
