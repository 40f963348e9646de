"""Adds counts to the database, and lets go of what is older than the operator wants to keep."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from codes.models import Feedback, HourCount, ReasonCount, UnrecognisedReply


@dataclass(frozen=True)
class Counts:
    """How often, by day and reason; by hour, reason and provider; by day, shape and basis; and what readers said.

    Of what they said: day, kind, key, right or not, and what was missing.
    """

    reasons: Mapping[tuple[datetime.date, str], int]
    hours: Mapping[tuple[datetime.datetime, str, str], int]
    shapes: Mapping[tuple[datetime.date, str, str], int]
    feedback: Mapping[tuple[datetime.date, str, str, bool, str], int]


#: How long counts by hour are kept: they only say what happens now.
KEEP_HOURS = datetime.timedelta(days=2)

_cleaned: dict[str, datetime.date] = {}


def store(counts: Counts) -> None:
    """Add the counts in one transaction; raises DatabaseError. Old rows go once a day."""
    with transaction.atomic():
        # In one order everywhere, so that two processes never wait for each other.
        for (day, reason), count in sorted(counts.reasons.items()):
            _add(ReasonCount, count, {}, day=day, reason=reason)
        for (hour, reason, provider), count in sorted(counts.hours.items()):
            _add(HourCount, count, {}, hour=hour, reason=reason, provider=provider)
        for (day, shape, basis), count in sorted(counts.shapes.items()):
            fresh = {"basis": basis, "first_day": day, "last_day": day}
            _add(UnrecognisedReply, count, fresh, shape=shape, changes={"last_day": day, "basis": basis})
        for (day, kind, key, right, missing), count in sorted(counts.feedback.items()):
            _add(Feedback, count, {}, day=day, kind=kind, key=key, right=right, missing=missing)
        if _cleaned.get("day") != timezone.localdate():
            clean_up()
            _cleaned["day"] = timezone.localdate()


def _add(
    model: type[models.Model], count: int, fresh: dict[str, Any], changes: dict[str, Any] | None = None, **wanted: Any
) -> None:
    """Raise the count of a row, or make it; another process may be making it at this moment."""
    more = {"count": F("count") + count, **(changes or {})}
    rows = model._default_manager.filter(**wanted)
    if not rows.update(**more):
        _row, made = model._default_manager.get_or_create(**wanted, defaults={"count": count, **fresh})
        if not made:
            rows.update(**more)


def clean_up() -> None:
    """Delete what has not been seen for KEEP_DAYS days; what an editor chose to ignore is forgotten with it."""
    oldest = timezone.localdate() - datetime.timedelta(days=settings.KEEP_DAYS)
    UnrecognisedReply.objects.filter(last_day__lt=oldest).delete()
    Feedback.objects.filter(day__lt=oldest).delete()
    ReasonCount.objects.filter(day__lt=oldest).delete()
    HourCount.objects.filter(hour__lt=timezone.now() - KEEP_HOURS).delete()
