"""Finds the known messages in a reply, in time that grows with the text and hardly with their number.

One automaton over each pattern's literals finds the few candidates, their own patterns confirm. A pattern is a
phrase in which `*` stands for anything; a line that begins with `re:` is RE2 syntax. Both are matched without regard
to case and accents, anywhere in the reply, with white space collapsed to single blanks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

import re2
from ahocorasick_rs import AhoCorasick

from codes.knowledge.entries import Signature
from codes.knowledge.literals import required_literals

#: A pattern needs a literal part of this length, else it is too wide and would be tried on every text.
SHORTEST_LITERAL = 5
#: The same for RE2 syntax, whose classes and boundaries narrow what a short text alone would not.
SHORTEST_IN_EXPRESSION = 3
#: Patterns that a process keeps taken apart, so that the matcher after an edit is built in a moment.
KEPT_PATTERNS = 32_768


class PatternError(ValueError):
    """A pattern cannot be used; the message says why in one sentence."""


def _bases() -> dict[int, str | None]:
    """Return what stands for each accented letter of the Latin alphabets and for ё; accents of their own go."""
    letters = [chr(number) for number in range(0xC0, 0x250)]
    plain = {letter: unicodedata.normalize("NFD", letter)[0] for letter in letters}
    plain |= dict(zip("łŁøØđĐıёЁ", "lLoOdDiеЕ", strict=True))
    return {ord(letter): base for letter, base in plain.items() if letter != base} | dict.fromkeys(range(0x300, 0x370))


_BASES = _bases()


def unaccented(text: str) -> str:
    r"""Return the text without accents: many servers leave them out, and RE2 takes only ASCII for letters at a `\b`."""
    return text if text.isascii() else text.translate(_BASES)


def normalised(text: str) -> str:
    """Return the text as patterns are matched on it: lower case, no accents, single blanks, plain apostrophes."""
    return unaccented(" ".join(text.lower().replace("’", "'").split()))


_WORD = re.compile(r"[^\W\d_]{2,}")
_NO_WORD = re.compile(r"[@\d]")


def words_alone(text: str) -> str:
    """Return the words of a reply: codes, addresses, hosts and numbers make unlike replies look alike."""
    kept = (word.partition("http")[0] if "://" in word else word for word in normalised(text).split(" "))
    return " ".join(_WORD.findall(" ".join(word for word in kept if not _NO_WORD.search(word))))


@dataclass(frozen=True)
class Pattern:
    """One line of a signature's patterns."""

    source: str

    @property
    def is_expression(self) -> bool:
        """Whether it is RE2 syntax, and no phrase."""
        return self.source.startswith("re:")

    @property
    def expression(self) -> str:
        """What stands after "re:", without accents as what it is matched on."""
        return unaccented(self.source[3:].strip())

    @cached_property
    def literals(self) -> frozenset[str]:
        """Plain texts of which every match contains at least one."""
        if self.is_expression:
            return required_literals(self.expression)
        return frozenset({max((normalised(part) for part in self.source.split("*")), key=len, default="")})

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        """The plain texts of a phrase, in order."""
        return tuple(normalised(part) for part in self.source.split("*") if part.strip())

    def find(self, text: str) -> tuple[int, int] | None:
        """Return where the pattern matches a normalised text, or None; raises PatternError as `compiled` does."""
        if self.is_expression:
            # characters of ASCII are bytes: then RE2 need not translate its offsets
            hit = self.compiled.search(text.encode() if text.isascii() else text)
            return (hit.start(), hit.end()) if hit else None
        start = end = -1
        for part in self._parts:
            at = text.find(part, max(end, 0))
            if at < 0:
                return None
            start, end = (at if start < 0 else start), at + len(part)
        return start, end

    @property
    def is_wide(self) -> bool:
        """Whether it would be tried on too many texts: nothing of some length has to be there."""
        return self.too_short(self.literals)

    def too_short(self, literals: frozenset[str]) -> bool:
        """Whether one of its literals is found in too many texts."""
        shortest = SHORTEST_IN_EXPRESSION if self.is_expression else SHORTEST_LITERAL
        return min(map(len, literals), default=0) < shortest

    @cached_property
    def compiled(self):  # noqa: ANN201 (re2 has no types)
        """An expression, compiled on first use; raises PatternError where RE2 refuses it."""
        try:
            return re2.compile(self.expression, _options())
        except re2.error as error:
            raise PatternError(f"“{self.source}” is not a valid pattern: {error}") from error

    def check(self) -> None:
        """Raise PatternError where the pattern is invalid or too wide."""
        if self.is_expression:
            _ = self.compiled
        if self.is_wide:
            raise PatternError(f"“{self.source}” is too wide: one part needs {SHORTEST_LITERAL} letters or more.")


def _options() -> re2.Options:
    options = re2.Options()
    options.case_sensitive = False
    options.dot_nl = True
    options.never_capture = True  # only where the whole matched is asked for
    options.log_errors = False
    return options


@lru_cache(maxsize=KEPT_PATTERNS)
def pattern_of(source: str) -> Pattern:
    """Return the pattern of a line."""
    return Pattern(source)


