"""A name for the server that is not localhost, and pages that report what goes wrong in them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.conftest import SITE_NAME


@pytest.fixture
def named_site(site) -> str:
    """Return the server's address under a name, where the browser has no clipboard for us."""
    return site.replace("127.0.0.1", SITE_NAME)


@pytest.fixture(autouse=True)
def _no_fault_in_the_page(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test in whose page a script broke or the content security policy was violated."""
    if "page" not in request.fixturenames:
        yield
        return
    page: Page = request.getfixturevalue("page")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield
    assert faults == []
