"""What was typed, taken apart: its words, the words it may stand for, and other ways to say it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from codes.search.words import CODE, LANGUAGES, stem, stems_of, words_of

#: One typo is forgiven in a word of at least so many letters.
SHORTEST_FORGIVEN = 5
MOST_WORDS, MOST_VARIANTS, MOST_SYNONYMS, MOST_GUESSES = 12, 7, 6, 3


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query, and what it is taken for where nothing is spelt so."""

    typed: str
    meant: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()

    @property
    def is_code(self) -> bool:
        """Whether it is a code."""
        return bool(CODE.fullmatch(self.typed))

    @property
    def spellings(self) -> tuple[str, ...]:
        """What is looked for."""
        return self.meant or (self.typed,)

    def stems(self, language: str) -> set[str]:
        """Return what is looked for in a language."""
        return {stem(spelling, language) for spelling in self.spellings} - {""}

    def other_stems(self, language: str) -> set[str]:
        """Return what its synonyms are looked for as."""
        return {stem(word, language) for word in self.synonyms} - {""} - self.stems(language)


@dataclass(frozen=True, slots=True)
class Query:
    """The words typed, and the other ways to say them."""

    words: tuple[Word, ...]
    variants: tuple[tuple[Word, ...], ...] = ()

    @property
    def corrected(self) -> str:
        """The words as they were taken; empty where all are taken as typed."""
        if not any(word.meant for word in self.words):
            return ""
        return " ".join(word.spellings[0] for word in self.words)

    def stems(self, language: str) -> set[str]:
        """Return every stem that a hit may hold, for marking it."""
        words = {word for way in (self.words, *self.variants) for word in way}
        return {each for word in words for each in word.stems(language) | word.other_stems(language)}


class Vocabulary:
    """The words that our texts are written in, each with how often."""

    def __init__(self, counts: dict[str, int]) -> None:
        self.counts = counts
        self.words = [word for word in counts if len(word) >= SHORTEST_FORGIVEN - 1 and word.isalpha()]
        self.stems = {language: {stem(word, language) for word in counts} for language in LANGUAGES}
        self.beginnings = {word[:length] for word in counts for length in range(3, len(word))}

    def holds(self, word: str) -> bool:
        """Return whether a word, one of its forms, or one that begins with it is used."""
        return (
            word in self.counts
            or word in self.beginnings
            or any(stem(word, language) in self.stems[language] for language in LANGUAGES)
        )

    def guesses(self, word: str) -> tuple[str, ...]:
        """Return the words that are one typo away, the most used first."""
        if len(word) < SHORTEST_FORGIVEN or not word.isalpha() or self.holds(word):
            return ()
        near = extract(word, self.words, scorer=OSA.distance, score_cutoff=1, limit=20)
        found = sorted((each for each, _distance, _place in near), key=lambda each: (-self.counts[each], each))
        return tuple(found[:MOST_GUESSES])


class Synonyms:
    """Groups of words that mean the same, as rows of the knowledge base have them."""

    def __init__(self, groups: Iterable[Iterable[str]]) -> None:
        #: The groups that a phrase belongs to, by language and the phrase's stems.
        self.groups: dict[tuple[str, ...], list[list[tuple[str, ...]]]] = defaultdict(list)
        for phrases in groups:
            group = [tuple(words_of(phrase)) for phrase in phrases]
            for key in {(language, *_stems(phrase, language)) for phrase in group for language in LANGUAGES}:
                self.groups[key].append(group)
        self.longest = max((len(key) - 1 for key in self.groups), default=0)

    def of_word(self, word: Word) -> Word:
        """Return a word together with the single words that mean the same."""
        others = [
            phrase[0]
            for group in self._groups_of(word.spellings[:1])
            for phrase in group
            if len(phrase) == 1 and phrase[0] not in word.spellings
        ]
        return replace(word, synonyms=tuple(dict.fromkeys(others))[:MOST_SYNONYMS])

    def variants(self, words: tuple[Word, ...]) -> tuple[tuple[Word, ...], ...]:
        """Return the query in other words: a phrase of a group that stands in it, replaced by the group's others."""
        found: dict[tuple[Word, ...], None] = {}
        spelt = [word.spellings[0] for word in words]
        for place in range(len(spelt)):
            for end in range(place + 1, min(len(spelt), place + self.longest) + 1):
                phrase = tuple(spelt[place:end])
                for other in (other for group in self._groups_of(phrase) for other in group):
                    if len(other) + len(phrase) > 2 and other != phrase:
                        found[(*words[:place], *map(Word, other), *words[end:])] = None
        return tuple(found)[:MOST_VARIANTS]

    def _groups_of(self, phrase: Iterable[str]) -> list[list[tuple[str, ...]]]:
        for language in LANGUAGES:
            if groups := self.groups.get((language, *_stems(phrase, language))):
                return groups
        return []


def _stems(phrase: Iterable[str], language: str) -> tuple[str, ...]:
    return tuple(stem(word, language) for word in phrase)


def understood(text: str, vocabulary: Vocabulary, synonyms: Synonyms, exact: bool = False) -> Query:
    """Take a query apart; `exact` takes no word for another."""
    typed = list(dict.fromkeys(words_of(text)))[:MOST_WORDS]
    if exact:
        return Query(tuple(Word(word) for word in typed))
    words = tuple(synonyms.of_word(Word(word, vocabulary.guesses(word))) for word in typed)
    return Query(words, synonyms.variants(words))


def name_of(text: str, language: str) -> str:
    """Return a name as it is compared with a whole query: its stems in order."""
    return " ".join(dict.fromkeys(stems_of(text, language)))
