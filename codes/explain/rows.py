"""One delivery in a line: what a report over many bounces counts, lists and writes as CSV."""

from __future__ import annotations

from typing import Any

from codes.bounce.dates import iso_date
from codes.explain.explanation import ExplainedDelivery, Explanation
from codes.explain.lists import list_of


def rows_of(name: str, explanation: Explanation) -> list[dict[str, Any]]:
    """Return a row for each delivery of one input; of an input without any, one that says what it is.

    Names and values are the contract's; new are `list`, `domain` and `day` (2026-11-23, as the input writes it).
    """
    rows = [_row(name, explanation, delivery) for delivery in explanation.deliveries]
    return rows or [{"input": name, "kind": explanation.kind, "outcome": "none", "reason": "not-a-bounce"}]


def _row(name: str, explanation: Explanation, delivery: ExplainedDelivery) -> dict[str, Any]:
    said = delivery.said
    return {
        "input": name,
        "kind": explanation.kind,
        "recipient": said.recipient,
        "domain": domain_of(delivery),
        "day": day_of(delivery, explanation),
        "outcome": said.outcome,
        "permanence": delivery.permanence,
        "reply_code": said.reply_code,
        "enhanced_code": said.enhanced_code,
        "reason": delivery.reason,
        "who_acts": delivery.who_acts,
        "provider": delivery.provider,
        "basis": delivery.basis,
        "list": list_of(delivery),
        "headline": delivery.text.headline,
    }


def domain_of(delivery: ExplainedDelivery) -> str | None:
    """Return the recipient's domain in lower case, or None where no address is known."""
    _name, at, domain = (delivery.said.recipient or "").rpartition("@")
    return (domain.strip().lower() or None) if at else None


def day_of(delivery: ExplainedDelivery, explanation: Explanation) -> str | None:
    """Return the day of the refusal, else that of the original mail, as written there; None where no year is told."""
    for moment in (delivery.said.at, explanation.original.date):
        if moment and (day := iso_date(moment)):
            return day[:10]
    return None
