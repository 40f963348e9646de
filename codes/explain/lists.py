"""What a report over many bounces counts, and which addresses it removes, tries again or waits for.

Which reasons mean what is said here alone: the command's report and the page for many bounces both ask.
"""

from __future__ import annotations

from typing import Literal

from codes.explain.explain import permanence_of
from codes.explain.explanation import Basis, ExplainedDelivery
from codes.explain.reason import rests_on_vague_words
from codes.knowledge.entries import Knowledge

#: `remove`: the address will never take mail. `retry`: a new try later may succeed. `wait`: a server still tries.
AddressList = Literal["remove", "retry", "wait"]

#: Strongest first: an address that belongs on several lists is shown on the first of these only.
LISTS: tuple[AddressList, ...] = ("remove", "retry", "wait")

#: Here it is the address that is wrong, whoever writes to it. A closed mailbox may open again, and what is only refused
#: to us exists; both stay.
_ADDRESS_IS_WRONG = frozenset({"user-unknown", "domain-not-found", "moved", "does-not-accept-mail"})
#: What rests on less, or on a known message that only names the subject, is a guess: nobody is struck off on a guess.
_SURE: frozenset[Basis] = frozenset({"known-message", "enhanced-code"})
#: Causes that pass without anybody of ours or the sender changing the message or the server.
_PASSING = frozenset(
    {
        "mailbox-full",
        "greylisted",
        "rate-limited",
        "too-many-recipients",
        "server-busy",
        "system-full",
        "system-error",
        "dns-failure",
        "connection-failed",
        "expired",
    }
)
#: Outcomes dressed as reasons: they say that a message waits, or what else it is, not why.
_NO_CAUSES = frozenset({"delivered", "delayed", "vacation", "complaint", "not-a-bounce"})


def is_failure(outcome: str) -> bool:
    """Return whether counts by provider, domain, day and mover take in a delivery: it did not arrive, or not yet."""
    return permanence_of(outcome) != "none"


def is_cause(reason: str) -> bool:
    """Return whether a reason says why: only these are counted by reason."""
    return reason not in _NO_CAUSES


def to_remove(delivery: ExplainedDelivery, knowledge: Knowledge) -> bool:
    """Return whether the recipient's address should leave every list: it failed for good because it is wrong.

    Permanence alone says nothing of an address (a refused attachment is permanent too), and a notice that looks made up
    proves nothing.
    """
    return (
        _has_address(delivery)
        and delivery.permanence == "hard"
        and delivery.reason in _ADDRESS_IS_WRONG
        and delivery.basis in _SURE
        and not rests_on_vague_words(delivery, knowledge)
        and not any(hint.kind == "suspicious" for hint in delivery.hints)
    )


def to_retry(delivery: ExplainedDelivery) -> bool:
    """Return whether it is worth writing to the recipient again later: nobody tries any more, but the cause passes."""
    return _has_address(delivery) and delivery.permanence == "hard" and delivery.reason in _PASSING


def to_wait(delivery: ExplainedDelivery) -> bool:
    """Return whether a server still tries: writing again now would only make the message arrive twice."""
    return _has_address(delivery) and delivery.permanence == "soft"


def list_of(delivery: ExplainedDelivery, knowledge: Knowledge) -> AddressList | None:
    """Return the list on which the recipient belongs, or None where its bounce says nothing about the address."""
    if to_remove(delivery, knowledge):
        return "remove"
    if to_retry(delivery):
        return "retry"
    return "wait" if to_wait(delivery) else None


def _has_address(delivery: ExplainedDelivery) -> bool:
    return "@" in (delivery.said.recipient or "")
