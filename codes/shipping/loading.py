"""Loads the shipped knowledge base into the database, in one transaction."""

from collections import defaultdict
from pathlib import Path

from django.db import transaction
from django.utils import translation

from codes.history import SHIPPED_NO_MORE, unrecorded
from codes.knowledge import revision
from codes.models import ShippedEntry
from codes.models.entry import Entry
from codes.shipping.checking import check_agreement, check_fields, check_links
from codes.shipping.kinds import KINDS, Kind, Plain, kind_of
from codes.shipping.planning import Action, Step, make_plan
from codes.shipping.reading import Shipped, read_folder
from codes.shipping.renaming import rename
from codes.shipping.stored import Record, Stored, read_records, read_rows, record_address


def load(folder: Path, dry_run: bool = False) -> list[Step]:
    """Load a folder of fixtures and return what was done, or with `dry_run` what would be.

    Raises InvalidFixture, and changes nothing, where a file cannot be loaded.
    """
    with translation.override(None), transaction.atomic():  # messages and bare columns in one language
        shipped = read_folder(folder)
        if not dry_run:
            rename(shipped)
        stored = read_rows(locked=not dry_run)
        records = read_records()
        for entry in shipped:
            if not _was_checked(entry, records):
                check_fields(entry)
        check_links(shipped, set(stored.rows) | {(entry.kind.name, entry.key) for entry in shipped})
        check_agreement(shipped)
        steps = make_plan(shipped, stored, records)
        if not dry_run:
            _apply(steps, stored)
            _remember(steps, records)
    return steps


def _was_checked(entry: Shipped, records: dict[tuple[str, str], Record]) -> bool:
    """Return whether this very text was taken before; only new ones need checking."""
    record = records.get(record_address((entry.kind.name, entry.key)))
    return record is not None and entry.plain in (record.taken, record.waiting)


def _apply(steps: list[Step], stored: Stored) -> None:
    """Save and delete rows through the ORM, and raise the revision once if there were any."""
    by_kind: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        if step.action in (Action.CREATED, Action.UPDATED, Action.REMOVED):
            by_kind[step.kind.name].append(step)
    if not by_kind:
        return
    with revision.raised_once():
        for kind in KINDS:
            _save(kind, [step for step in by_kind[kind.name] if step.plain is not None], stored)
        for kind in reversed(KINDS):
            ids = [stored.ids[step.address] for step in by_kind[kind.name] if step.action == Action.REMOVED]
            for row in kind.model._default_manager.filter(pk__in=ids):
                row._change_reason = SHIPPED_NO_MORE
                row.delete()


def _save(kind: Kind, steps: list[Step], stored: Stored) -> None:
    ids = [stored.ids[step.address] for step in steps if step.action == Action.UPDATED]
    rows = kind.model._default_manager.in_bulk(ids) if ids else {}
    for step in steps:
        if step.plain is None:
            continue
        row = unrecorded(rows[stored.ids[step.address]] if step.action == Action.UPDATED else kind.model())
        fill(kind, row, step.plain, stored)
        row.save()
        stored.ids[step.address] = row.pk
        save_links(kind, row, step.plain, stored)


def save_links(kind: Kind, row: Entry, plain: Plain, stored: Stored) -> None:
    """Set the many-to-many fields of a saved row."""
    for plan in kind.links:
        if plan.shape == "many":
            target = kind_of(plan.field.related_model).name
            getattr(row, plan.name).set([stored.ids[target, tuple(key)] for key in plain[plan.name]])


def fill(kind: Kind, row: Entry, plain: Plain, stored: Stored) -> None:
    """Set the columns of a row; many-to-many fields come after it is saved."""
    for plan in kind.fields.values():
        value = plain[plan.name]
        if plan.shape == "one":
            target = kind_of(plan.field.related_model).name
            value = None if value is None else stored.ids[target, tuple(value)]
        if plan.shape != "many":
            setattr(row, plan.column, value)


def _remember(steps: list[Step], records: dict[tuple[str, str], Record]) -> None:
    """Write what is remembered of each entry, where that changed."""
    new, changed, gone = [], [], []
    for step in steps:
        recorded = record_address(step.address)
        before = records.get(recorded)
        if step.record is None:
            gone.extend([recorded] if before else [])
        elif before is None:
            new.append((recorded, step.record))
        elif before != step.record:
            changed.append((recorded, step.record))
    ShippedEntry.objects.bulk_create([ShippedEntry(kind=kind, key=key, **vars(record)) for (kind, key), record in new])
    if not changed and not gone:
        return
    entries = {(entry.kind, entry.key): entry for entry in ShippedEntry.objects.all()}
    for recorded, record in changed:
        for name, value in vars(record).items():
            setattr(entries[recorded], name, value)
    ShippedEntry.objects.bulk_update(
        [entries[recorded] for recorded, _record in changed], ["taken", "waiting", "withdrawn"], batch_size=100
    )
    ShippedEntry.objects.filter(pk__in=[entries[recorded].pk for recorded in gone]).delete()
