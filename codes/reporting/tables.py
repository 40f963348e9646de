"""The tables of a report, in words: what its text and its page show alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from codes.explain.failures import sentence_for
from codes.explain.lists import AddressList
from codes.explain.plain_text import actor_name, outcome_name
from codes.knowledge.entries import Knowledge
from codes.reporting.summary import Summary

#: Rows of a table of names, and days of that of days; what is left is added up in a last row.
MOST_ROWS = 20
MOST_DAYS = 31


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; `share` is its part of the whole table, `length` that of its bar to the longest one.

    `rest` are those that bear no name of their own: their bar is drawn pale, and no longer than the longest.
    """

    label: str
    count: int
    share: float
    length: float
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A heading, and what was counted below it."""

    name: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """Addresses of which the same is to be done."""

    name: AddressList
    title: str
    advice: str
    addresses: tuple[str, ...]

    def first(self, most: int) -> tuple[str, ...]:
        """Return the first so many."""
        return self.addresses[:most]

    def others(self, most: int) -> int:
        """Return how many there are after these."""
        return max(0, len(self.addresses) - most)


def counted(summary: Summary) -> str:
    """Return the sentence that a report begins with."""
    return _("Messages: %(messages)s. Bounces: %(bounces)s. Not a bounce: %(others)s. Unreadable: %(unreadable)s.") % {
        "messages": number(summary.messages),
        "bounces": number(summary.bounces),
        "others": number(summary.not_bounces),
        "unreadable": number(summary.unreadable.total()),
    }


def tables_of(summary: Summary, knowledge: Knowledge, language: str) -> list[Table]:
    """Return the tables that have rows, worded in `language`, which is active."""

    def reason(slug: str) -> str:
        known = knowledge.reasons.get(slug)
        return str(known.title.in_language(language)) if known else slug

    def provider(slug: str) -> str:
        known = knowledge.providers.get(slug)
        return str(known.title.in_language(language)) if known else slug or _("another one, or not told")

    tables = (
        _ranked("unreadable", _("Could not be read"), summary.unreadable, lambda code: str(sentence_for(code))),
        _ranked("outcomes", _("What became of the deliveries"), summary.outcomes, outcome_name),
        _ranked("reasons", _("Reasons"), summary.reasons, reason, most=None),
        _ranked("actors", _("Who must act"), summary.actors, actor_name),
        _ranked("providers", _("Who refused"), summary.providers, provider),
        _ranked("domains", _("Recipients’ domains"), summary.domains, lambda name: name or _("not told")),
        _by_day(summary.days),
    )
    return [table for table in tables if table.rows]


def lists_of(summary: Summary) -> list[Listed]:
    """Return the addresses to remove and those to try again."""
    words: tuple[tuple[AddressList, str, str], ...] = (
        ("remove", _("Addresses to remove"), _("They do not exist, or take no mail: nothing sent there will arrive.")),
        ("retry", _("Addresses to try again"), _("Nobody tries any more, but what stood in the way passes.")),
    )
    return [Listed(name, title, advice, tuple(summary.on_list(name))) for name, title, advice in words]


def number(count: float) -> str:
    """Return a number as people write it in the active language."""
    return formats.number_format(count, use_l10n=True, force_grouping=True)


def _ranked(
    name: str, title: str, counts: Counter[str], label: Callable[[str], str], most: int | None = MOST_ROWS
) -> Table:
    """Return the most frequent first; what counts alike stands by name, so that two runs look the same."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rows = [(label(key), count, not key) for key, count in ordered[:most]]
    others = len(ordered) - len(rows)
    if others:
        left = sum(count for _key, count in ordered[most:])
        rows.append((ngettext("%(count)s other", "%(count)s others", others) % {"count": number(others)}, left, True))
    return Table(name, title, _with_bars(rows))


def _by_day(days: Counter[str]) -> Table:
    told = sorted(day for day in days if day)
    rows = [(_day(day), days[day], False) for day in told[-MOST_DAYS:]]
    if earlier := sum(days[day] for day in told[:-MOST_DAYS]):
        rows.insert(0, (_("earlier"), earlier, True))
    if days[""]:
        rows.append((_("not told"), days[""], True))
    return Table("days", _("Days"), _with_bars(rows))


def _day(day: str) -> str:
    parsed = parse_date(day)
    if parsed is None:
        return day
    shown = formats.date_format(parsed, "D j M Y")
    return shown.lower() if get_language() == "it" else shown


def _with_bars(rows: list[tuple[str, int, bool]]) -> tuple[Row, ...]:
    total = sum(count for _label, count, _rest in rows)
    longest = max((count for _label, count, rest in rows if not rest), default=total)
    return tuple(Row(label, count, count / total, min(1.0, count / longest), rest) for label, count, rest in rows)
