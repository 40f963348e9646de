"""What leaves the page, on plain http inside a network, where the browser offers no clipboard."""

import pytest
from playwright.sync_api import Page, expect

from codes.views.examples import NOTICE


@pytest.fixture
def explained(page: Page, named_site) -> Page:
    """Return the page of an explanation."""
    page.goto(f"{named_site}/it/")
    assert page.evaluate("window.isSecureContext") is False
    page.locator("#text").fill(NOTICE)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".verdict-word")).to_be_visible()
    return page


def pasted(page: Page) -> str:
    """Return what is in the clipboard, by pasting it into the box at the top."""
    page.evaluate(
        """() => {
            const probe = document.createElement("textarea");
            probe.id = "probe";
            document.body.append(probe);
            probe.focus();
        }"""
    )
    page.keyboard.press("Control+V")
    return page.locator("#probe").input_value()


def test_the_reply_is_copied_as_it_was_edited_and_the_button_says_so(explained: Page):
    reply = explained.locator(".reply textarea[lang=it]")
    explained.locator("label[for=reply-it]").click()
    reply.fill("Buongiorno, l’indirizzo non esiste.")
    button = explained.get_by_role("button", name="Copia la risposta")
    button.click()

    expect(explained.locator(".reply .is-done")).to_have_text("Copiato")
    expect(explained.locator("#said")).to_have_text("Copiato")
    assert pasted(explained) == "Buongiorno, l’indirizzo non esiste."


def test_the_reply_is_copied_in_the_chosen_language(explained: Page):
    explained.locator("label[for=reply-en]").click()
    explained.get_by_role("button", name="Copia risposta").click()

    assert pasted(explained).startswith("Hello,")


def test_the_ticket_line_is_copied_masked(explained: Page):
    explained.locator(".ticket").get_by_role("button", name="Copia la riga").click()

    text = pasted(explained)
    assert "m…i@example.com" in text and "mario.rossi" not in text


def test_names_are_copied_when_somebody_wants_them(explained: Page):
    explained.get_by_label("Nascondi i dati personali").uncheck()
    expect(explained.locator("#ticket-line")).to_contain_text("mario.rossi@example.com")
    explained.get_by_role("button", name="Copia tutto").click()

    text = pasted(explained)
    assert "mario.rossi@example.com" in text
    assert "/it/explained/?code=550&status=5.1.1&reason=user-unknown" in text


def test_everything_is_masked_too(explained: Page):
    explained.get_by_role("button", name="Copia tutto").click()

    assert "mario.rossi" not in pasted(explained)


def test_the_short_link_of_a_code_is_copied(page: Page, named_site):
    page.goto(f"{named_site}/en/codes/5.1.1/")
    page.get_by_role("button", name="Copy the link").click()

    assert pasted(page) == f"{named_site}/5.1.1"
