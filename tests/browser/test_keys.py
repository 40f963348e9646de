"""Everything by keyboard: single keys, the switch that turns them off, and the way through the page without a mouse."""

import pytest
from playwright.sync_api import Page, expect

from codes.views.examples import NOTICE

TWO = """\
<a@example.com>: host mx.example.com[192.0.2.5] said: 550 5.1.1 <a@example.com>: User unknown (in reply to RCPT TO)

<b@example.org>: host mx.example.org[192.0.2.6] said: 452 4.2.2 Mailbox full (in reply to RCPT TO)
"""


@pytest.fixture
def explained(page: Page, named_site) -> Page:
    """Return the page of an explanation, reached without a mouse."""
    page.goto(f"{named_site}/it/")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.insert_text(NOTICE)
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_be_focused()
    return page


def test_keys_copy_and_lead_through_an_explanation(explained: Page):
    for times in ("line", "link", "all"):
        explained.keyboard.press("c")
        expect(explained.locator(f".ticket [data-length={times}]")).to_have_text("Copiato")
    explained.keyboard.press("r")
    expect(explained.locator(".verdict .is-done")).to_contain_text("Copiato")
    explained.keyboard.press("e")
    expect(explained.locator("#why")).to_be_focused()
    explained.keyboard.press("l")
    expect(explained.locator(".verdict-word")).to_have_text("Not delivered")
    explained.keyboard.press("n")
    expect(explained).to_have_url(f"{explained.url.split('/en/')[0]}/en/")
    expect(explained.locator("#text")).to_be_focused()


def test_j_and_k_lead_from_recipient_to_recipient(page: Page, site):
    page.goto(f"{site}/it/")
    page.locator("#text").fill(TWO)
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_contain_text("2 destinatari")
    page.keyboard.press("j")
    expect(page.locator("#r2-verdict")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#r1-verdict")).to_be_focused()


def test_the_question_mark_shows_the_keys_over_the_page(explained: Page):
    explained.keyboard.press("?")
    dialog = explained.get_by_role("dialog", name="Tasti")
    expect(dialog).to_contain_text("copia la risposta all’utente")
    explained.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(explained.locator(".verdict-word")).to_have_text("Non consegnato")


def test_keys_type_letters_inside_a_field(page: Page, site):
    page.goto(f"{site}/it/codes/550/")
    page.locator("#ask").focus()
    page.keyboard.type("n/?")

    expect(page.locator("#ask")).to_have_value("n/?")
    expect(page).to_have_url(f"{site}/it/codes/550/")


def test_single_keys_can_be_turned_off_and_on(page: Page, site):
    page.goto(f"{site}/it/shortcuts/")
    page.get_by_role("button", name="Disattiva i tasti singoli").click()
    expect(page.get_by_role("button", name="Attiva i tasti singoli", exact=True)).to_be_visible()
    page.goto(f"{site}/it/codes/550/")
    page.keyboard.press("n")
    page.keyboard.press("/")
    expect(page.locator("#ask")).not_to_be_focused()
    expect(page).to_have_url(f"{site}/it/codes/550/")

    page.goto(f"{site}/it/shortcuts/")
    page.get_by_role("button", name="Attiva i tasti singoli", exact=True).click()
    expect(page.get_by_role("button", name="Disattiva i tasti singoli")).to_be_visible()
    page.keyboard.press("/")
    expect(page.locator("#ask")).to_be_focused()


def test_the_first_stop_of_the_tab_key_skips_to_the_content(page: Page, site):
    page.goto(f"{site}/it/codes/550/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Vai al contenuto")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
