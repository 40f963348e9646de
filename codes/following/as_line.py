"""One delivery on one line of a terminal: when, who, which code, why, what to do, and where to read more."""

from __future__ import annotations

from django.conf import settings
from django.utils.termcolors import make_style

from codes.explain.explanation import ExplainedDelivery
from codes.explain.links import path_without_content
from codes.explain.plain_text import actor_name, printable
from codes.knowledge.entries import Knowledge

_STYLES = {
    "recipient": make_style(opts=("bold",)),
    "final": make_style(fg="red"),
    "passing": make_style(fg="yellow"),
    "link": make_style(fg="cyan"),
}
_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]", "*"})


def as_line(delivery: ExplainedDelivery, knowledge: Knowledge, language: str, base: str, *, coloured: bool) -> str:
    """Return the delivery on one line, in `language`, which is active; `base` is where links lead."""
    said = delivery.said
    reason = knowledge.reasons.get(delivery.reason)
    verdict = "passing" if said.outcome == "delayed" else "final"
    pieces = [
        ((said.at or "").replace("T", " "), ""),
        (said.recipient or "-", "recipient"),
        (" ".join(code for code in (said.reply_code, said.enhanced_code) if code), verdict),
        (str(reason.title.in_language(language)) if reason else delivery.reason, verdict),
        (_advice(delivery), ""),
        (base + path_without_content(delivery, language), "link"),
    ]
    shown = [(printable(text), style) for text, style in pieces if text]
    return "  ".join(_STYLES[style](text) if coloured and style else text for text, style in shown)


def base_of_links() -> str:
    """Return where links lead by default: to the first public name of this site, else to where `serve` listens."""
    named = next((host for host in settings.ALLOWED_HOSTS if host not in _LOCAL), None)
    if named is None:
        return "http://localhost:8000"
    return f"{'https' if settings.HTTPS else 'http'}://{named.removeprefix('.')}"


def _advice(delivery: ExplainedDelivery) -> str:
    """Return who has to act, and the first step."""
    text = delivery.text
    steps = text.admin_steps if delivery.who_acts == "sender-admin" and text.admin_steps else text.steps
    actor = actor_name(delivery.who_acts)
    return f"{actor}: {steps[0]}" if steps else actor
