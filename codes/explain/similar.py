"""The known messages nearest to a reply that is not known: a suggestion, never an answer."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from codes.knowledge.entries import Knowledge
from codes.knowledge.matcher import words_alone

#: Likeness from 0 to 100 below which nothing is suggested, and how many are.
LIKE_ENOUGH = 72
MOST = 3
#: Letters below which a text is too short to resemble anything.
SHORTEST = 8


def similar_messages(text: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the slugs of the nearest known messages, the nearest first."""
    words = words_alone(text)
    if len(words) < SHORTEST:
        return ()
    sorted_words = " ".join(sorted(words.split()))  # the order of words does not count
    hits = process.extract(
        sorted_words, knowledge.example_words, scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH, limit=MOST * 3
    )
    return tuple(dict.fromkeys(key[0] for _example, _score, key in hits))[:MOST]
