"""Checks shipped entries as the admin's forms would, and that what they name exists."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from codes.knowledge.agreement import first_disagreement
from codes.knowledge.entries import default_reason
from codes.knowledge.examples import first_fault
from codes.shipping.kinds import key_text, kind_of
from codes.shipping.reading import InvalidFixture, Shipped
from codes.shipping.stored import Address


def check_links(entries: Iterable[Shipped], known: set[Address]) -> None:
    """Raise InvalidFixture at the first entry that names one which is neither shipped nor in the database."""
    for entry in entries:
        for plan in entry.kind.links:
            target = kind_of(plan.field.related_model)
            value = entry.plain[plan.name]
            if value is None and not plan.field.null:
                raise entry.refused(f"{entry.name} has no “{plan.name}”.", plan.name)
            for key in [] if value is None else value if plan.shape == "many" else [value]:
                if (target.name, tuple(key)) not in known:
                    raise entry.refused(
                        f"{entry.name} names {target.label} {key_text(tuple(key))}, which is unknown.", plan.name
                    )
        for source in entry.plain.get("sources", ()):
            if ("reference", (source.partition(" ")[0],)) not in known:
                raise entry.refused(f"{entry.name} has a source “{source}”, which no reference begins.", "sources")


def check_agreement(entries: Iterable[Shipped]) -> None:
    """Raise InvalidFixture at the first known message whose shipped code says something else, without a word why."""
    entries = list(entries)
    codes = {str(entry.plain["code"]): entry.plain for entry in entries if entry.kind.name == "enhancedcode"}

    def says(code: str) -> str | None:
        plain = codes.get(f"X{code[1:]}", {})
        if code[0] not in plain.get("classes", ()):
            return None
        reason, temporary = ((plain.get(name) or (None,))[0] for name in ("reason", "temporary_reason"))
        return default_reason(code[0], plain["classes"], reason, temporary)

    for entry in entries:
        if entry.kind.name == "signature" and not entry.plain.get("differs"):
            fault = first_disagreement(entry.plain["reason"][0], entry.plain["examples"], says)
            if fault:
                raise entry.refused(f"{entry.name}: {fault.sentence}", fault.field, fault.position)


def check_fields(entry: Shipped) -> None:
    """Raise InvalidFixture where a field of the entry, or the entry as a whole, is not valid."""
    links = {plan.name for plan in entry.kind.links}
    row = entry.kind.model(**{name: value for name, value in entry.plain.items() if name not in links})
    try:
        row.clean_fields(exclude=links)
        row.clean()
    except ValidationError as error:
        raise _first(entry, error) from error
    if entry.kind.name == "signature":
        fault = first_fault(entry.plain["patterns"], entry.plain["examples"])
        if fault:
            raise entry.refused(f"{entry.name}: {fault.sentence}", fault.field, fault.position)


def _first(entry: Shipped, error: ValidationError) -> InvalidFixture:
    """Return the first of the errors, in the order of the fields."""
    messages = error.message_dict
    name = min(messages, key=lambda name: entry.lines.get((name, None), 0))
    return entry.refused(f"“{name}” of {entry.name} is not valid: {messages[name][0]}", name)
