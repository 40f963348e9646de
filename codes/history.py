"""The history of entries: what people change is recorded, what comes with the program is not.

Loading records nothing, so that the history holds edits alone. Before an entry is saved, its row is recorded if the
newest record says otherwise: then the first edit, and one after an upgrade, can be compared with what was there.
"""

from typing import Any, TypeVar

from django.db.models import Model
from django.db.models.signals import post_save, pre_save
from django.utils.translation import gettext_noop

Saved = TypeVar("Saved", bound=Model)

#: Why a row is recorded that nobody has edited here.
AS_LOADED = gettext_noop("as it was before the edit")


def follow_changes() -> None:
    """Record what is there before an entry is edited."""
    from codes.models import SHIPPED_MODELS, House, LocalNote

    for model in (*SHIPPED_MODELS, House, LocalNote):
        pre_save.connect(_before, sender=model, dispatch_uid=f"history-before-{model.__name__}")


def unrecorded(row: Saved) -> Saved:
    """Return the row, to be saved without a record."""
    row.skip_history_when_saving = True  # type: ignore[attr-defined]
    return row


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
    row._change_reason = AS_LOADED
    # To the history a row is recorded when it is saved; nothing is saved here.
    post_save.send(sender, instance=row, created=False, raw=False, using=row._state.db, update_fields=None)
