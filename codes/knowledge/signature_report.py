"""Looks at all known messages together: whether each finds its own examples first, and how far they reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from codes.knowledge.entries import Knowledge, Signature
from codes.knowledge.examples import short
from codes.knowledge.matcher import Match

#: Replies that nobody explains shown by `coverage`, and letters of each.
MOST_SHOWN = 20
LONGEST_SHOWN = 120


@dataclass
class Report:
    """What `check` found; the first two are faults, the others are to be known."""

    unmatched: list[str] = field(default_factory=list)
    stolen: list[str] = field(default_factory=list)
    overlapping: list[str] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)

    @property
    def is_wrong(self) -> bool:
        """Whether a known message does not hold what it promises."""
        return bool(self.unmatched or self.stolen)

    def sections(self) -> Iterator[tuple[str, list[str]]]:
        """Yield each list with its title."""
        yield "Examples that their own patterns do not match", self.unmatched
        yield "Examples that another known message explains, with another reason", self.stolen
        yield "Examples that others match too, less strongly or for the same reason", self.overlapping
        yield "Assumed: nobody attests them", self.assumed


def check(knowledge: Knowledge) -> Report:
    """Return what is wrong with the known messages, where they overlap and which are assumed."""
    report = Report()
    for signature in knowledge.signatures.values():
        if signature.evidence == "assumed":
            report.assumed.append(signature.slug)
        for example in signature.examples:
            _judge(signature, example, knowledge, report)
    return report


def _judge(signature: Signature, example: str, knowledge: Knowledge, report: Report) -> None:
    matches = knowledge.matcher.matches(example)
    slugs = [match.signature.slug for match in matches]
    if signature.slug not in slugs:
        report.unmatched.append(f"{signature.slug}: {_quoted(example)}")
        return
    winner = matches[0].signature
    if winner.reason != signature.reason:
        report.stolen.append(f"{signature.slug} ({signature.reason}): {winner.slug} says {winner.reason}")
    elif len(slugs) > 1:
        others = ", ".join(slug for slug in slugs if slug != signature.slug)
        report.overlapping.append(f"{signature.slug}: {others}")


def attempt(reply: str, knowledge: Knowledge) -> Iterator[str]:
    """Yield, as lines, the known messages in a reply, the winner first, and why it won over the next one."""
    matches = knowledge.matcher.matches(reply)
    if not matches:
        yield "No known message matches."
        return
    for number, match in enumerate(matches, start=1):
        scope = (
            "anybody's",
            f"the system’s ({match.signature.system})",
            f"the provider’s ({match.signature.provider})",
        )
        yield (
            f"{number}. {match.signature.slug}: {match.signature.reason} "
            f"[{scope[match.signature.scope]}, weight {match.signature.weight}, {match.length} letters]"
        )
    if len(matches) > 1:
        yield f"The first wins: {_why(matches[0], matches[1])}."


def _why(winner: Match, second: Match) -> str:
    if winner.signature.is_vague != second.signature.is_vague:
        return "a message that names the cause outranks phrases that say little"
    if winner.signature.scope != second.signature.scope:
        return "a provider’s message outranks a mail system’s, and that one anybody’s"
    if winner.signature.weight != second.signature.weight:
        return f"its weight is {winner.signature.weight}, not {second.signature.weight}"
    if winner.length != second.length:
        return f"it pins down {winner.length} letters, not {second.length}"
    return "nothing tells them apart but the order of their names"


def coverage(replies: Iterable[str], knowledge: Knowledge) -> Iterator[str]:
    """Yield, as lines, how many replies a known message explains, by reason, and examples of the rest."""
    by_reason: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for reply in replies:
        matches = knowledge.matcher.matches(reply)
        if matches:
            by_reason[matches[0].signature.reason] += 1
        else:
            unknown[reply] += 1
    known, total = by_reason.total(), by_reason.total() + unknown.total()
    yield f"{known} of {total} replies are known messages ({known / total:.1%})" if total else "No replies there."
    for reason, count in by_reason.most_common():
        yield f"  {count:6} {reason}"
    if unknown:
        yield f"Not known: {unknown.total()}"
        for reply, count in unknown.most_common(MOST_SHOWN):
            yield f"  {count:6} {_quoted(reply)}"


def _quoted(text: str) -> str:
    return short(" ".join(text.split()), LONGEST_SHOWN)
