"""What all tests share: the shipped knowledge base in the test database, and Chromium for the browser tests."""

import gettext
import os
import shutil
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.core.signals import setting_changed
from django.db import connection
from django.db.models import Model, QuerySet
from django.utils import translation
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import blocking_manager_key

# Playwright runs an event loop in the tests' thread; Django would refuse the ORM beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

#: A name for 127.0.0.1 that is not localhost: there browsers offer what they keep back on plain http inside a network.
SITE_NAME = "rimbalzo.test"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    f"--host-resolver-rules=MAP {SITE_NAME} 127.0.0.1",
]
#: The browser's engine without the rest of it: the same pages in half the time.
SHELL = "chromium-headless-shell"
WHOLE = ("chromium", "chromium-browser", "google-chrome")
NO_CHROMIUM = "No Chromium here: install it (apt-get install chromium) to run the browser tests."


def pytest_configure(config: pytest.Config) -> None:
    """Let pytest-base-url, which Playwright's plugin brings, warn about itself: a warning is an error else."""
    config.addinivalue_line("filterwarnings", "ignore:Session-scoped fixtures defined as instance methods")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what opens a page, so that `-m "not browser"` leaves it out, and what a browser reads the site in.

    SQLite is in memory here, one connection for the test and its server: what a test writes can be rolled back. Where
    the server has a connection of its own it would not see it.
    """
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if {"page", "context", "browser"} & names:
            item.add_marker(pytest.mark.browser)
        if "server" in names:
            item.add_marker(pytest.mark.django_db(transaction=connection.vendor != "sqlite"))


class Shelf:
    """Keeps all rows of the loaded knowledge base, to put them back after a test that empties the database."""

    def __init__(self) -> None:
        from codes import models

        self.models: list[type[Model]] = [
            *models.SHIPPED_MODELS,
            models.Collection.codes.through,
            models.Guide.reasons.through,
            models.ShippedEntry,
            models.Revision,
        ]
        self.rows: list[list[Model]] = []
        self.groups: dict[str, list[str]] = {}
        #: The snapshot of these rows, for every test that begins with them.
        self.knowledge: Any = None

    def fill(self) -> None:
        """Load the shipped files and remember the rows, and the groups that a migration made."""
        from django.contrib.auth.models import Group

        from codes.knowledge import snapshot

        call_command("load_knowledge", verbosity=0)
        self.rows = [list(QuerySet(model)) for model in self.models]
        self.knowledge = snapshot.build()
        for group in Group.objects.prefetch_related("permissions"):
            self.groups[group.name] = [permission.codename for permission in group.permissions.all()]

    def put_back(self) -> None:
        """Restore the rows where the tables are empty."""
        if not self.rows or QuerySet(self.models[0]).exists():
            return
        from django.contrib.auth.models import Group, Permission

        for model, rows in zip(self.models, self.rows, strict=True):
            QuerySet(model).bulk_create(rows, batch_size=200)
        for name, codenames in self.groups.items():
            group, _made = Group.objects.get_or_create(name=name)
            group.permissions.set(Permission.objects.filter(content_type__app_label="codes", codename__in=codenames))
        for statement in connection.ops.sequence_reset_sql(no_style(), self.models):
            with connection.cursor() as cursor:
                cursor.execute(statement)


#: Filled when the test database is made.
SHELF = Shelf()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Put the rows back right after a test that has emptied the database.

    The next one's own transaction would be too late: it is rolled back, and all that follow would do it again.
    """
    yield
    if nextitem is not None:
        with item.config.stash[blocking_manager_key].unblock():
            SHELF.put_back()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, catalogues: None) -> None:
    """Load the shipped knowledge base once into the test database; a test's own changes are rolled back."""
    with django_db_blocker.unblock():
        SHELF.fill()


@pytest.fixture(scope="session", autouse=True)
def catalogues() -> None:
    """Compile the message catalogues, as `serve` does, and make the folder that whitenoise asks for."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    if find_spec("codes.catalogues"):
        module = import_module("codes.catalogues")
        module.compile_catalogues(settings.LOCALE_SOURCES, settings.LOCALE_PATHS[0])
        # Django has read what lay there before: nothing on a fresh machine, else the last run's, which gettext keeps.
        gettext._translations.clear()
        setting_changed.send(sender=None, setting="LOCALE_PATHS", value=settings.LOCALE_PATHS, enter=True)


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """Let no test speak the language that another one has switched to."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _honest_snapshot(request: pytest.FixtureRequest) -> Iterator[None]:
    """Give each test with a database the full knowledge base, and let no test see another one's changes."""
    names = set(request.fixturenames)
    if not names & {"db", "transactional_db", "live_server"} and not request.node.get_closest_marker("django_db"):
        yield
        return
    from codes.knowledge.snapshot import keeper
    from codes.views import published

    request.getfixturevalue("transactional_db" if names & {"transactional_db", "live_server"} else "db")
    keeper.get(fresh=True)
    yield
    # The number is rolled back with the test and would be given out again: what was built under it must go.
    if keeper._knowledge is not SHELF.knowledge:
        keeper.forget()
        keeper._knowledge = SHELF.knowledge
        published.shelf.clear()


@pytest.fixture
def knowledge(db: None) -> Any:
    """Return the snapshot of the shipped knowledge base."""
    from codes.knowledge import snapshot

    return snapshot.current(fresh=True)


def chromium(names: Iterable[str]) -> str:
    """Return the path of the first that is installed; without one a browser test skips, and in CI it fails."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.fail(NO_CHROMIUM) if os.environ.get("CI") == "true" else pytest.skip(NO_CHROMIUM)
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the system's Chromium; its shell where there is one."""
    return {**browser_type_launch_args, "executable_path": chromium((SHELL, *WHOLE)), "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[LiveServer]:
    """Serve from a thread of this process, as live_server does, which would empty the database after each test."""
    started = LiveServer("localhost")
    yield started
    # Not stop(), which takes the database's connection back while the browser may still keep a thread of ours waiting.
    started.thread.terminate()


@pytest.fixture
def site(db: None, server: LiveServer, settings: Any) -> str:
    """Return the address of a server that Chromium reads from, on plain http."""
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", SITE_NAME]
    return server.url.replace("localhost", "127.0.0.1")


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Ask for English, as Chromium does by itself and its shell does not."""
    return {**browser_context_args, "locale": "en-US"}
