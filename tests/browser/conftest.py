"""A server that Chromium reads from, on plain http, and pages that report what goes wrong in them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.conftest import SITE_NAME


@pytest.fixture(autouse=True)
def _any_host(settings):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", SITE_NAME]


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[LiveServer]:
    """Serve from a thread of this process, as live_server does, which would empty the database after each test."""
    started = LiveServer("localhost")
    yield started
    # Not stop(), which takes the database's connection back while the browser may still keep a thread of ours waiting.
    started.thread.terminate()


@pytest.fixture
def site(db: None, server: LiveServer) -> str:
    """Return the server's address."""
    return server.url.replace("localhost", "127.0.0.1")


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
