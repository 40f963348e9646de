"""The steps of the preparation, in their order. Each knows what it is made from and where its result stands."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from codes.preparation import stamps


@dataclass(frozen=True)
class Step:
    """One step; it is fresh where its stamp was made from these very sources and this very result."""

    name: str
    doing: str
    sources: Callable[[], str]
    result: Callable[[], str]
    act: Callable[[], object]
    store: stamps.Store

    def is_fresh(self) -> bool:
        """Return whether there is nothing to do."""
        return self.store.read(self.name) == f"{self.sources()} {self.result()}"

    def run(self) -> None:
        """Do it, and stamp it with the sources as they were before, should they change meanwhile."""
        sources = self.sources()
        self.act()
        self.store.write(self.name, f"{sources} {self.result()}")


def reach_database() -> None:
    """Raise DatabaseError where the database does not answer.

    The pool would try for ten seconds and then only say that it has no connection; one of its own says at once why.
    """
    if connection.vendor == "postgresql":
        import psycopg

        with connection.wrap_database_errors:
            psycopg.connect(**connection.get_connection_params()).close()


def _catalogues() -> None:
    from codes.catalogues import compile_catalogues

    compile_catalogues(settings.LOCALE_SOURCES, settings.LOCALE_PATHS[0])
    _forget_translations()


def _forget_translations() -> None:
    """Let this process see the new catalogues, as Django's own reloader does."""
    import gettext

    from asgiref.local import Local
    from django.utils.translation import trans_real

    vars(gettext).update(_translations={})
    vars(trans_real).update(_translations={}, _default=None, _active=Local())


def _migrations() -> list[tuple[str, Path]]:
    return [
        (f"{app.label}/{file.name}", file)
        for app in apps.get_app_configs()
        for file in Path(app.path, "migrations").glob("*.py")
    ]


def _applied() -> str:
    return stamps.digest(f"{app} {name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _knowledge() -> list[tuple[str, Path]]:
    """Return the shipped texts, and the program that puts them into the database."""
    codes = settings.BASE_DIR / "codes"
    files = [
        *(settings.BASE_DIR / "fixtures").glob("*.yaml"),
        *(codes / "shipping").glob("*.py"),
        *(codes / "models").glob("*.py"),
        codes / "management" / "commands" / "load_knowledge.py",
    ]
    return [(file.relative_to(settings.BASE_DIR).as_posix(), file) for file in files]


def _shipped() -> str:
    """Return how many entries the database holds: none where it was flushed, stamps and all but this one left."""
    return str(apps.get_model("codes", "ShippedEntry").objects.count())


def _static_sources() -> str:
    """Return a digest of every static file's name, size and time: the installed packages' are too many to read."""
    files = []
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            files.append(f"{name} {stat.st_size} {stat.st_mtime_ns}")
    return stamps.digest([settings.STORAGES["staticfiles"]["BACKEND"], *files])


CATALOGUES = Step(
    name="catalogues",
    doing="Compiling the message catalogues",
    sources=lambda: stamps.contents((str(po), po) for po in settings.LOCALE_SOURCES.rglob("*.po")),
    result=lambda: stamps.listing(settings.LOCALE_PATHS[0]),
    act=_catalogues,
    store=stamps.Files(),
)
MIGRATIONS = Step(
    name="migrations",
    doing="Bringing the database up to date",
    sources=lambda: stamps.contents(_migrations()),
    result=_applied,
    act=lambda: call_command("migrate", interactive=False, verbosity=0),
    store=stamps.Database(),
)
KNOWLEDGE = Step(
    name="knowledge",
    doing="Loading the knowledge base",
    sources=lambda: stamps.contents(_knowledge()),
    result=_shipped,
    act=lambda: call_command("load_knowledge", verbosity=0),
    store=stamps.Database(),
)
STATIC = Step(
    name="static",
    doing="Collecting the static files",
    sources=_static_sources,
    result=lambda: stamps.listing(Path(settings.STATIC_ROOT)),
    act=lambda: call_command("collectstatic", interactive=False, verbosity=0),
    store=stamps.Files(),
)

#: The catalogues first: the steps after them speak.
WITHOUT_STATIC = (CATALOGUES, MIGRATIONS, KNOWLEDGE)
ALL = (*WITHOUT_STATIC, STATIC)
