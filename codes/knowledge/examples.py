"""Whether a known message proves itself: its patterns can be used, and each example is found by one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from codes.knowledge.matcher import SHORTEST_LITERAL, Pattern, PatternError, normalised

#: Ordinary mails in two languages, which no pattern may find.
PROSE = Path(__file__).parent / "prose"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a known message: the field, the item of its list, and one sentence in the active language."""

    field: str
    position: int
    sentence: str


def first_fault(patterns: Sequence[str], examples: Sequence[str]) -> Fault | None:
    """Return the first pattern that cannot be used or the first example that no pattern finds; None if all is well."""
    usable: list[Pattern] = []
    for position, source in enumerate(patterns):
        pattern = Pattern(source)
        try:
            pattern.check()
        except PatternError as error:
            return Fault("patterns", position, _why_refused(pattern, error))
        if words := _ordinary_words(pattern):
            sentence = _("“%(pattern)s” is too wide: it also finds “%(words)s” in an ordinary mail.")
            return Fault("patterns", position, sentence % {"pattern": source, "words": short(words)})
        usable.append(pattern)
    for position, example in enumerate(examples):
        haystack = normalised(example)
        if not any(pattern.find(haystack) is not None for pattern in usable):
            sentence = _("No pattern matches the example “%(example)s”.") % {"example": short(example)}
            return Fault("examples", position, sentence)
    return None


@cache
def ordinary_prose() -> tuple[str, ...]:
    """Return paragraphs of ordinary mails in Italian and English, as patterns are matched on them."""
    return tuple(
        normalised(paragraph)
        for path in sorted(PROSE.glob("*.txt"))
        for paragraph in path.read_text(encoding="utf-8").split("\n\n")
    )


def _ordinary_words(pattern: Pattern) -> str:
    """Return the ordinary words that a pattern finds, or nothing."""
    for paragraph in ordinary_prose():
        if (found := pattern.find(paragraph)) is not None:
            return paragraph[slice(*found)]
    return ""


def _why_refused(pattern: Pattern, error: PatternError) -> str:
    if isinstance(error.__cause__, Exception):
        return _("“%(pattern)s” is not a valid pattern: %(detail)s.") % {
            "pattern": pattern.source,
            "detail": str(error.__cause__).rstrip("."),
        }
    return _("“%(pattern)s” is too wide: one part of it needs %(number)d letters or more that always occur.") % {
        "pattern": pattern.source,
        "number": SHORTEST_LITERAL,
    }


def short(text: str, most: int = 80) -> str:
    """Return a text as a sentence quotes it, cut after `most` characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
