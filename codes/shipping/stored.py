"""Reads all rows of the database in a few queries, as plain rows."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from codes.models import ShippedEntry
from codes.shipping.kinds import KINDS, Kind, NaturalKey, Plain, key_text, kind_of

Address = tuple[str, NaturalKey]


@dataclass(frozen=True)
class Record:
    """What is remembered of a shipped entry (see codes.models.ShippedEntry)."""

    taken: Plain
    waiting: Plain | None = None
    withdrawn: bool = False


@dataclass
class Stored:
    """The rows by kind and natural key, and their primary keys."""

    rows: dict[Address, Plain] = field(default_factory=dict)
    ids: dict[Address, int] = field(default_factory=dict)

    def of(self, kind: Kind) -> list[Plain]:
        """Return the rows of a kind in the order in which its file has them."""
        return sorted((row for (name, _key), row in self.rows.items() if name == kind.name), key=kind.place)


def read_rows(locked: bool = False) -> Stored:
    """Return all rows of all kinds; `locked` keeps others from changing them before the transaction ends."""
    stored = Stored()
    keys: dict[str, dict[int, NaturalKey]] = {}
    for kind in KINDS:
        keys[kind.name] = _read_kind(kind, stored, keys, locked)
    return stored


def _read_kind(
    kind: Kind, stored: Stored, keys: dict[str, dict[int, NaturalKey]], locked: bool
) -> dict[int, NaturalKey]:
    plans = [plan for plan in kind.fields.values() if plan.shape != "many"]
    own: dict[int, NaturalKey] = {}
    # A bare QuerySet: modeltranslation's own rewrites names by the active language.
    rows = QuerySet(kind.model).order_by("pk")
    if locked:
        rows = rows.select_for_update()
    many = {plan.name: _read_many(kind, plan.name, keys) for plan in kind.fields.values() if plan.shape == "many"}
    for pk, *values in rows.values_list("pk", *(plan.column for plan in plans)):
        plain: Plain = {}
        for plan, value in zip(plans, values, strict=True):
            if plan.shape == "one" and value is not None:
                plain[plan.name] = list(keys[kind_of(plan.field.related_model).name][value])
            else:
                plain[plan.name] = plan.plain(value)
        for name, targets in many.items():
            plain[name] = sorted(targets.get(pk, []))
        plain = {name: plain[name] for name in kind.fields}
        own[pk] = key = kind.key_of(plain)
        stored.rows[kind.name, key] = plain
        stored.ids[kind.name, key] = pk
    return own


def _read_many(kind: Kind, name: str, keys: dict[str, dict[int, NaturalKey]]) -> dict[int, list[list[str]]]:
    """Return the keys that each row of a kind names in a many-to-many field."""
    relation = kind.model._meta.get_field(name)
    target = kind_of(relation.related_model).name
    found: dict[int, list[list[str]]] = {}
    for source_id, target_id in QuerySet(relation.remote_field.through).values_list(
        relation.m2m_column_name(), relation.m2m_reverse_name()
    ):
        found.setdefault(source_id, []).append(list(keys[target][target_id]))
    return found


def read_records() -> dict[tuple[str, str], Record]:
    """Return what is remembered, by kind and key as text."""
    return {
        (kind, key): Record(taken, waiting, withdrawn)
        for kind, key, taken, waiting, withdrawn in ShippedEntry.objects.values_list(
            "kind", "key", "taken", "waiting", "withdrawn"
        )
    }


def record_address(address: Address) -> tuple[str, str]:
    """Return how ShippedEntry names an entry."""
    return address[0], key_text(address[1])
