"""The line for the ticket, and everything worth copying; masked unless somebody wants names in it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from codes.explain.explanation import ExplainedDelivery
from codes.explain.links import path_without_content
from codes.explain.lists import is_failure
from codes.knowledge.entries import Reason
from codes.views.masking import masked
from codes.views.words import SHORT_MOVE, in_sentence


@dataclass(frozen=True, slots=True)
class Ticket:
    """Three lengths of the same, each with and without names."""

    line: str
    line_full: str
    link: str
    all: str
    all_full: str


def ticket_of(
    delivery: ExplainedDelivery, recipients: tuple[str, ...], reason: Reason | None, language: str, origin: str
) -> Ticket:
    """Return what to copy into a ticket."""
    line = _line(delivery, recipients, reason, language)
    link = origin + path_without_content(delivery, language)
    title = reason.headline.in_language(language) if reason else ""
    steps = [f"{number}. {step}" for number, step in enumerate(delivery.text.steps, start=1)]
    replied = [delivery.said.reply_text.strip()] if delivery.said.reply_text.strip() else []
    everything = "\n".join([line, *([title] if title else []), *replied, *steps, link]).replace("`", "")
    return Ticket(masked(line), line, link, masked(everything), everything)


def _line(delivery: ExplainedDelivery, recipients: tuple[str, ...], reason: Reason | None, language: str) -> str:
    said = delivery.said
    title = reason.title.in_language(language) if reason else ""
    codes = " ".join(code for code in (said.reply_code, said.enhanced_code) if code)
    parts = [
        _moment(said.at),
        _who(recipients),
        f"{codes} {in_sentence(title)}".strip(),
        _state(delivery),
        str(SHORT_MOVE[delivery.who_acts]) if is_failure(said.outcome) else "",
    ]
    return " · ".join(part for part in parts if part)


def _moment(at: str | None) -> str:
    try:
        return datetime.fromisoformat(at or "").strftime("%d/%m %H:%M")
    except ValueError:
        return ""


def _who(recipients: tuple[str, ...]) -> str:
    if not recipients:
        return ""
    others = len(recipients) - 1
    if not others:
        return recipients[0]
    return ngettext("%(first)s and %(count)s other", "%(first)s and %(count)s others", others) % {
        "first": recipients[0],
        "count": others,
    }


def _state(delivery: ExplainedDelivery) -> str:
    outcome = delivery.said.outcome
    if outcome in ("failed", "expired"):
        return _("final after several tries") if delivery.said.became_permanent else _("final")
    return {
        "delayed": _("tried again"),
        "delivered": _("delivered"),
        "relayed": _("passed on"),
        "expanded": _("passed on"),
    }.get(outcome, _("not a bounce"))
