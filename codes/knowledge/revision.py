"""The number of the knowledge base's state: raised by every change, looked up by every process."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import F
from django.db.models.signals import m2m_changed, post_delete, post_save

_quiet: ContextVar[bool] = ContextVar("quiet", default=False)


def current() -> int:
    """Return the number now in the database; 0 before the first change."""
    from codes.models import Revision

    return Revision.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def bump() -> None:
    """Raise the number, in the caller's transaction."""
    from codes.models import Revision

    if not Revision.objects.filter(pk=1).update(number=F("number") + 1):
        Revision.objects.get_or_create(pk=1, defaults={"number": 1})


def raise_above(number: int) -> None:
    """Make the number higher than it is and than another one, in the caller's transaction."""
    from codes.models import Revision

    Revision.objects.update_or_create(pk=1, defaults={"number": max(number, current()) + 1})


@contextmanager
def raised_once() -> Iterator[None]:
    """Raise the number once at the end of a block that saves many entries."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)
    bump()


def _changed(**kwargs: Any) -> None:
    if not _quiet.get() and not kwargs.get("raw"):
        bump()


def follow_changes() -> None:
    """Raise the number whenever an entry, the house's row or a local note is saved or deleted."""
    from codes.models import SHIPPED_MODELS, Collection, Guide, House, LocalNote

    for model in (*SHIPPED_MODELS, House, LocalNote):
        post_save.connect(_changed, sender=model, dispatch_uid=f"revision-save-{model.__name__}")
        post_delete.connect(_changed, sender=model, dispatch_uid=f"revision-delete-{model.__name__}")
    m2m_changed.connect(_changed, sender=Collection.codes.through, dispatch_uid="revision-collection-codes")
    m2m_changed.connect(_changed, sender=Guide.reasons.through, dispatch_uid="revision-guide-reasons")
