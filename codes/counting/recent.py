"""What others saw in the last hours: counts by reason and provider, kept in memory for the explanation page."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from codes.models import HourCount

#: Hours that still say something of now.
HOURS = 4
#: Explanations that are no coincidence.
FEWEST = 5
#: Groups of reasons whose cause may lie with a server, and so strike many; the others concern one person or message.
SHARED = ("way", "volume", "standing", "servers")


@dataclass(frozen=True, slots=True)
class Others:
    """How many deliveries were explained by the same reason and provider, and since when."""

    count: int
    since: datetime.datetime


def this_hour() -> datetime.datetime:
    """Return the beginning of the hour, in the site's time zone."""
    return timezone.localtime().replace(minute=0, second=0, microsecond=0)


class Recent:
    """The counts of the last hours, as they were last read."""

    def __init__(self) -> None:
        self._counts: Mapping[tuple[str, str], Others] = {}

    def read(self) -> None:
        """Read them anew; raises DatabaseError."""
        oldest = this_hour() - datetime.timedelta(hours=HOURS - 1)
        rows = HourCount.objects.filter(hour__gte=oldest).values_list("hour", "reason", "provider", "count")
        self._counts = _added(rows)

    def others(self, reason: str, group: str, provider: str | None) -> Others | None:
        """Return what others saw of a reason (its slug and group) at a provider; None where it is nothing much."""
        found = self._counts.get((reason, provider or "")) if group in SHARED else None
        is_recent = found and found.since > timezone.now() - datetime.timedelta(hours=HOURS)
        return found if is_recent and found.count >= FEWEST else None


def _added(rows: Iterable[tuple[datetime.datetime, str, str, int]]) -> dict[tuple[str, str], Others]:
    counts: dict[tuple[str, str], Others] = {}
    for hour, reason, provider, count in rows:
        before = counts.get((reason, provider))
        counts[reason, provider] = (
            Others(before.count + count, min(before.since, hour)) if before else Others(count, hour)
        )
    return counts


#: The one of this process; the tally's thread keeps it new.
recent = Recent()
