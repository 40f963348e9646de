"""Back and Forward: text and answer are where they were, though nobody but this tab keeps them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserType, Page, expect

from codes.views.examples import NOTICE
from tests.conftest import WHOLE, chromium


def explain(page: Page, site: str) -> None:
    """Explain the notice on the home page."""
    page.goto(f"{site}/it/")
    page.locator("#text").fill(NOTICE)
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_be_focused()


@pytest.fixture
def ordinary(browser_type: BrowserType, browser_type_launch_args) -> Iterator[Page]:
    """Return a page in a browser as people have it: Playwright turns off the cache that Back is quick by.

    The shell has none, so it must be the whole browser.
    """
    whole = {**browser_type_launch_args, "executable_path": chromium(WHOLE)}
    browser = browser_type.launch(**whole, ignore_default_args=["--disable-back-forward-cache"])
    yield browser.new_page()
    browser.close()


def test_back_brings_the_text_back_and_forward_the_answer(page: Page, site):
    explain(page, site)
    page.locator("#why").evaluate("location.hash = 'why'")
    page.go_back()
    page.go_back()
    expect(page).to_have_url(f"{site}/it/")
    expect(page.locator("#text")).to_have_value(NOTICE)
    assert page.title().startswith("Una mail è tornata indietro")

    page.go_forward()
    expect(page.locator(".verdict-word")).to_have_text("Non consegnato")
    assert page.title() == "Non consegnato: casella inesistente – Rimbalzo"


def test_back_from_another_page_finds_the_answer(ordinary: Page, site):
    explain(ordinary, site)
    ordinary.locator(".verdict .line").get_by_role("link", name="550").click()
    expect(ordinary).to_have_url(f"{site}/it/codes/550/")
    ordinary.evaluate("history.back()")

    expect(ordinary.locator(".verdict-word")).to_have_text("Non consegnato")


def test_a_mistake_keeps_the_text_and_can_be_put_right(page: Page, site):
    page.goto(f"{site}/it/")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#text-error")).to_be_visible()
    page.locator("#text").fill(NOTICE)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".verdict-word")).to_have_text("Non consegnato")
    page.get_by_role("button", name="English").click()
    expect(page.locator(".verdict-word")).to_have_text("Not delivered")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.go_back()
    expect(page.locator(".verdict-word")).to_have_text("Non consegnato")
    assert page.evaluate("document.documentElement.lang") == "it"


def test_where_no_answer_can_be_fetched_the_browser_sends_the_form(page: Page, site):
    page.goto(f"{site}/it/")
    page.evaluate("() => { window.fetch = () => Promise.reject(new Error()); }")
    page.locator("#text").fill(NOTICE)
    page.keyboard.press("Control+Enter")

    expect(page.locator(".verdict-word")).to_have_text("Non consegnato")
    assert page.evaluate("history.state") is None
