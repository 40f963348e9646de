"""Each kind of shipped entry as plain values: which fields it has, and what they look like in a file.

The plain form of a row is a dict of its fields in the model's order: texts are strings (never null), lists are lists of
strings, a date is its ISO form, a foreign key is the natural key of its target as a list (or null), a many-to-many
relation a sorted list of such keys. Two rows are equal if their plain forms are.
"""

import datetime
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models

from codes.models import SHIPPED_MODELS
from codes.models.entry import Entry
from codes.models.fields import ListField

Plain = dict[str, Any]
NaturalKey = tuple[str, ...]

FILE_NAMES = {
    "reference": "references",
    "reason": "reasons",
    "codeclass": "code_classes",
    "codesubject": "code_subjects",
    "replycode": "reply_codes",
    "stagemeaning": "stage_meanings",
    "enhancedcode": "enhanced_codes",
    "provider": "providers",
    "signature": "signatures",
    "collection": "collections",
    "synonym": "synonyms",
    "formerslug": "former_slugs",
    "guide": "guides",
    "term": "glossary",
}


@dataclass(frozen=True)
class FieldPlan:
    """One field of a kind, and how its values become plain."""

    field: models.Field
    shape: str  # text, list, number, switch, date, one, many
    order: tuple[str, ...] = ()  # of a list with choices

    @property
    def name(self) -> str:
        """The field's name, which is its key in a file."""
        return self.field.name

    @cached_property
    def column(self) -> str:
        """The attribute that holds the value of a row: for a foreign key its id."""
        return self.field.attname

    @property
    def default(self) -> Any:
        """The plain value that a file may leave out."""
        if self.shape == "text":
            return str(self.field.get_default() or "")
        if self.shape in ("list", "many"):
            return []
        if self.shape in ("one", "date"):
            return None
        return self.field.get_default()

    def plain(self, value: Any) -> Any:
        """Return a value of a row, or of a file, as it is compared."""
        if self.shape == "text":
            return "" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
        if self.shape == "list":
            items = list(value or ())
            return (
                [key for key in self.order if key in items] if self.order and set(items) <= set(self.order) else items
            )
        if self.shape == "date" and isinstance(value, datetime.date):
            return value.isoformat()
        return value


@dataclass(frozen=True)
class Kind:
    """One kind of shipped entry."""

    model: type[Entry]

    @property
    def name(self) -> str:
        """The model's name in lower case, as `ShippedEntry.kind` has it."""
        return self.model._meta.model_name or ""

    @property
    def label(self) -> str:
        """The model as a fixture names it."""
        return f"codes.{self.name}"

    @property
    def file_name(self) -> str:
        """The name of the file that holds these entries."""
        return f"{FILE_NAMES[self.name]}.yaml"

    @cached_property
    def fields(self) -> dict[str, FieldPlan]:
        """The fields that are shipped, in the order in which files have them: the key, then as the model has them."""
        bare = {field.translated_field.name for field in self.model._meta.fields if hasattr(field, "translated_field")}
        plans = [
            _plan(field)
            for field in (*self.model._meta.fields, *self.model._meta.many_to_many)
            if field.name not in bare and not field.primary_key
        ]
        key = {lookup.split("__")[0] for lookup in self.model.natural_key_fields}
        return {plan.name: plan for plan in sorted(plans, key=lambda plan: plan.name not in key)}

    def ids_by_key(self) -> dict[str, int]:
        """Return the primary keys of its rows by their key as text, in one query."""
        rows = self.model._default_manager.values_list("pk", *self.model.natural_key_fields)
        return {key_text(tuple(key)): pk for pk, *key in rows}

    @cached_property
    def links(self) -> list[FieldPlan]:
        """The fields that name other entries."""
        return [plan for plan in self.fields.values() if plan.shape in ("one", "many")]

    def key_of(self, plain: Plain) -> NaturalKey:
        """Return the natural key of a plain row."""
        key: list[str] = []
        for lookup in self.model.natural_key_fields:
            value = plain[lookup.split("__")[0]]
            key.extend(value if isinstance(value, list) else [value])
        return tuple(key)

    def complete(self, plain: Plain) -> Plain:
        """Return a plain row with every field: defaults where it has none, nothing that the model no longer has."""
        return {name: plan.plain(plain[name]) if name in plain else plan.default for name, plan in self.fields.items()}

    def place(self, plain: Plain) -> tuple[Any, ...]:
        """Return where a row stands in its file: by position where it has one, then by key, numbers as numbers."""
        return (plain.get("position", 0), *(_natural(part) for part in self.key_of(plain)))


def _plan(field: models.Field) -> FieldPlan:
    shapes: list[tuple[type[models.Field], str]] = [
        (models.ManyToManyField, "many"),
        (models.ForeignKey, "one"),
        (ListField, "list"),
        (models.BooleanField, "switch"),
        (models.IntegerField, "number"),
        (models.DateField, "date"),
    ]
    shape = next((name for kind, name in shapes if isinstance(field, kind)), "text")
    return FieldPlan(field, shape, tuple(key for key, _label in field.choices or ()) if shape == "list" else ())


def _natural(text: str) -> tuple[tuple[int, int | str], ...]:
    """Return a key that sorts X.1.2 before X.1.10."""
    return tuple((0, int(part)) if part.isdigit() else (1, part) for part in re.split(r"(\d+)", text) if part)


def key_text(key: NaturalKey) -> str:
    """Return a natural key as one word or two: "user-unknown", "550 rcpt"."""
    return " ".join(part for part in key if part)


#: In the order in which entries can be created: nothing names a kind that comes later.
KINDS: tuple[Kind, ...] = tuple(Kind(model) for model in SHIPPED_MODELS)
BY_LABEL: dict[str, Kind] = {kind.label: kind for kind in KINDS}
BY_NAME: dict[str, Kind] = {kind.name: kind for kind in KINDS}


def kind_of(model: type[models.Model]) -> Kind:
    """Return the kind of a model; raises KeyError where it is not shipped."""
    return BY_NAME[model._meta.model_name or ""]
