"""What people put into the box that is large, wrong or no text at all."""

import pytest
from playwright.sync_api import Page, expect

from codes.views.examples import NOTICE

MEGABYTE = 1024 * 1024
LONG_LINE = "\n" + "x" * 1023


def test_a_megabyte_is_explained_and_the_page_says_what_it_cannot_do(page: Page, site):
    page.goto(f"{site}/it/")
    page.evaluate(
        """text => {
            const carried = new DataTransfer();
            carried.setData("text/plain", text);
            const options = { clipboardData: carried, bubbles: true, cancelable: true };
            document.getElementById("text").dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        NOTICE + LONG_LINE * (MEGABYTE // len(LONG_LINE)),
    )

    expect(page.locator(".verdict-word")).to_have_text("Non consegnato")
    expect(page.locator("#pasted-long")).to_contain_text("Il testo è troppo lungo per restare in questa pagina.")
    expect(page.get_by_role("link", name="English")).to_have_attribute("aria-describedby", "pasted-long")
    page.go_back()
    assert page.locator("#text").evaluate("area => area.value.length") > MEGABYTE


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("screenshot.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "Questa è un’immagine"),
        ("letter.pdf", b"%PDF-1.7\n", "Questo file non è una mail né un testo."),
    ],
)
def test_a_file_that_is_no_mail_is_one_sentence_and_the_text_stays(page: Page, site, name, content, sentence):
    page.goto(f"{site}/it/")
    page.locator("#text").fill("550 5.1.1 User unknown")
    page.locator("#file").set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})

    expect(page.locator("#text-error")).to_contain_text(sentence)
    expect(page.locator("#text")).to_have_value("550 5.1.1 User unknown")
    expect(page.locator("#text")).to_have_attribute("aria-invalid", "true")


def test_a_text_without_a_bounce_says_so_and_what_to_paste(page: Page, site):
    page.goto(f"{site}/it/")
    page.locator("#text").fill("Buongiorno,\nle invio in allegato il preventivo firmato.\nCordiali saluti, Laura Conti")
    page.keyboard.press("Control+Enter")

    expect(page.locator(".verdict-word")).to_have_text("Non è un avviso di rifiuto")
    expect(page.get_by_role("heading", name="Che cosa accetta il riquadro")).to_be_visible()
