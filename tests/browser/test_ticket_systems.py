"""The bookmark on the pages of others, and the pages about the API."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

LINE = "450 4.7.1 anna@example.com: Recipient address rejected: Greylisted, try again in 300 seconds (100% sure)"
TICKET = f"""<!doctype html><title>Ticket</title><body>
<p id="before">Good morning</p><p id="bounce">{LINE}</p>
<textarea id="box">Hello. {LINE} Bye.</textarea>
<iframe srcdoc="<p id=inner>{LINE}</p>"></iframe>"""


@pytest.fixture
def ticket_system() -> Iterator[str]:
    """Return the address of somebody else's page, whose security policy allows no script of others."""

    class Foreign(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", "default-src 'self'; frame-src *")
            self.end_headers()
            self.wfile.write(TICKET.encode())

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Foreign)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


SELECT_PARAGRAPH = "getSelection().selectAllChildren(document.getElementById('bounce'))"
SELECT_IN_BOX = f"box.focus(); box.setSelectionRange(7, {7 + len(LINE)})"
SELECT_IN_FRAME = "frames[0].getSelection().selectAllChildren(frames[0].document.getElementById('inner'))"


def press(page: Page, bookmark: str) -> None:
    """Run a bookmark as the browser does: its address unquoted, outside the page's security policy."""
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": bookmark, "userGesture": True})


def test_the_bookmark_explains_what_is_selected_on_somebody_elses_page(page: Page, site, ticket_system):
    for language, select in (("it", SELECT_PARAGRAPH), ("en", SELECT_IN_BOX), ("it", SELECT_IN_FRAME)):
        page.goto(f"{site}/{language}/help/ticket-systems/")
        bookmark = page.locator("#bookmarklet").get_attribute("href")
        assert "%" not in bookmark
        assert "\n" not in bookmark
        page.goto(ticket_system)
        page.evaluate(select)
        with page.expect_popup() as opened:
            press(page, bookmark.removeprefix("javascript:"))

        tab = opened.value
        expect(tab.locator("main")).to_contain_text("(100% sure)")
        assert tab.url == f"{site}/{language}/explain/"
        assert tab.locator("html").get_attribute("lang") == language
        assert page.locator("form").count() == 0
        tab.close()


def test_with_nothing_selected_the_bookmark_says_so(page: Page, site, ticket_system):
    page.goto(f"{site}/en/help/ticket-systems/")
    bookmark = page.locator("#bookmarklet").get_attribute("href")
    page.goto(ticket_system)
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.accept()))
    press(page, bookmark.removeprefix("javascript:"))

    assert said == ["Select the bounce first, then press the bookmark."]


def test_the_description_of_the_api_is_readable(page: Page, site):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{site}/api/v1/docs#explain")

    expect(page.get_by_role("heading", name="Explain a bounce")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.evaluate(AXE_SCRIPT)
    faults = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    assert [fault["id"] for fault in faults] == []
