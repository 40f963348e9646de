"""Every heading can be linked to."""

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.parametrize(
    "path", ["codes/550/", "codes/x.1.1/", "codes/", "reasons/mailbox-full/", "messages/relay-denied/", "privacy/"]
)
def test_every_heading_of_a_page_copies_the_link_to_itself(page: Page, site, path):
    page.goto(f"{site}/en/{path}")
    headings = page.locator("main :is(h2, h3)[id]")

    expect(page.locator("main :is(h2, h3)[id] > button.anchor")).to_have_count(headings.count())
    assert page.locator("main h2:not([id])").count() == 0


def test_a_press_copies_the_address(page: Page, site):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}/en/codes/550/?with=550")
    page.get_by_role("button", name="Copy link to “What it means”").click()

    expect(page.locator("#said")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{site}/en/codes/550/#meaning"


def test_a_page_without_an_address_of_its_own_has_no_links_to_its_headings(page: Page, site):
    page.goto(f"{site}/en/explained/?code=550&status=5.1.1&reason=user-unknown")

    expect(page.locator("h2").first).to_be_visible()
    expect(page.locator(".anchor")).to_have_count(0)


@pytest.mark.parametrize("language", ["it", "en"])
def test_all_codes_fit_on_one_sheet_of_paper(page: Page, site, language):
    page.goto(f"{site}/{language}/codes/sheet/")

    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
    assert page.locator(".sheet li").count() > 150
