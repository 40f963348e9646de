"""Decides what a load does with each entry; reads and writes nothing.

Of each entry three states count: what is shipped now, what was shipped when it was last taken, and the row. A row
that still equals what was taken is ours to update; any other row was edited here and stays, and the newer text waits.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from codes.shipping.kinds import BY_NAME, Kind, Plain, key_text, kind_of
from codes.shipping.reading import Shipped
from codes.shipping.stored import Address, Record, Stored, record_address


class Action(StrEnum):
    """What happens to an entry."""

    CREATED = "created"
    UPDATED = "updated"
    KEPT = "kept"
    WAITING = "waiting"
    REMOVED = "removed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Step:
    """What a load does with one entry; `record` is what will be remembered of it, None forgets it."""

    kind: Kind
    address: Address
    action: Action
    record: Record | None
    plain: Plain | None = None
    note: str = ""

    @property
    def name(self) -> str:
        """The entry as people say it."""
        return f"{self.kind.name} {key_text(self.address[1])}"


def make_plan(shipped: Iterable[Shipped], stored: Stored, records: dict[tuple[str, str], Record]) -> list[Step]:
    """Return a step for each entry that is or was shipped."""
    steps: dict[Address, Step] = {}
    for entry in shipped:
        address = (entry.kind.name, entry.key)
        record = records.get(record_address(address))
        steps[address] = _judge(entry, stored.rows.get(address), record)
    _hold_back(steps, stored)
    _withdraw(steps, stored, records)
    return list(steps.values())


def _judge(entry: Shipped, row: Plain | None, record: Record | None) -> Step:
    kind, new, address = entry.kind, entry.plain, (entry.kind.name, entry.key)
    fresh = Record(new)
    if row is None and record is None:
        return Step(kind, address, Action.CREATED, fresh, new)
    if row is None:
        return Step(kind, address, Action.KEPT, replace(record, waiting=None, withdrawn=False), note="was deleted here")
    if row == new:
        return Step(kind, address, Action.UNCHANGED, fresh)
    if record is None:
        return Step(kind, address, Action.WAITING, Record({}, waiting=new), note=_differences(row, new))
    taken = kind.complete(record.taken)
    if row == taken:
        return Step(kind, address, Action.UPDATED, fresh, new, note=_differences(row, new))
    if new == taken:
        return Step(kind, address, Action.KEPT, Record(new), note="was edited here")
    return Step(kind, address, Action.WAITING, Record(record.taken, waiting=new), note=_differences(row, new))


def _differences(row: Plain, new: Plain) -> str:
    return ", ".join(name for name in new if row.get(name) != new[name])


def _named_by(kind: Kind, plain: Plain, sources: bool = False) -> set[Address]:
    """Return the entries that a row names, those of its sources too if wanted."""
    named: set[Address] = set()
    for plan in kind.links:
        value = plain[plan.name] or []
        for key in value if plan.shape == "many" else [value] if value else []:
            named.add((kind_of(plan.field.related_model).name, tuple(key)))
    if sources:
        named.update(("reference", (source.partition(" ")[0],)) for source in plain.get("sources", ()))
    return named


def _hold_back(steps: dict[Address, Step], stored: Stored) -> None:
    """Keep back what would name an entry that an editor deleted: it is not created, or waits."""
    present = set(stored.rows) | {address for address, step in steps.items() if step.action == Action.CREATED}
    again = True
    while again:
        again = False
        for address, step in steps.items():
            if step.action not in (Action.CREATED, Action.UPDATED) or step.plain is None:
                continue
            missing = sorted(_named_by(step.kind, step.plain) - present)
            if not missing:
                continue
            note = f"names {missing[0][0]} {key_text(missing[0][1])}, which was deleted here"
            if step.action == Action.CREATED:
                steps[address] = Step(step.kind, address, Action.KEPT, None, note=note)
                present.discard(address)
                again = True
            else:
                taken = stored.rows[address]
                steps[address] = Step(step.kind, address, Action.WAITING, Record(taken, waiting=step.plain), note=note)


def _withdraw(steps: dict[Address, Step], stored: Stored, records: dict[tuple[str, str], Record]) -> None:
    """Add the steps of entries that are shipped no more: removed where nobody edited and nothing names them."""
    by_record = {record_address(address): address for address in stored.rows}
    shipped = {record_address(address) for address in steps}
    candidates: dict[Address, Record] = {}
    for recorded, record in records.items():
        address = by_record.get(recorded)
        if recorded in shipped or address is None or recorded[0] not in BY_NAME:
            continue
        kind = BY_NAME[recorded[0]]
        if stored.rows[address] == kind.complete(record.taken):
            candidates[address] = record
        else:
            steps[address] = _left(kind, address, record, "is shipped no more, but was edited here")
    after = {address: row for address, row in stored.rows.items() if address not in candidates}
    after.update({address: step.plain for address, step in steps.items() if step.plain is not None})
    named = {target for address, row in after.items() for target in _named_by(BY_NAME[address[0]], row, sources=True)}
    while kept := [address for address in candidates if address in named]:
        for address in kept:
            kind = BY_NAME[address[0]]
            steps[address] = _left(kind, address, candidates.pop(address), "is shipped no more, but others name it")
            named |= _named_by(kind, stored.rows[address], sources=True)
    for address in candidates:
        steps[address] = Step(BY_NAME[address[0]], address, Action.REMOVED, None)


def _left(kind: Kind, address: Address, record: Record, note: str) -> Step:
    return Step(kind, address, Action.KEPT, replace(record, waiting=None, withdrawn=True), note=note)
