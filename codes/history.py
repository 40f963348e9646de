"""The history of entries: what people change is recorded, what comes with the program is not.

Loading records nothing, so that the history holds edits alone. Before an entry is saved, its row is recorded if the
newest record says otherwise: then the first edit, and one after an upgrade, can be compared with what was there.
Before one is deleted, the links that go with it are recorded where they are kept; codes.deleted puts both back.
"""

from typing import Any, TypeVar

from django.db.models import Model
from django.db.models.signals import post_save, pre_delete, pre_save
from django.utils.translation import gettext_noop

Saved = TypeVar("Saved", bound=Model)

#: Why a row is recorded that nobody has edited here.
AS_LOADED = gettext_noop("as it was before the edit")
#: Why a row is recorded whose links are about to go.
WITH_ITS_LINKS = gettext_noop("as it was before a deletion")
#: Why a row is gone that nobody deleted by itself: it belongs to one that was.
WITH_ITS_OWNER = gettext_noop("deleted with what it belongs to")
#: Why a row is gone that came with the program.
SHIPPED_NO_MORE = gettext_noop("no longer shipped")


def follow_changes() -> None:
    """Record what is there before an entry is edited, and before it is deleted."""
    from codes.models import SHIPPED_MODELS, House, LocalNote

    for model in (*SHIPPED_MODELS, House, LocalNote):
        pre_save.connect(_before, sender=model, dispatch_uid=f"history-before-{model.__name__}")
        pre_delete.connect(_before_deletion, sender=model, dispatch_uid=f"history-deletion-{model.__name__}")


def unrecorded(row: Saved) -> Saved:
    """Return the row, to be saved without a record."""
    row.skip_history_when_saving = True  # type: ignore[attr-defined]
    return row


def record(row: Any, why: str, created: bool = False) -> None:
    """Record a row as it is."""
    row._change_reason = why
    # To the history a row is recorded when it is saved; nothing is saved here.
    post_save.send(type(row), instance=row, created=created, raw=False, using=row._state.db, update_fields=None)


def _before(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    if kwargs.get("raw") or instance._state.adding or hasattr(instance, "skip_history_when_saving"):
        return
    row: Any = sender._base_manager.filter(pk=instance.pk).first()
    if row is None:
        return
    newest = row.history.first()
    if newest is not None and all(
        getattr(newest, field.attname) == getattr(row, field.attname) for field in newest.tracked_fields
    ):
        return
    row._history_user = None
    record(row, AS_LOADED)


def _before_deletion(sender: type[Model], instance: Any, origin: Any = None, **kwargs: Any) -> None:
    if origin is not None and getattr(origin, "model", type(origin)) is not sender:
        instance._change_reason = WITH_ITS_OWNER
    losing = [*sender._base_manager.filter(pk=instance.pk)] if sender._meta.many_to_many else []
    for relation in sender._meta.related_objects:
        if relation.many_to_many:
            losing += getattr(instance, relation.get_accessor_name()).all()
    for row in losing:
        row._history_user = None
        record(row, WITH_ITS_LINKS)
