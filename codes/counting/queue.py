"""The queue of replies that nobody explains: what waits, and how a row becomes a known message."""

from typing import Any

from django.db.models import QuerySet

from codes.counting.masking import example_of, pattern_of
from codes.knowledge.matcher import Matcher
from codes.knowledge.trial import Draft
from codes.models import Signature, UnrecognisedReply

#: Rows that a draft is tried on: the most frequent.
MOST_TRIED = 2000


def waiting() -> QuerySet[UnrecognisedReply]:
    """Return the rows that nobody has dealt with, the most frequent first."""
    return UnrecognisedReply.objects.filter(ignored=False, signature=None)


def examples() -> list[tuple[str, int]]:
    """Return a made-up reply of each waiting shape, and how often it came."""
    return [(example_of(shape), count) for shape, count in waiting().values_list("shape", "count")[:MOST_TRIED]]


def draft_for(pk: str) -> dict[str, Any]:
    """Return what the form of a new known message begins with; nothing where there is no such row."""
    row = UnrecognisedReply.objects.filter(pk=pk).first() if pk.isdecimal() else None
    if row is None:
        return {}
    example = example_of(row.shape)
    return {"patterns": [pattern_of(row.shape)], "examples": [example]}


def settle(signature: Signature) -> int:
    """Take the rows that a known message explains from the queue, and return how many there were."""
    draft = Draft(tuple(signature.patterns), tuple(signature.examples), slug=signature.slug)
    matcher = Matcher([draft.as_signature()])
    rows = waiting().values_list("pk", "shape")[:MOST_TRIED]
    explained = [pk for pk, shape in rows if matcher.matches(example_of(shape))]
    return UnrecognisedReply.objects.filter(pk__in=explained).update(signature=signature)
