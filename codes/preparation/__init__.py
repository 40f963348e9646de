"""Brings a fresh clone, or an upgraded one, to where it can work: database, texts, catalogues, static files."""

import sys
from collections.abc import Callable

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError

from codes.preparation import steps
from codes.preparation.lock import alone

__all__ = ["PreparationError", "prepare"]


class PreparationError(CommandError):
    """A step that failed; its text is one sentence, which ends a command with exit status 1."""


def prepare(*, static: bool = False, say: Callable[[str], object] | None = None) -> list[str]:
    """Run the steps that are due and return their names; `static` also collects the static files.

    Every command that needs the database calls this first: it takes some milliseconds where nothing is due. What is
    done is told to `say`, by default on stderr, since stdout is for the command's own output. Raises PreparationError.
    """
    say = say or (lambda line: sys.stderr.write(f"{line}\n"))
    wanted = steps.ALL if static else steps.WITHOUT_STATIC
    try:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
        steps.reach_database()
        if all(step.is_fresh() for step in wanted):
            return []
        with alone(settings.DATA_DIR / "prepare.lock"):
            # Looked at once more: somebody else may have prepared while this process waited.
            return [step.name for step in wanted if not step.is_fresh() and _run(step, say)]
    except DatabaseError as error:
        raise PreparationError(f"The database cannot be used: {_one_line(error)}") from error
    except OSError as error:
        raise PreparationError(f"{settings.DATA_DIR} cannot be used: {_one_line(error)}") from error


def _run(step: steps.Step, say: Callable[[str], object]) -> bool:
    say(f"{step.doing}...")
    try:
        step.run()
    except CommandError as error:
        raise PreparationError(str(error)) from error
    except Exception as error:
        raise PreparationError(f"{step.doing} failed. {type(error).__name__}: {_one_line(error)}") from error
    return True


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
