"""The clock of a delayed mail: until when it is tried, and how much of that time is gone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import ngettext

from codes.explain.explanation import ExplainedDelivery, Explanation
from codes.knowledge.entries import House
from codes.views.moments import read_moment

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """When the trying ends; `gone` is the part of the time that has passed, 0 to 100, None where it is not known."""

    until: str  # ISO 8601
    stated: bool  # the notice says so; else it is reckoned from the house's queue time
    over: bool
    queue_hours: int
    gone: int | None
    left: int
    unit: str  # "days" or "hours", in the reader's language

    @property
    def rest(self) -> int:
        """What the gone part leaves of 100."""
        return 100 - (self.gone or 0)


def clock_of(delivery: ExplainedDelivery, explanation: Explanation, house: House, now: datetime) -> Clock | None:
    """Return the clock of a delivery that is still tried; None where nothing tells when the trying ends.

    The notice's own word comes first. Without it the time the mail was sent plus the house's queue time is as near as
    one can get, unless the server that tries is known to be somebody else's.
    """
    said = delivery.said
    if said.outcome != "delayed":
        return None
    started, until = read_moment(explanation.original.date), read_moment(said.retry_until)
    stated = until is not None
    if until is None and started is not None and _is_our_queue(explanation.reporting_host, house):
        until = started + house.queue_hours * HOUR
    if until is None:
        return None
    left = until - (now if until.tzinfo else now.replace(tzinfo=None))
    amount, unit = _in_words(left)
    return Clock(
        until=until.isoformat(),
        stated=stated,
        over=left <= timedelta(0),
        queue_hours=house.queue_hours,
        gone=_gone(started, until, left),
        left=amount,
        unit=unit,
    )


def _is_our_queue(reporter: str | None, house: House) -> bool:
    """Whether the server that tries may be ours: it is, or nobody has said which servers are."""
    ours = (*house.own_hosts, *house.own_gateways, *house.own_domains)
    return not ours or not reporter or house.owns(reporter, ours)


def _gone(started: datetime | None, until: datetime, left: timedelta) -> int | None:
    """Return the part of the time that has passed, in hundredths."""
    if started is None or (started.tzinfo is None) != (until.tzinfo is None) or started >= until:
        return None
    return round(min(1.0, max(0.0, 1 - left / (until - started))) * 100)


def _in_words(left: timedelta) -> tuple[int, str]:
    """Return what is left as people count it: days, or hours where it is less than two of them."""
    hours = max(0, round(left / HOUR))
    days = round(hours / 24)
    if hours >= 48:
        return days, ngettext("day", "days", days)
    return hours, ngettext("hour", "hours", hours)
