"""One delivery in a line: what a report over many bounces counts, lists and writes as CSV."""

from __future__ import annotations

from typing import Any

from codes.bounce.dates import iso_date
from codes.explain.explanation import ExplainedDelivery, Explanation
from codes.explain.lists import list_of
from codes.knowledge.entries import Knowledge


def rows_of(name: str, explanation: Explanation, knowledge: Knowledge, language: str) -> list[dict[str, Any]]:
    """Return a row for each delivery of one input; of an input without any, one that says what it is.

    Names and values are the contract's; new are the reason's `title`, `domain`, `day`
    (2026-11-23, as the input writes it) and `list`.
    """
    about = {"input": name, "kind": explanation.kind}
    if explanation.deliveries:
        return [about | _row(explanation, delivery, knowledge, language) for delivery in explanation.deliveries]
    reason = "not-a-bounce"
    return [
        about
        | {"outcome": "none", "permanence": "none", "reason": reason, "title": _title(reason, knowledge, language)}
    ]


def _row(explanation: Explanation, delivery: ExplainedDelivery, knowledge: Knowledge, language: str) -> dict[str, Any]:
    said = delivery.said
    return {
        "recipient": said.recipient,
        "domain": domain_of(delivery),
        "day": day_of(delivery, explanation),
        "outcome": said.outcome,
        "permanence": delivery.permanence,
        "reply_code": said.reply_code,
        "enhanced_code": said.enhanced_code,
        "reason": delivery.reason,
        "title": _title(delivery.reason, knowledge, language),
        "who_acts": delivery.who_acts,
        "provider": delivery.provider,
        "basis": delivery.basis,
        "list": list_of(delivery, knowledge),
        "headline": delivery.headline,
    }


def _title(reason: str, knowledge: Knowledge, language: str) -> str:
    entry = knowledge.reasons.get(reason)
    return str(entry.title.in_language(language)) if entry else reason


def domain_of(delivery: ExplainedDelivery) -> str | None:
    """Return the recipient's domain in lower case, or None where no address is known."""
    _name, at, domain = (delivery.said.recipient or "").rpartition("@")
    return (domain.strip().lower() or None) if at else None


def day_of(delivery: ExplainedDelivery, explanation: Explanation) -> str | None:
    """Return the day of the refusal, else of the original mail, else of the notice, as written there, or None."""
    for moment in (delivery.said.at, explanation.original.date, explanation.date):
        if moment and (day := iso_date(moment)):
            return day[:10]
    return None
