"""The index: built in memory once per snapshot, asked without the database."""

import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice, product

import tantivy
from rapidfuzz import fuzz, process

from codes.knowledge.entries import Knowledge
from codes.search.documents import Document, documents
from codes.search.query import Query, Synonyms, Vocabulary, Word, name_of, understood
from codes.search.words import ANALYSERS, LANGUAGES, folded, stem, words_of

#: How much a word counts, by where it stands; in the other language, in another spelling.
PLACES = {"title": 3.5, "also": 6.0, "official": 1.5, "said": 1.2, "prose": 0.6}
OTHER_LANGUAGE, BEGINNING, VARIANT, SECOND_PLACE = 0.6, 6.0, 0.8, 0.2
#: What is added where the whole query is one of an entry's names, and where it holds the entry's code.
WHOLE_TITLE, WHOLE_NAME, ITS_CODE = 28.0, 20.0, 100.0
SHORTEST_BEGINNING = 3
#: What is added where the words stand together.
PHRASED = {"title": 8.0, "also": 8.0, "prose": 2.0}
#: Where fewer hold all the words, those that lack some follow, if they score so much of what the best does.
ENOUGH, GOOD_SHARE = 5, 0.3
#: How much it costs to lack words: the share of those held, to this power.
COORDINATION = 2
MOST_NAMES, KEPT_WORDS = 12, 512
WRITER_BYTES = 15_000_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found."""

    document: Document
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """All that a search found, the best first."""

    hits: tuple[Hit, ...] = ()
    query: Query = field(default_factory=lambda: Query(()))
    #: No document holds all the words; these hold some.
    partial: bool = False

    @property
    def counts(self) -> Counter[str]:
        """How many there are of each kind."""
        return Counter(hit.document.kind for hit in self.hits)

    def of_kind(self, kind: str) -> "Results":
        """Return those of one kind."""
        return replace(self, hits=tuple(hit for hit in self.hits if hit.document.kind == kind))


class Index:
    """Search over one snapshot."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.documents = list(documents(knowledge))
        self.synonyms = Synonyms(knowledge.synonyms)
        counts: Counter[str] = Counter()
        for document in self.documents:
            counts.update(set(_spoken(document)))
        self.vocabulary = Vocabulary(counts)
        self.schema = _schema()
        self._searcher = self._filled().searcher()
        #: What was found for a word is kept: somebody who types asks for the same words again and again.
        self._holding = lru_cache(maxsize=KEPT_WORDS)(self._look_up)

    def _filled(self) -> tantivy.Index:
        index = tantivy.Index(self.schema)
        for language, analyser in ANALYSERS.items():
            index.register_tokenizer(language, analyser)
        writer = index.writer(heap_size=WRITER_BYTES, num_threads=1)
        for number, document in enumerate(self.documents):
            writer.add_document(_as_stored(number, document))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return index

    def search(self, text: str, language: str, exact: bool = False) -> Results:
        """Return what holds all words of the query or, if nothing does, what holds some of them.

        Words that none of our texts holds are taken for those one typo away, and words are looked for in their
        synonyms too, unless `exact`.
        """
        query = understood(text, self.vocabulary, self.synonyms, exact)
        if not query.words:
            return Results()
        table = {word: self._holding(word, language) for words in (query.words, *query.variants) for word in words}
        scores: dict[int, float] = {}
        shares: dict[int, float] = {}
        for number, (score, share) in _some([table[word] for word in query.words]).items():
            scores[number], shares[number] = score * share**COORDINATION, share
        for words in query.variants:
            for number, score in _all([table[word] for word in words]).items():
                scores[number], shares[number] = max(scores.get(number, 0), VARIANT * score), 1.0
        scores = {number: score * self.documents[number].boost for number, score in scores.items()}
        for number, extra in self._scores(tantivy.Query.boolean_query(list(self._extras(query)))).items():
            scores[number] = scores.get(number, 0) + extra * min(self.documents[number].boost, 1)
            if extra >= ITS_CODE:
                shares[number] = 1.0
        hits = sorted(
            (Hit(self.documents[number], scores[number]) for number in _kept(scores, shares)),
            key=lambda hit: (-hit.score, hit.document.kind, hit.document.key),
        )
        return Results(tuple(hits), query, partial=bool(hits) and max(shares.values()) < 1)

    def _scores(self, query: tantivy.Query) -> dict[int, float]:
        """Return what a query finds: the numbers of documents with their scores."""
        found = self._searcher.search(query, limit=len(self.documents), count=False).hits
        numbers = self._searcher.fast_field_values("number", [address for _score, address in found])
        return {number: score for (score, _address), number in zip(found, numbers, strict=True)}

    def _look_up(self, word: Word, language: str) -> dict[int, float]:
        """Return the documents that hold a word: the best place where it stands counts, the others a little."""
        places: list[tantivy.Query] = []
        for tongue in LANGUAGES:
            stems = [
                *((each, 1.0) for each in word.stems(tongue)),
                *((each, VARIANT) for each in word.other_stems(tongue)),
            ]
            share = 1 if tongue == language else OTHER_LANGUAGE
            for place, weight in PLACES.items():
                places += [self._term(f"{place}_{tongue}", each, weight * share * how) for each, how in stems]
        places.append(self._term("codes", word.typed, PLACES["said"]))
        if len(word.typed) >= SHORTEST_BEGINNING and not word.meant:
            places.append(self._constant("begins", word.typed, BEGINNING)[1])
        return self._scores(tantivy.Query.disjunction_max_query(places, SECOND_PLACE))

    def _extras(self, query: Query) -> Iterable[tuple[tantivy.Occur, tantivy.Query]]:
        """Yield what lifts the entries that are named in so many words."""
        for words, share in _spelt_out(query):
            for language in LANGUAGES:
                name = " ".join(stem(word, language) for word in words)
                yield self._constant("name", name, WHOLE_NAME * share)
                yield self._constant("whole_title", name, WHOLE_TITLE * share)
        if len(query.words) > 1:
            for language in LANGUAGES:
                stems = [stem(word.spellings[0], language) for word in query.words]
                for place, score in PHRASED.items():
                    phrase = tantivy.Query.phrase_query(self.schema, f"{place}_{language}", stems, slop=1)
                    yield tantivy.Occur.Should, tantivy.Query.const_score_query(phrase, score)
        for word in query.words:
            if word.is_code:
                yield self._constant("key", word.typed, ITS_CODE * (1.2 if "." in word.typed else 1))

    def _term(self, field: str, term: str, boost: float) -> tantivy.Query:
        return tantivy.Query.boost_query(tantivy.Query.term_query(self.schema, field, term), boost)

    def _constant(self, field: str, term: str, score: float) -> tuple[tantivy.Occur, tantivy.Query]:
        query = tantivy.Query.const_score_query(tantivy.Query.term_query(self.schema, field, term), score)
        return tantivy.Occur.Should, query

    def nearest(self, text: str, language: str, most: int = 5) -> list[Document]:
        """Return the reasons whose names are most like the query, for a search without hits."""
        names = {
            (number, place): folded(name)
            for number, document in enumerate(self.documents)
            if document.kind == "reason"
            for place, name in enumerate((document.title.in_language(language), *document.also))
        }
        best = process.extract(folded(text), names, scorer=fuzz.WRatio, limit=most * 6)
        numbers = dict.fromkeys(number for _name, _score, (number, _place) in best)
        return [self.documents[number] for number in list(numbers)[:most]]


