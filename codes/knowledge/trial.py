"""Tries a known message before it is saved: what it finds, what it takes from others, what others take from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from codes.knowledge.entries import Knowledge, Signature, Text
from codes.knowledge.examples import Fault, first_fault, short
from codes.knowledge.matcher import Match, Matcher


@dataclass(frozen=True)
class Draft:
    """A known message as it stands in a form."""

    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    #: Empty for one that is new.
    slug: str = ""
    provider: str | None = None
    system: str = ""
    weight: int = 0

    def as_signature(self) -> Signature:
        """Return it as the matcher takes it."""
        nothing = Text()
        return Signature(
            slug=self.slug or "~",  # after all others, should nothing but the name decide
            title=nothing,
            text=nothing,
            provider=self.provider,
            system=self.system,
            reason="",
            patterns=self.patterns,
            examples=self.examples,
            codes=(),
            who_acts="",
            weight=self.weight,
            evidence="",
            checked="",
            sources=(),
            pk=0,
        )


@dataclass(frozen=True)
class Theft:
    """An example that another known message than its own explains: whose it is, and who takes it."""

    example: str
    owner: str
    taker: str


@dataclass
class Trial:
    """What came out; thefts are faults too."""

    fault: Fault | None = None
    found: list[str] = field(default_factory=list)
    #: Own examples that another known message would explain.
    lost: list[Theft] = field(default_factory=list)
    #: Examples of others that this one would explain.
    stolen: list[Theft] = field(default_factory=list)
    #: Unrecognised replies that it would explain, and how often they came.
    explained: list[str] = field(default_factory=list)
    times: int = 0

    def refusal(self) -> Fault | None:
        """Return why it must not be saved, or None."""
        if self.fault:
            return self.fault
        if self.lost:
            theft = self.lost[0]
            sentence = _("The example “%(example)s” goes to the known message %(slug)s, which is more specific.")
            return Fault("examples", 0, sentence % {"example": short(theft.example), "slug": theft.taker})
        if self.stolen:
            theft = self.stolen[0]
            sentence = _("It would take the example “%(example)s” from the known message %(slug)s.")
            return Fault("patterns", 0, sentence % {"example": short(theft.example), "slug": theft.owner})
        return None


def attempt(draft: Draft, knowledge: Knowledge, replies: Iterable[tuple[str, int]] = ()) -> Trial:
    """Return what a draft would do among all known messages.

    `replies` are texts that nobody explains, each with how often it came.
    """
    trial = Trial(fault=first_fault(draft.patterns, draft.examples))
    if trial.fault and trial.fault.field == "patterns":
        return trial
    candidate = Matcher([draft.as_signature()])
    for example in draft.examples:
        own = candidate.strongest(example)
        if own is None:
            continue
        trial.found.append(example)
        rival = _rival(example, draft, knowledge)
        if rival and rival.rank > own.rank:
            trial.lost.append(Theft(example, draft.slug, rival.signature.slug))
    trial.stolen.extend(_thefts(draft, candidate, knowledge))
    for reply, times in replies:
        own = candidate.strongest(reply)
        rival = _rival(reply, draft, knowledge) if own else None
        if own and (rival is None or own.rank > rival.rank):
            trial.explained.append(reply)
            trial.times += times
    return trial


def _thefts(draft: Draft, candidate: Matcher, knowledge: Knowledge) -> Iterator[Theft]:
    """Yield the examples that their owners explain now, and would not once the draft is there."""
    for owner, example in knowledge.all_examples.found_by(candidate):
        if owner.slug == draft.slug:
            continue
        own = candidate.strongest(example)
        rival = _rival(example, draft, knowledge) if own else None
        if own and rival and rival.signature.slug == owner.slug and own.rank > rival.rank:
            yield Theft(example, owner.slug, draft.slug)


def _rival(text: str, draft: Draft, knowledge: Knowledge) -> Match | None:
    """Return the strongest match of all the others."""
    return next((match for match in knowledge.matcher.matches(text) if match.signature.slug != draft.slug), None)
