"""What the admin's first page counts."""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from codes.counting import queue
from codes.models import SHIPPED_MODELS, OlderText, Reason, ReasonCount, Review, ShippedEntry
from codes.models.entry import Entry
from codes.models.fields import ListField
from codes.reviews import LANGUAGES, is_bilingual

#: Rows of each table.
MOST = 10


@dataclass(frozen=True)
class Coverage:
    """How complete one kind of entry is in each language."""

    name: str
    address: str
    entries: int
    #: Entries with a text that only the other language has.
    incomplete: dict[str, int]
    #: Entries that nobody has reviewed since their last edit.
    unreviewed: dict[str, int]
    #: Entries of which the other language was edited since.
    older: dict[str, int]


@dataclass(frozen=True)
class Weeks:
    """How often a reason was the answer this week, from Monday on, and in the week before."""

    title: str
    now: int
    before: int


def overview(user: Any) -> dict[str, Any]:
    """Return the variables of admin/overview.html."""
    may_see = user.has_perm
    return {
        "waiting": ShippedEntry.objects.filter(waiting__isnull=False).count()
        if may_see("codes.view_shippedentry")
        else None,
        "replies": queue.waiting()[:MOST] if may_see("codes.view_unrecognisedreply") else None,
        "makes_known": may_see("codes.add_signature"),
        "weeks": weeks(timezone.localdate()),
        "coverage": list(coverage()) if may_see("codes.view_reason") else None,
        "edits": LogEntry.objects.filter(content_type__app_label="codes").select_related("user", "content_type")[:MOST]
        if may_see("codes.view_reason")
        else None,
    }


Counted = Counter[tuple[str, str]]


def coverage() -> Iterator[Coverage]:
    """Yield how complete each kind of entry is."""
    by_language = ("kind", "language")
    reviewed: Counted = Counter(Review.objects.order_by().values_list(*by_language))
    older: Counted = Counter(OlderText.objects.values_list(*by_language))
    for model in filter(is_bilingual, SHIPPED_MODELS):
        yield coverage_of(model, reviewed, older)


def coverage_of(model: type[Entry], reviewed: Counted, older: Counted) -> Coverage:
    """Count the entries of a kind, and those that lack a text in one language which they have in the other."""
    names = {
        field.translated_field.name
        for field in model._meta.concrete_fields
        if hasattr(field, "translated_field") and not isinstance(field, ListField)
    }
    counted = model._default_manager.aggregate(
        entries=Count("pk"),
        **{f"lack_{one}": Count("pk", filter=_lacks(names, one, other)) for one, other in (LANGUAGES, LANGUAGES[::-1])},
    )
    kind = model._meta.model_name or ""
    return Coverage(
        name=str(model._meta.verbose_name_plural),
        address=reverse(f"admin:codes_{model._meta.model_name}_changelist"),
        entries=counted["entries"],
        incomplete={language: counted[f"lack_{language}"] for language in LANGUAGES},
        unreviewed={language: counted["entries"] - reviewed[kind, language] for language in LANGUAGES},
        older={language: older[kind, language] for language in LANGUAGES},
    )


def _lacks(names: set[str], language: str, other: str) -> Q:
    lacking = Q()
    for name in names:
        empty = Q(**{f"{name}_{language}": ""}) | Q(**{f"{name}_{language}__isnull": True})
        lacking |= empty & Q(**{f"{name}_{other}__gt": ""})
    return lacking


def weeks(today: datetime.date) -> list[Weeks]:
    """Return the reasons of this week and the one before, the most frequent first."""
    titles = {row.slug: str(row) for row in Reason.objects.all()}
    monday = today - datetime.timedelta(days=today.weekday())
    now: Counter[str] = Counter()
    before: Counter[str] = Counter()
    since = monday - datetime.timedelta(days=7)
    for day, reason, count in ReasonCount.objects.filter(day__gte=since).values_list("day", "reason", "count"):
        (now if day >= monday else before)[reason] += count
    order = sorted({*now, *before}, key=lambda slug: (-now[slug], -before[slug], slug))
    return [Weeks(titles.get(slug, slug), now[slug], before[slug]) for slug in order]
