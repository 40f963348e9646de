"""The index: built once per snapshot and language, asked without the database."""

import threading
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from codes.knowledge.entries import Knowledge
from codes.search.documents import Document, documents, stem, words_of

#: A word that only begins like one of the text counts less; a beginning needs so many letters.
PREFIX_SHARE, SHORTEST_PREFIX = 0.6, 3
#: How like a known word a misspelt one must be, in percent.
LIKE_ENOUGH = 76
MOST_HITS = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found, and the stems that found it."""

    document: Document
    score: float
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found, and the words that it took for those typed where they were misspelt."""

    hits: tuple[Hit, ...] = ()
    corrected: str = ""
    partial: bool = False


class _Language:
    """All documents in one language, by stem."""

    def __init__(self, knowledge: Knowledge, language: str) -> None:
        vocabulary: set[str] = set()
        self.documents = list(documents(knowledge, language, vocabulary))
        self.vocabulary = sorted(vocabulary)
        self.by_stem: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, document in enumerate(self.documents):
            for each, weight in document.weights.items():
                self.by_stem[each].append((number, weight))
        self.stems = sorted(self.by_stem)

    def scores(self, word: str) -> dict[int, tuple[float, str]]:
        """Return the score of each document that holds a word, and the stem that it holds."""
        wanted = stem(word)
        found: dict[int, tuple[float, str]] = {}
        for number, weight in self.by_stem.get(wanted, ()):
            found[number] = (weight, wanted)
        if len(wanted) >= SHORTEST_PREFIX:
            for longer in self._beginning_with(wanted):
                for number, weight in self.by_stem[longer]:
                    if weight * PREFIX_SHARE > found.get(number, (0.0, ""))[0]:
                        found[number] = (weight * PREFIX_SHARE, longer)
        return found

    def meant(self, word: str) -> str:
        """Return the known word that a misspelt one stands for, or the word itself."""
        if len(word) < 4 or not word.isalpha() or self._is_known(word):
            return word
        nearest = process.extractOne(word, self.vocabulary, scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH)
        return nearest[0] if nearest else word

    def _is_known(self, word: str) -> bool:
        """Return whether our own texts hold a word, or one that begins like it."""
        place = bisect_left(self.vocabulary, word)
        beginning = stem(word)
        near = (
            self.vocabulary[max(0, place - 1) : place + 1]
            + self.vocabulary[bisect_left(self.vocabulary, beginning) :][:1]
        )
        return any(each.startswith(beginning) for each in near)

    def _beginning_with(self, beginning: str) -> list[str]:
        first = bisect_left(self.stems, beginning)
        last = bisect_left(self.stems, beginning + "\uffff")
        return [each for each in self.stems[first:last] if each != beginning]


class Index:
    """Search over one snapshot."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._languages: dict[str, _Language] = {}

    def _in(self, language: str) -> _Language:
        """Return the documents in a language; they are gathered when they are first asked for."""
        if language not in self._languages:
            self._languages[language] = _Language(self.knowledge, language)
        return self._languages[language]

    def search(self, query: str, language: str, exact: bool = False) -> Results:
        """Return what holds all words of the query or, if nothing does, what holds the most of them.

        Words that none of our texts holds are taken for the nearest that they do, unless `exact`.
        """
        index = self._in(language)
        words = list(dict.fromkeys(words_of(query)))
        if not words:
            return Results()
        tables = [index.scores(word) for word in words]
        meant = words if exact else [index.meant(word) for word in words]
        for place, (word, better) in enumerate(zip(words, meant, strict=True)):
            if better != word:  # what somebody really wrote that way is found too
                tables[place] = index.scores(better) | tables[place]
        together = set.intersection(*(set(table) for table in tables))
        candidates = together or set().union(*tables)
        hits = [self._hit(index, number, tables) for number in candidates]
        hits.sort(key=lambda hit: (-hit.score, hit.document.kind, hit.document.key))
        corrected = " ".join(meant) if meant != words else ""
        return Results(tuple(hits[:MOST_HITS]), corrected, partial=bool(hits) and not together)

    @staticmethod
    def _hit(index: _Language, number: int, tables: list[dict[int, tuple[float, str]]]) -> Hit:
        document = index.documents[number]
        found = [table[number] for table in tables if number in table]
        share = len(found) / len(tables)
        score = sum(weight for weight, _stem in found) * share * document.boost
        title = {stem(word) for word in words_of(document.title)}
        stems = frozenset(each for _weight, each in found)
        if title and title <= stems:
            score *= 1.5  # the title says just what was asked
        return Hit(document, score, stems)

    def nearest(self, query: str, language: str, most: int = 5) -> list[Document]:
        """Return the entries whose titles are most like the query, for a search without hits."""
        found = self._in(language).documents
        titles = {number: document.title.lower() for number, document in enumerate(found) if document.kind == "reason"}
        best = process.extract(query.lower(), titles, scorer=fuzz.WRatio, limit=most)
        return [found[number] for _title, _score, number in best]


class Keeper:
    """Keeps the index of the newest snapshot."""

    def __init__(self) -> None:
        self._index: Index | None = None
        self._lock = threading.Lock()

    def get(self, knowledge: Knowledge) -> Index:
        """Return the index of a snapshot, built where it is not the one kept."""
        kept = self._index
        if kept is None or kept.knowledge is not knowledge:
            with self._lock:
                kept = self._index
                if kept is None or kept.knowledge is not knowledge:
                    kept = self._index = Index(knowledge)
        return kept


keeper = Keeper()


def index_of(knowledge: Knowledge) -> Index:
    """Return the index of a snapshot."""
    return keeper.get(knowledge)
