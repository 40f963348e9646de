"""What was deleted, as its history has it, and the way back: with the same key, and with the links that still exist."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CASCADE, ForeignKey, Max, Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from codes.history import WITH_ITS_LINKS, WITH_ITS_OWNER, record, unrecorded
from codes.models.entry import Entry
from codes.models.former import PAGED, forget

PUT_BACK = gettext_noop("put back after it was deleted")


@dataclass
class WayBack:
    """What putting an entry back would do."""

    #: The entry as it would be saved.
    row: Any
    #: What it names in its many-to-many fields, by field.
    links: dict[str, list[Model]]
    #: What it named that is gone, as people say it.
    gone: list[str] = field(default_factory=list)
    #: Why it cannot be put back; empty where it can.
    refusal: str = ""

    @property
    def left_out(self) -> str:
        """A sentence on what is not put back, empty where all is."""
        return _("What is gone itself stays out: %(entries)s.") % {"entries": ", ".join(self.gone)} if self.gone else ""


def deleted(model: Any) -> QuerySet:
    """Return the record of each deletion of a kind of entry that nobody took back, the newest first."""
    gone = model.history.filter(history_type="-").exclude(id__in=model._base_manager.values("pk"))
    last = gone.order_by().values("id").annotate(last=Max("history_id")).values("last")
    return model.history.filter(history_id__in=last).select_related("history_user")


def as_it_was(version: Any) -> Any:
    """Return the entry as a record has it, unsaved. What it names is a row; where that is gone, what the row last was.

    That is told by `_state.adding`.
    """
    row = version.instance
    for each in _foreign_keys(row):
        if (pk := getattr(row, each.attname)) is not None:
            [target] = _entries(each.related_model, [pk])
            setattr(row, each.name, target)
    return row


def linked(version: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Yield each many-to-many field of a record, and what it names, as in `as_it_was`."""
    # Links are gone before their entry is; the record before has them.
    holding = version.prev_record or version if version.history_type == "-" else version
    for each in version.instance_type._meta.many_to_many:
        ids = getattr(holding, each.name).values_list(f"{each.m2m_reverse_field_name()}_id", flat=True)
        yield each, _entries(each.related_model, list(ids))


def way_back(version: Any) -> WayBack:
    """Return what putting an entry back as a record has it would do; nothing is saved."""
    row = as_it_was(version)
    targets = {each.name: found for each, found in linked(version)}
    links = {name: [target for target in found if not target._state.adding] for name, found in targets.items()}
    way = WayBack(row, links, [_named(each) for found in targets.values() for each in found if each._state.adding])
    for each in _foreign_keys(row):
        target = getattr(row, each.name)
        if target is not None and target._state.adding:
            if not each.null:
                way.refusal = _("First this has to be there again: %(entry)s.") % {"entry": _named(target)}
                return way
            way.gone.append(_named(target))
            setattr(row, each.name, None)
    taken = _with_key(row)
    if taken:
        way.refusal = _("Its key is taken again: %(entry)s.") % {"entry": _named(taken)}
        return way
    try:
        row.full_clean()
    except ValidationError as error:
        way.refusal = " ".join(error.messages)
    return way


def went_with(row: Model) -> Iterator[Any]:
    """Yield the records of what was deleted only because a deleted entry was."""
    for relation in row._meta.related_objects:
        if relation.on_delete is CASCADE and hasattr(relation.related_model, "history"):
            named = {relation.field.attname: row.pk, "history_change_reason": WITH_ITS_OWNER}
            yield from deleted(relation.related_model).filter(**named)


def put_back(way: WayBack, hanging: Iterable[Any] = (), save: Callable[[Any], None] | None = None) -> None:
    """Save an entry that can be put back, who names it, and what went with it; their losses are added to its own."""
    row = way.row
    with transaction.atomic():
        if row._meta.model_name in PAGED:
            forget(row._meta.model_name, row.slug)
        (save or type(row).save)(unrecorded(row))
        for name, targets in way.links.items():
            getattr(row, name).set(targets)
        del row.skip_history_when_saving
        record(row, PUT_BACK, created=True)
        for owner, name in _owners(row):
            getattr(owner, name).add(row)
        for version in hanging:
            other = way_back(version)
            if other.refusal:
                way.gone.append(_named(other.row))
            else:
                put_back(other)
                way.gone += other.gone


def _owners(row: Any) -> Iterator[tuple[Model, str]]:
    """Yield the entries that named a row when it was deleted, and in which of their fields."""
    deletion = type(row).history.filter(id=row.pk, history_type="-").first()
    before = deletion.prev_record if deletion else None
    for relation in row._meta.related_objects:
        if not relation.many_to_many:
            continue
        name, model = relation.field.name, relation.related_model
        versions = model.history.filter(history_change_reason=WITH_ITS_LINKS)
        if before:
            versions = versions.filter(history_date__gt=before.history_date)
        named = {
            version.id
            for version in versions
            if getattr(version, name).filter(**{f"{relation.field.m2m_reverse_field_name()}_id": row.pk}).exists()
        }
        for owner in model._base_manager.filter(pk__in=named):
            yield owner, name


def _foreign_keys(row: Model) -> list[ForeignKey]:
    return [each for each in row._meta.concrete_fields if isinstance(each, ForeignKey)]


def _entries(model: Any, ids: list[int]) -> list[Any]:
    """Return the rows with these primary keys; for one that is gone the row with its key now, or as it last was."""
    rows = model._base_manager.in_bulk(ids)
    for pk in ids:
        if pk not in rows:
            last = model.history.filter(id=pk).first()
            former = as_it_was(last) if last else model(pk=pk)
            rows[pk] = _with_key(former) or former
    return [rows[pk] for pk in ids]


def _with_key(row: Any) -> Any:
    """Return the row that has an entry's key, None where there is none."""
    if not isinstance(row, Entry):
        return None
    model: Any = type(row)
    return model._base_manager.filter(**dict(zip(row.natural_key_fields, row.natural_key(), strict=True))).first()


def _named(row: Any) -> str:
    return _("%(kind)s “%(entry)s”") % {"kind": row._meta.verbose_name, "entry": row}
