"""Suggestions while typing, by keyboard and by mouse."""

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def asked(page: Page) -> list[str]:
    """Return what the page asks suggestions for."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or "") if "suggestions" in request.url else None)
    return sent


def test_the_bar_suggests_while_typing_and_the_keyboard_chooses(page: Page, site):
    page.goto(f"{site}/it/reasons/")
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Codice, parole o avviso")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-expanded", "false")

    page.keyboard.type("casella pien")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Casella piena")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#said")).to_have_text(f"Suggerimenti: {options.count()}")

    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/it/reasons/mailbox-full/")


def test_escape_closes_the_list_and_enter_sends_what_is_typed(page: Page, site):
    page.goto(f"{site}/en/reasons/")
    page.locator("#ask").press_sequentially("mailbox full")
    expect(page.get_by_role("option").first).to_be_visible()

    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/en/search/?q=mailbox+full")


@pytest.mark.parametrize(("path", "field"), [("", "#text"), ("search/", "#q"), ("codes/", "#ask")])
def test_every_box_suggests_and_a_click_opens(page: Page, site, path, field):
    page.goto(f"{site}/en/{path}")
    page.locator(field).press_sequentially("5.1.1")
    page.get_by_role("option").first.click()

    expect(page).to_have_url(f"{site}/en/codes/5.1.1/")


def test_no_address_and_no_bounce_is_asked_about(page: Page, site, asked):
    page.goto(f"{site}/en/")
    page.locator("#text").fill("mario.rossi@example.com")
    page.locator("#text").fill("550 5.1.1 User unknown\nand a second line")
    page.locator("#text").fill("spam")
    expect(page.get_by_role("option").first).to_be_visible()

    assert len(asked) == 1 and "text=spam" in asked[0]


def test_lines_pasted_into_the_bar_are_explained(page: Page, site):
    page.goto(f"{site}/it/codes/")
    page.locator("#ask").focus()
    page.evaluate(
        """text => {
            const carried = new DataTransfer();
            carried.setData("text/plain", text);
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true }));
        }""",
        "550 5.1.1 <anna@example.com>: User unknown\nReporting-MTA: dns; mail.example.it",
    )

    expect(page.locator(".verdict-word")).to_have_text("Non consegnato")
