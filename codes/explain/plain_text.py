"""An explanation as plain text, for a terminal or a ticket."""

from __future__ import annotations

import textwrap

from django.utils.translation import gettext as _

from codes.explain.explanation import ExplainedDelivery, Explanation
from codes.knowledge.entries import Knowledge

_WIDTH = 88


def as_text(name: str, explanation: Explanation, knowledge: Knowledge, language: str) -> str:
    """Return the explanation as lines of text, in the language that is active."""
    blocks = [f"== {name}"]
    if not explanation.deliveries:
        blocks.append(knowledge.reasons["not-a-bounce"].headline.in_language(language))
    blocks += [_delivery(delivery, knowledge, language) for delivery in explanation.deliveries]
    blocks += [f"! {warning}" for warning in explanation.warnings]
    return "\n\n".join(blocks)


def _delivery(delivery: ExplainedDelivery, knowledge: Knowledge, language: str) -> str:
    said, text = delivery.said, delivery.text
    reason = knowledge.reasons.get(delivery.reason)
    facts = [
        (_("Recipient"), said.recipient),
        (_("Outcome"), outcome_name(said.outcome)),
        (_("Reason"), f"{reason.title.in_language(language)} ({delivery.reason})" if reason else delivery.reason),
        (_("Whose move"), actor_name(delivery.who_acts)),
        (_("Said by"), said.remote_host or said.remote_ip),
        (_("Reply"), said.reply_text),
        (_("Certainty"), _basis(delivery.basis)),
        (_("See"), " ".join(link for link in delivery.links.values() if link)),
    ]
    lines = [textwrap.fill(text.headline, _WIDTH)]
    lines += [_fact(label, value) for label, value in facts if value]
    if text.steps:
        lines += ["", *(_step(number, step) for number, step in enumerate(text.steps, 1))]
    return "\n".join(lines)


def printable(text: str) -> str:
    """Return a text without what a terminal would obey, on one line: an address in a log may hold anything."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _fact(label: str, value: str) -> str:
    return textwrap.fill(
        f"{label}: {value}", _WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
    )


def _step(number: int, step: str) -> str:
    return textwrap.fill(step, _WIDTH, initial_indent=f"  {number}. ", subsequent_indent="     ")


def outcome_name(outcome: str) -> str:
    """Return what became of a delivery, in words."""
    return {
        "failed": _("not delivered; nobody will try again"),
        "expired": _("not delivered; given up after trying for a time"),
        "delayed": _("delayed; it will be tried again"),
        "delivered": _("delivered"),
        "relayed": _("passed on"),
        "expanded": _("passed on to a list"),
        "none": _("not about a delivery"),
    }[outcome]


def actor_name(actor: str) -> str:
    """Return who has to act, in words."""
    return {
        "sender": _("the sender"),
        "sender-admin": _("who runs our mail"),
        "recipient": _("the recipient"),
        "recipient-admin": _("who runs their mail"),
        "nobody": _("nobody"),
    }[actor]


def _basis(basis: str) -> str:
    return {
        "known-message": _("high: a known message"),
        "enhanced-code": _("good: the enhanced code says so"),
        "reply-code": _("fair: only the reply code speaks"),
        "class": _("low: only the first digit speaks"),
        "report": _("the report itself says so"),
        "none": _("none: nothing says why"),
    }[basis]
