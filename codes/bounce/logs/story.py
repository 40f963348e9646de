"""Puts the lines of one delivery together: its tries in order, and how it ended."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from codes.bounce.report import Attempt, Delivery, Kind, Outcome, Stage
from codes.bounce.verdict import delivery_from_words


@dataclass(frozen=True, slots=True)
class Log:
    """What the lines of one system tell."""

    system: str | None
    deliveries: tuple[Delivery, ...]
    reporting_host: str | None = None
    warnings: tuple[str, ...] = ()
    kind: Kind = "log"


Reader = Callable[[list[str]], Log | None]


@dataclass(frozen=True, slots=True)
class Joint:
    """What joins a system's lines, for those who see one line after the other.

    `ids` finds the ids in a line (group 1) that others about the same message bear too. `over` finds the id that a line
    says is done with.
    """

    ids: re.Pattern[str]
    over: re.Pattern[str] | None = None

    def ids_in(self, line: str) -> list[str]:
        """Return the ids in a line, each as the system's other lines write it."""
        return [" ".join(found.replace(":", " ").split()) for found in self.ids.findall(line)]

    def over_in(self, line: str) -> str | None:
        """Return the id that a line says is done with."""
        found = self.over.search(line) if self.over else None
        return found[1] if found else None


@dataclass(frozen=True, slots=True)
class Try:
    """One line about one recipient: what was tried, and what came of it."""

    key: str
    recipient: str | None
    outcome: Outcome
    words: str
    at: str | None = None
    original_recipient: str | None = None
    status: str | None = None
    host: str | None = None
    ip: str | None = None
    stage: Stage | None = None
    delivery: Delivery | None = field(default=None)
    #: Tells apart stories with one key, where a system uses its numbers again.
    part: str = ""


def told(tries: list[Try]) -> tuple[Delivery, ...]:
    """Return one delivery for each message and recipient, in the order in which they first appear.

    `key` names the message (queue id, message id); a try without words ends the story that the earlier ones told.
    """
    stories: dict[tuple[str, str, str], list[Try]] = {}
    for one in tries:
        stories.setdefault((one.key, one.part, (one.recipient or "").lower()), []).append(one)
    return tuple(_ended(_by_time(story)) for story in stories.values())


def _by_time(story: list[Try]) -> list[Try]:
    """Return the tries by time where every one has it in UTC: lists are often shown with the newest first."""
    if len(story) > 1 and all(one.at and one.at.endswith("+00:00") for one in story):
        return sorted(story, key=lambda one: one.at or "")
    return story


def delivery_of(one: Try) -> Delivery:
    """Return the delivery that a single line tells."""
    found = one.delivery or delivery_from_words(None, None, one.words, "")
    enhanced = found.enhanced_code
    if one.status and not one.status.endswith(".0.0"):
        # what a program printed may hold a version: "mailman 2.1.12"
        of_another_class = not found.reply_code and (enhanced or "")[:1] != one.status[0]
        if not enhanced or enhanced.endswith(".0.0") or of_another_class:
            enhanced = one.status
    return replace(
        found,
        recipient=one.recipient,
        original_recipient=one.original_recipient,
        outcome=one.outcome,
        became_permanent=False,
        enhanced_code=enhanced,
        stage=one.stage or found.stage,
        remote_host=found.remote_host or one.host,
        remote_ip=found.remote_ip or (one.ip if not found.remote_host or found.remote_host == one.host else None),
        at=one.at,
        queue_id=one.key or None,
    )


def said_here(words: str) -> Delivery:
    """Return a refusal by the server that wrote the log, of a client or of its own accord."""
    return replace(delivery_from_words(None, None, words, ""), spoken_by="own-server")


def _ended(story: list[Try]) -> Delivery:
    # nobody complains of what did not arrive, however late a notice comes or the lines are sorted
    last = next((one for one in story if one.delivery and one.delivery.complained), story[-1])
    taken = last.outcome == "delivered"  # what was said before it was taken decides nothing
    spoke = last if taken else next((one for one in reversed(story) if one.words), last)
    delivery = delivery_of(spoke)
    temporary = delivery.reply_code[0] == "4" if delivery.reply_code else bool(spoke.status and spoke.status[0] == "4")
    outcome = last.outcome
    if outcome == "failed" and temporary:
        outcome = "expired"
    attempts = _attempts(story) if len(story) > 1 else ()
    telling = last.status if last.status and not last.status.endswith(".0.0") else None
    return replace(
        delivery,
        enhanced_code=delivery.enhanced_code or telling,
        outcome=outcome,
        became_permanent=outcome == "expired",
        at=last.at or delivery.at,
        attempts=attempts,
    )


def _attempts(story: list[Try]) -> tuple[Attempt, ...]:
    """Return the tries that were told something; most are told the same as the one before, which is read once."""
    read: dict[str, str] = {}
    attempts = []
    for one in story:
        if not one.words:
            continue
        if one.delivery:
            text = one.delivery.reply_text
        elif one.words in read:
            text = read[one.words]
        else:
            text = read[one.words] = delivery_of(one).reply_text
        attempts.append(Attempt(one.at, text, one.outcome))
    return tuple(attempts)
