"""Whether a known message proves itself: its patterns can be used, and each example is found by one of them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from django.utils.translation import gettext as _

from codes.knowledge.entries import Signature
from codes.knowledge.matcher import SHORTEST_LITERAL, Matcher, Pattern, PatternError, normalised

#: Ordinary mails in two languages, which no pattern may find.
PROSE = Path(__file__).parent / "prose"


class Examples:
    """The examples of all known messages in one text, so that what a few patterns find is found in one go."""

    def __init__(self, signatures: Iterable[Signature]) -> None:
        self._owned = [(signature, example) for signature in signatures for example in signature.examples]
        lines = [normalised(example) for _owner, example in self._owned]
        self._text = "\n".join(lines)
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=0))

    def found_by(self, matcher: Matcher) -> Iterator[tuple[Signature, str]]:
        """Yield the examples that a matcher may find, each with the known message that it belongs to."""
        for number in sorted({bisect_right(self._starts, place) - 1 for place in matcher.places(self._text)}):
            yield self._owned[number]


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
            "detail": _detail(error.__cause__).rstrip("."),
        }
    return _("“%(pattern)s” is too wide: one part of it needs %(number)d letters or more that always occur.") % {
        "pattern": pattern.source,
        "number": SHORTEST_LITERAL,
    }


def _detail(error: Exception) -> str:
    """Return what the matcher says of a pattern; RE2 says it in bytes."""
    said = error.args[0] if error.args else error
    return said.decode(errors="replace") if isinstance(said, bytes) else str(said)


def short(text: str, most: int = 80) -> str:
    """Return a text as a sentence quotes it, cut after `most` characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
