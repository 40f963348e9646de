"""axe finds nothing on any type of page, in either language or theme; and no page scrolls sideways."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.many_mails import mailbox, mails

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
    "help/ticket-systems/",
    "privacy/",
    "shortcuts/",
    "sign-in/",
    "bulk/",
    "no/such/page/",
]

#: What passed is not written down, which takes axe as long as finding what is wrong.
FAULTS = {"resultTypes": ["violations"]}
SCREEN_RULES = FAULTS | {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]}}
#: Whole explanations; the page of parts has the other states.
WHOLE = ["failed", "two", "unknown", "other"]


def faults_in(results: dict) -> list[str]:
    """Return what axe found, in a line each."""
    return [
        f"{violation['id']}: {[node['html'][:160] for node in violation['nodes'][:3]]}"
        for violation in results["violations"]
    ]


def check(page: Page, what: str, language: str) -> None:
    """Fail where axe finds something, or the page scrolls sideways.

    In Italian all rules are run on a desktop in the light, and on a phone in the dark those that depend on the screen;
    in English, where only the words are others, all of them on a phone in the dark.
    """
    runs = [(("dark", 390), FAULTS)]
    if language == "it":
        runs = [(("light", 1280), FAULTS), (("dark", 390), SCREEN_RULES)]
    page.evaluate(AXE_SCRIPT)
    for screen, options in runs:
        scheme, width = screen
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        assert faults_in(page.evaluate("options => axe.run(options)", options)) == [], f"{what} {screen}"
    for width in (320, 640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{what} at {width}"


@pytest.mark.parametrize("language", ["it", "en"])
def test_pages_of_the_knowledge_base(page: Page, site, language):
    for path in PATHS:
        page.goto(f"{site}/{language}/{path}")
        check(page, f"/{language}/{path}", language)


@pytest.mark.parametrize("language", ["it", "en"])
def test_explanations(page: Page, site, settings, language):
    settings.DEBUG = True
    for state in WHOLE:
        page.goto(f"{site}/{language}/parts/{state}/")
        check(page, f"{state} {language}", language)


def test_all_parts_in_all_states(page: Page, site, settings):
    settings.DEBUG = True
    page.goto(f"{site}/it/parts/")
    check(page, "parts", "it")


@pytest.mark.parametrize("language", ["it", "en"])
def test_a_report_over_many(page: Page, site, language):
    page.goto(f"{site}/{language}/bulk/")
    given = [("a.mbox", mailbox(mails(40))), ("letter.pdf", b"%PDF-1.7\n")]
    page.locator("#files").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": content} for name, content in given]
    )
    page.locator("[data-part=again]").wait_for()
    page.locator("summary").evaluate_all("all => all.forEach(one => one.click())")
    check(page, f"report {language}", language)


@pytest.mark.parametrize("language", ["it", "en"])
def test_a_refused_input(page: Page, site, language):
    page.goto(f"{site}/{language}/")
    page.locator("form.box .button.main").click()
    page.wait_for_selector("#text-error")
    check(page, f"empty box {language}", language)


@pytest.mark.parametrize(("path", "field"), [("", "#text"), ("reasons/", "#ask"), ("search/", "#q")])
def test_suggestions(page: Page, site, path, field):
    page.goto(f"{site}/it/{path}")
    page.locator(field).press_sequentially("casella")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    check(page, f"suggestions of {field}", "it")
