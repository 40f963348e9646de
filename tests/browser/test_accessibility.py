"""axe finds nothing on any type of page, in either language or theme; and no page scrolls sideways."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.made import STATES

PATHS = [
    "",
    "explain/",
    "codes/",
    "codes/sheet/",
    "codes/4xx/",
    "codes/x.1.x/",
    "codes/5.7.x/",
    "codes/550/",
    "codes/5.1.1/",
    "codes/x.1.1/",
    "codes/5.7.999/",
    "reasons/",
    "reasons/mailbox-full/",
    "providers/",
    "providers/gmail/",
    "messages/",
    "messages/user-unknown/",
    "collections/cisco-esa/",
    "guides/",
    "guides/smtp-dialogue/",
    "glossary/",
    "search/",
    "search/?q=quota+exceded",
    "search/?q=xyzzyplugh",
    "explained/?code=550&status=5.1.1&reason=user-unknown",
    "privacy/",
    "no/such/page/",
]
SHOWN_STATES = ["failed", "two", "unknown", "same fate", "other", "suspicious", "expired", "delivered"]


COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


def check(page: Page, what: str) -> None:
    """Fail where axe finds something in either theme, or the page is wider than the window."""
    for theme, options in (("light", None), ("dark", COLOURS)):
        page.emulate_media(color_scheme=theme)
        results = Axe().run(page, options=options)
        faults = [
            f"{violation['id']}: {[node['html'][:160] for node in violation['nodes'][:3]]}"
            for violation in results.response["violations"]
        ]
        assert faults == [], f"{what} {theme}"
    for width in (320, 640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{what} at {width}"


@pytest.mark.parametrize("language", ["it", "en"])
def test_pages_of_the_knowledge_base(page: Page, site, language):
    for path in PATHS:
        page.goto(f"{site}/{language}/{path}")
        check(page, f"/{language}/{path}")


@pytest.mark.parametrize("language", ["it", "en"])
def test_explanations(page: Page, site, monkeypatch, language):
    monkeypatch.setattr("codes.views.explain.read", lambda data: data.splitlines()[0])
    monkeypatch.setattr("codes.views.explain.explained", lambda state, *_: STATES[state])
    for state in SHOWN_STATES:
        page.goto(f"{site}/{language}/")
        page.locator("#text").fill(f"{state}\nto: a@example.com")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector(".verdict")
        check(page, f"{state} {language}")


@pytest.mark.parametrize("language", ["it", "en"])
def test_a_refused_input(page: Page, site, language):
    page.goto(f"{site}/{language}/")
    page.locator("form.box .button.main").click()
    page.wait_for_selector("#text-error")
    check(page, f"empty box {language}")


@pytest.mark.parametrize(("path", "field"), [("", "#text"), ("reasons/", "#ask"), ("search/", "#q")])
def test_suggestions(page: Page, site, path, field):
    page.goto(f"{site}/it/{path}")
    page.locator(field).press_sequentially("casella")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    check(page, f"suggestions of {field}")
