"""On paper: one clean page, which names nobody unless somebody wants names."""

import re

import pytest
from playwright.sync_api import Page, expect

from codes.views.examples import NOTICE


@pytest.fixture
def explained(page: Page, site) -> Page:
    """Return the page of an explanation."""
    page.goto(f"{site}/it/")
    page.locator("#text").fill(NOTICE)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".verdict-word")).to_be_visible()
    return page


def test_an_explanation_is_one_page_without_what_only_works_on_a_screen(explained: Page):
    paper = explained.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1

    explained.emulate_media(media="print")
    for shown in (".verdict", ".route", ".steps", ".parse", ".facts", ".print-only"):
        expect(explained.locator(f"main {shown}").first).to_be_visible()
    for left_out in (".bar", ".foot", ".button", ".reply textarea", ".ticket"):
        expect(explained.locator(left_out).first).to_be_hidden()


def test_paper_names_nobody_while_the_box_is_ticked(explained: Page):
    explained.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = explained.locator("main article").inner_text()
    assert "m…i@example.com" in printed and "192.0.x.x" in printed
    assert "mario.rossi" not in printed and "Preventivo" not in printed and "9b1f47c2" not in printed
    explained.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(explained.get_by_role("heading", level=1)).to_contain_text("mario.rossi@example.com")

    explained.get_by_label("Nascondi i dati personali").uncheck()
    explained.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(explained.get_by_role("heading", level=1)).to_contain_text("mario.rossi@example.com")