@dataclass(frozen=True, slots=True)
class Match:
    """A known message that was found in a text."""

    signature: Signature
    length: int
    start: int
    end: int

    @property
    def rank(self) -> tuple[tuple[bool, int, int], int, str]:
        """How strong the match is: as its known message stands, then the longest, then by name."""
        return (self.signature.standing, self.length, self.signature.slug)


#: A pattern that may match: how its known message stands, that message, and itself.
Candidate = tuple[tuple[bool, int, int], Signature, Pattern]


class Several:
    """Candidates of one literal of which several are expressions, which are all tried at once."""

    __slots__ = ("_expressions", "_phrases", "_set")

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._phrases: list[Candidate] = []
        self._expressions: list[Candidate] = []
        for candidate in candidates:
            (self._expressions if candidate[2].is_expression else self._phrases).append(candidate)
        self._set: re2.Set | None = None

    def in_text(self, haystack: str) -> Iterator[Candidate]:
        """Yield the phrases, which may match, and the expressions that do."""
        yield from self._phrases
        if self._set is None:  # on first use, since most literals never stand in a reply
            self._set = self._compiled()
        for number in self._set.Match(haystack) or ():
            yield self._expressions[number]

    def _compiled(self) -> re2.Set:
        compiled = re2.Set.SearchSet(_options())
        usable = []
        for candidate in self._expressions:
            with suppress(re2.error):  # see _found
                compiled.Add(candidate[2].expression)
                usable.append(candidate)
        self._expressions = usable
        compiled.Compile()
        return compiled


def _behind(candidates: list[Candidate]) -> tuple[Candidate, ...] | Several:
    """Return the candidates of one literal as they are looked through."""
    expressions = sum(pattern.is_expression for _standing_of_it, _signature, pattern in candidates)
    return Several(candidates) if expressions > 1 else tuple(candidates)


class Matcher:
    """All signatures at once."""

    def __init__(self, signatures: Iterable[Signature]) -> None:
        owners: dict[str, list[Candidate]] = {}
        for signature in signatures:
            standing = signature.standing
            for source in signature.patterns:
                pattern = pattern_of(source)
                literals = pattern.literals
                if pattern.too_short(literals):
                    continue
                candidate = (standing, signature, pattern)
                for literal in literals:
                    owners.setdefault(literal, []).append(candidate)
        self._owners = [_behind(found) for found in owners.values()]
        self._literals = AhoCorasick(owners)

    def matches(self, text: str) -> list[Match]:
        """Return every known message in the text, the strongest first."""
        haystack = normalised(text)
        return _found(self._candidates(haystack), haystack)

    def strongest(self, text: str) -> Match | None:
        """Return the known message that decides, or None; those that could not outrank it are not looked for."""
        haystack = normalised(text)
        candidates = sorted(self._candidates(haystack), key=_standing, reverse=True)
        blotted = ""  # made where a candidate needs it
        for (tells_cause, _scope, _weight), equals in groupby(candidates, key=_standing):
            if not tells_cause:
                blotted = blotted or _without_addresses(haystack)
            if found := _found(equals, haystack if tells_cause else blotted):
                return found[0]
        return None

    def _candidates(self, haystack: str) -> list[Candidate]:
        """Return the patterns of which a literal stands in the text."""
        positions = {hit[0] for hit in self._literals.find_matches_as_indexes(haystack, overlapping=True)}
        found: list[Candidate] = []
        for position in positions:
            owners = self._owners[position]
            found += owners.in_text(haystack) if isinstance(owners, Several) else owners
        return found

    def places(self, haystack: str) -> list[int]:
        """Return where in a normalised text, however long, something may match: see `matches`."""
        return [start for _literal, start, _end in self._literals.find_matches_as_indexes(haystack, overlapping=True)]


def _standing(candidate: Candidate) -> tuple[bool, int, int]:
    return candidate[0]


def _without_addresses(haystack: str) -> str:
    """Return the text with the letters of links and mail addresses blotted out, as long as before.

    A word that only names a subject says nothing there: "help.example.org/quota.html" is no full mailbox.
    """
    if "://" not in haystack and "@" not in haystack:
        return haystack
    return " ".join(
        re.sub(r"[^\W\d_]", "_", word) if "://" in word or "@" in word else word for word in haystack.split(" ")
    )


def _found(candidates: Iterable[Candidate], haystack: str) -> list[Match]:
    """Return the known messages of which a pattern matches, the strongest first."""
    found: dict[str, Match] = {}
    for _standing_of_it, signature, pattern in candidates:
        try:
            hit = pattern.find(haystack)
        except PatternError:
            continue  # refused on save; a row that came another way does no harm
        if hit is None:
            continue
        match = Match(signature, _words_matched(pattern, *hit), *hit)
        if signature.slug not in found or match.rank > found[signature.slug].rank:
            found[signature.slug] = match
    return sorted(found.values(), key=lambda match: match.rank, reverse=True)


def _words_matched(pattern: Pattern, start: int, end: int) -> int:
    """Return how much of the text the pattern pins down: its literal parts, not what `*` ran over."""
    if pattern.is_expression:
        return min(end - start, 60)
    return sum(len(part.strip()) for part in pattern.source.split("*"))
