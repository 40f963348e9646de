"""The numbers of the knowledge base's state: raised by every change, looked up by every process."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import F, Model
from django.db.models.signals import m2m_changed, post_delete, post_save

_quiet: ContextVar[bool] = ContextVar("quiet", default=False)

#: Stands for changes of all kinds at once.
EVERYTHING = "*"


def current() -> int:
    """Return the number now in the database; 0 before the first change."""
    return numbers().get("", 0)


def numbers() -> dict[str, int]:
    """Return how many changes there were: of all kinds (""), of each, and of everything at once (EVERYTHING)."""
    from codes.models import Revision

    return dict(Revision.objects.values_list("kind", "number"))


def bump(kind: str = EVERYTHING) -> None:
    """Raise the number of a kind and that of all, in the caller's transaction.

    That of all comes first: whoever raises it makes the others wait, so that none waits for one who waits for it.
    """
    from codes.models import Revision

    for counted in ("", kind):
        if not Revision.objects.filter(kind=counted).update(number=F("number") + 1):
            Revision.objects.get_or_create(kind=counted, defaults={"number": 1})


def raise_above(number: int) -> None:
    """Make the number higher than it is and than another one, in the caller's transaction; all is to be read again."""
    from codes.models import Revision

    higher = max(number, current()) + 1
    for counted in ("", EVERYTHING):
        Revision.objects.update_or_create(kind=counted, defaults={"number": higher})


@contextmanager
def raised_once() -> Iterator[None]:
    """Raise the number once at the end of a block that saves many entries."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)
    bump()


def _changed(sender: type[Model], **kwargs: Any) -> None:
    if not _quiet.get() and not kwargs.get("raw"):
        # The model of a link names both ends, its own first: Collection_codes, Guide_reasons.
        bump((sender._meta.model_name or EVERYTHING).partition("_")[0])


def follow_changes() -> None:
    """Raise the number whenever an entry, the house's row or a local note is saved or deleted."""
    from codes.models import SHIPPED_MODELS, Collection, Guide, House, LocalNote

    for model in (*SHIPPED_MODELS, House, LocalNote):
        post_save.connect(_changed, sender=model, dispatch_uid=f"revision-save-{model.__name__}")
        post_delete.connect(_changed, sender=model, dispatch_uid=f"revision-delete-{model.__name__}")
    m2m_changed.connect(_changed, sender=Collection.codes.through, dispatch_uid="revision-collection-codes")
    m2m_changed.connect(_changed, sender=Guide.reasons.through, dispatch_uid="revision-guide-reasons")