def _all(found: list[dict[int, float]]) -> dict[int, float]:
    """Return the documents that hold all of some words, with the sum of what the words scored."""
    numbers = set.intersection(*(set(scores) for scores in found))
    return {number: sum(scores[number] for scores in found) for number in numbers}


def _some(found: list[dict[int, float]]) -> dict[int, tuple[float, float]]:
    """Return for each document the sum of what its words scored, and the share of the words that it holds."""
    sums: dict[int, list[float]] = {}
    for scores in found:
        for number, score in scores.items():
            sums.setdefault(number, []).append(score)
    return {number: (sum(scores), len(scores) / len(found)) for number, scores in sums.items()}


def _kept(scores: dict[int, float], shares: dict[int, float]) -> list[int]:
    """Return the documents that hold all words; where too few do, also the better ones that lack some."""
    whole = [number for number, share in shares.items() if share == 1]
    if len(whole) >= ENOUGH or not scores:
        return whole
    good = max(scores.values()) * GOOD_SHARE
    return whole + [number for number, share in shares.items() if share < 1 and scores[number] >= good]


def _spelt_out(query: Query) -> Iterable[tuple[tuple[str, ...], float]]:
    """Yield the ways to write a query as names are compared, the first of its own words, and how much each counts."""
    ways = product(*((*word.spellings[:1], *word.synonyms) for word in query.words))
    for number, way in enumerate(islice(ways, MOST_NAMES)):
        yield way, VARIANT if number else 1.0
    for words in query.variants:
        yield tuple(word.typed for word in words), VARIANT


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", fast=True)
    for language in LANGUAGES:
        for place in PLACES:
            builder.add_text_field(f"{place}_{language}", tokenizer_name=language)
    for name in ("codes", "begins", "name", "whole_title", "key"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _as_stored(number: int, document: Document) -> tantivy.Document:
    stored = tantivy.Document(number=number)
    for name, texts in _fields(document).items():
        for text in texts:
            if text:
                stored.add_text(name, text)
    return stored


def _fields(document: Document) -> dict[str, Iterable[str]]:
    """Return the texts of a document by the field that they are indexed in."""
    fields: dict[str, Iterable[str]] = {
        "codes": [code.lower() for code in document.codes],
        "key": [document.key] if document.kind == "code" else [],
        "name": {name_of(name, name.language) for name in document.also},
        "whole_title": {name_of(getattr(document.title, language), language) for language in LANGUAGES},
        "begins": _beginnings(document),
    }
    for language in LANGUAGES:
        fields[f"title_{language}"] = [getattr(document.title, language)]
        fields[f"prose_{language}"] = [getattr(text, language) for text in document.prose]
        fields[f"also_{language}"] = [name for name in document.also if name.language == language]
        fields[f"official_{language}"] = document.official  # servers write either language
        fields[f"said_{language}"] = document.said
    return fields


def _spoken(document: Document) -> Iterable[str]:
    """Yield the words that a document is written in; what servers write is not always how it is spelt."""
    for text in (document.title, *document.prose):
        yield from words_of(f"{text.it} {text.en}")
    for name in (*document.also, *document.official):
        yield from words_of(name)


def _beginnings(document: Document) -> set[str]:
    """Return how the words of a document's names begin, for what is still being typed."""
    names = (document.title.it, document.title.en, *document.also, *document.official)
    return {
        word[:length]
        for name in names
        for word in words_of(name)
        for length in range(SHORTEST_BEGINNING, len(word) + 1)
    }


class Keeper:
    """Keeps the index of the newest snapshot; while it is built, readers are served by the last one."""

    def __init__(self) -> None:
        self._index: Index | None = None
        self._lock = threading.Lock()
        #: Whether a thread renews it after each change; readers then wait for the first one only.
        self.is_followed = False

    def get(self, knowledge: Knowledge) -> Index:
        """Return the index of a snapshot, or of the one before while it is built."""
        kept = self._index
        if kept is not None and (kept.knowledge is knowledge or self.is_followed or self._lock.locked()):
            return kept
        return self.renew(knowledge)

    def renew(self, knowledge: Knowledge) -> Index:
        """Return the index of a snapshot, built now unless it is there."""
        with self._lock:
            kept = self._index
            if kept is None or kept.knowledge is not knowledge:
                kept = self._index = Index(knowledge)
            return kept


keeper = Keeper()


def index_of(knowledge: Knowledge) -> Index:
    """Return the index of a snapshot."""
    return keeper.get(knowledge)
