"""Paste a bounce, read the explanation."""

import re

import pytest
from playwright.sync_api import Page, expect

from codes.views.examples import NOTICE

LOG_LINE = "450 4.7.1 <anna@example.com>: Recipient address rejected: Greylisted, please try again in 300 seconds"


@pytest.mark.parametrize(
    ("language", "button", "verdict", "move", "reply"),
    [
        ("it", "Spiega", "Non consegnato", "Tocca al mittente", "Il messaggio che ha inviato il 23"),
        ("en", "Explain", "Not delivered", "It is the sender’s move", "The message you sent on 23"),
    ],
)
def test_a_pasted_bounce_is_explained(page: Page, site, language, button, verdict, move, reply):
    page.goto(f"{site}/{language}/")
    page.locator("#text").fill(NOTICE)
    page.get_by_role("button", name=button).first.click()

    expect(page.locator(".verdict-word")).to_have_text(verdict)
    expect(page.get_by_role("heading", name=move)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("mario.rossi@example.com")
    page.locator(f"label[for=reply-{language}]").click()
    expect(page.locator(f"textarea[lang={language}]").first).to_have_value(re.compile(reply))
    assert "mario" not in page.title()


def test_focus_is_on_the_answer(page: Page, site):
    page.goto(f"{site}/it/")
    page.locator("#text").fill(NOTICE)
    page.keyboard.press("Control+Enter")

    expect(page.locator("h1")).to_be_focused()


def test_a_dropped_file_is_explained(page: Page, site):
    page.goto(f"{site}/it/codes/")
    transfer = page.evaluate_handle(
        """text => {
            const carried = new DataTransfer();
            carried.items.add(new File([text], "bounce.eml", { type: "message/rfc822" }));
            return carried;
        }""",
        NOTICE,
    )
    page.dispatch_event("body", "dragover", {"dataTransfer": transfer})
    expect(page.locator(".veil")).to_be_visible()
    page.dispatch_event("body", "drop", {"dataTransfer": transfer})

    expect(page.locator(".verdict-word")).to_have_text("Non consegnato")


def test_a_chosen_file_is_sent_at_once(page: Page, site, tmp_path):
    file = tmp_path / "bounce.eml"
    file.write_text(NOTICE)
    page.goto(f"{site}/en/")
    page.locator("#file").set_input_files(file)

    expect(page.locator(".verdict-word")).to_have_text("Not delivered")


def paste(page: Page, text: str) -> None:
    """Press Ctrl+V where no field is in focus."""
    page.evaluate(
        """text => {
            document.activeElement.blur();
            const carried = new DataTransfer();
            carried.setData("text/plain", text);
            const options = { clipboardData: carried, bubbles: true, cancelable: true };
            document.body.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        text,
    )


@pytest.mark.parametrize("path", ["/it/", "/it/codes/550/"])
def test_ctrl_v_anywhere_explains_on_an_answer_too(page: Page, site, path):
    page.goto(f"{site}{path}")
    paste(page, NOTICE)
    expect(page.locator(".verdict-word")).to_have_text("Non consegnato")
    paste(page, LOG_LINE)
    expect(page.locator(".verdict-word")).to_have_text("In ritardo")
    paste(page, "5.1.1")
    expect(page).to_have_url(f"{site}/it/codes/5.1.1/")


def test_enter_in_the_line_at_the_top_opens_a_code(page: Page, site):
    page.goto(f"{site}/en/reasons/")
    page.keyboard.press("/")
    page.keyboard.type("550 5.1.1")
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{site}/en/codes/5.1.1/")


def test_the_language_switch_explains_the_same_text_in_the_other_language(page: Page, site):
    page.goto(f"{site}/it/")
    page.locator("#text").fill(NOTICE)
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="English").click()

    expect(page).to_have_url(f"{site}/en/explain/")
    expect(page.locator(".verdict-word")).to_have_text("Not delivered")


def test_the_language_switch_keeps_the_page_and_is_remembered(page: Page, site):
    page.goto(f"{site}/it/reasons/greylisted/")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{site}/en/reasons/greylisted/")

    page.goto(f"{site}/550")
    expect(page).to_have_url(f"{site}/en/codes/550/")


def test_the_text_can_be_edited_and_sent_again(page: Page, site):
    page.goto(f"{site}/it/")
    page.locator("#text").fill(LOG_LINE)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".verdict-word")).to_have_text("In ritardo")
    page.get_by_role("button", name="Modifica il testo").click()

    expect(page.locator("#text")).to_have_value(LOG_LINE)


def test_an_empty_box_says_what_to_paste(page: Page, site):
    page.goto(f"{site}/it/")
    page.get_by_role("button", name="Spiega").first.click()

    expect(page.locator("#text-error")).to_contain_text("Il riquadro è vuoto")
    expect(page.locator("#text")).to_be_focused()


def test_the_theme_is_kept_from_page_to_page(page: Page, site):
    page.goto(f"{site}/it/codes/")
    page.get_by_role("button", name="Scuro").click()
    expect(page).to_have_url(f"{site}/it/codes/")
    page.goto(f"{site}/it/")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 28)"
