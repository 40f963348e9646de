"""What can be found: every entry with its words, weighted by where they stand."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from codes.knowledge.entries import Knowledge, Text

#: How much a word counts, by where it stands.
TITLE, SYNONYM, OFFICIAL, MESSAGE, PROSE, FOREIGN = 12.0, 9.0, 5.0, 4.0, 2.0, 3.0

ITALIAN = (
    "a ad al alla con da dal dalla dei del della delle di e ed gli i il in la le lo ma ne nel non o per se si su un una"
)
ENGLISH = "an and are as at be by for from is it its not of on or so that the this to was with"
STOP_WORDS = frozenset(ITALIAN.split() + ENGLISH.split())


def folded(text: str) -> str:
    """Return a text in lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words_of(text: str) -> list[str]:
    """Return the words of a text: codes stay whole, stop words go."""
    return [word for word in re.findall(r"[245x]\.\d+\.\d+|[a-z0-9]+", folded(text)) if word not in STOP_WORDS]


def stem(word: str) -> str:
    """Return what singular and plural of a word share; only long words lose their end."""
    if len(word) < 5 or word[-1].isdigit():
        return word
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word.rstrip("aeiou") if len(word.rstrip("aeiou")) >= 4 else word


@dataclass(frozen=True, slots=True)
class Document:
    """One entry in one language."""

    kind: str  # reason, code, message, provider, collection
    key: str
    title: str
    says: str
    weights: dict[str, float] = field(default_factory=dict)
    boost: float = 1.0


class Words:
    """Collects the stems of a document; the heaviest place of a word counts."""

    def __init__(self) -> None:
        self.weights: dict[str, float] = {}
        self.spoken: set[str] = set()

    def add(self, weight: float, texts: str | Iterable[str]) -> "Words":
        """Take in texts that stand in one kind of place."""
        for text in [texts] if isinstance(texts, str) else texts:
            for word in words_of(text):
                if weight != MESSAGE:  # what servers write is not always how it is spelt
                    self.spoken.add(word)
                if weight > self.weights.get(stem(word), 0):
                    self.weights[stem(word)] = weight
        return self

    def add_text(self, weight: float, text: Text, language: str) -> "Words":
        """Take in a text; its other language is found too, but weighs less."""
        other = "en" if language == "it" else "it"
        self.add(weight, getattr(text, language))
        return self.add(min(weight, FOREIGN), getattr(text, other))


def documents(knowledge: Knowledge, language: str, vocabulary: set[str]) -> Iterator[Document]:
    """Yield everything that can be found, and gather the words it is written in."""
    for made in (_reasons, _reply_codes, _enhanced_codes, _messages, _providers, _collections):
        for document, words in made(knowledge, language):
            vocabulary |= {word for word in words.spoken if word.isalpha() and len(word) > 3}
            yield document


def _reasons(knowledge: Knowledge, language: str) -> Iterator[tuple[Document, Words]]:
    for entry in knowledge.reasons.values():
        ours, other = (
            (entry.synonyms_it, entry.synonyms_en) if language == "it" else (entry.synonyms_en, entry.synonyms_it)
        )
        words = Words().add_text(TITLE, entry.title, language).add(SYNONYM, ours).add(OFFICIAL, other)
        words.add(OFFICIAL, entry.slug.replace("-", " ")).add(OFFICIAL, (entry.sisimai, entry.kumomta))
        words.add_text(PROSE, entry.headline, language).add_text(PROSE, entry.meaning, language)
        words.add(PROSE, entry.steps.in_language(language))
        yield (
            Document(
                "reason",
                entry.slug,
                entry.title.in_language(language),
                entry.meaning.in_language(language),
                words.weights,
                1.3,
            ),
            words,
        )


def _reply_codes(knowledge: Knowledge, language: str) -> Iterator[tuple[Document, Words]]:
    for code, entry in knowledge.reply_codes.items():
        if entry.standing == "draft":
            continue
        words = Words().add_text(TITLE, entry.title, language).add(TITLE, code).add(OFFICIAL, entry.official_title)
        words.add_text(PROSE, entry.meaning, language).add_text(PROSE, entry.advice, language)
        boost = 1.1 if entry.standing == "standard" else 0.8
        title, says = entry.title.in_language(language), entry.meaning.in_language(language)
        yield Document("code", code, title, says, words.weights, boost), words


def _enhanced_codes(knowledge: Knowledge, language: str) -> Iterator[tuple[Document, Words]]:
    for entry in knowledge.enhanced_codes.values():
        for digit in entry.classes:
            code = entry.in_class(digit)
            words = Words().add_text(TITLE, entry.title, language).add(TITLE, code).add(OFFICIAL, entry.official_title)
            words.add_text(PROSE, entry.meaning, language).add_text(PROSE, entry.advice, language)
            boost = (1.1 if entry.often else 0.9) * (0.98 if digit == "4" else 1)
            title, says = entry.title.in_language(language), entry.meaning.in_language(language)
            yield Document("code", code, title, says, words.weights, boost), words


def _messages(knowledge: Knowledge, language: str) -> Iterator[tuple[Document, Words]]:
    for entry in knowledge.signatures.values():
        words = Words().add_text(TITLE, entry.title, language).add(MESSAGE, entry.examples).add(MESSAGE, entry.codes)
        words.add(MESSAGE, (pattern for pattern in entry.patterns if not pattern.startswith("re:")))
        words.add(MESSAGE, (entry.system, entry.provider or "")).add_text(PROSE, entry.text, language)
        if provider := knowledge.providers.get(entry.provider or ""):
            words.add_text(SYNONYM, provider.title, language)
        says = entry.examples[0] if entry.examples else ""
        yield Document("message", entry.slug, entry.title.in_language(language), says, words.weights, 0.9), words


def _providers(knowledge: Knowledge, language: str) -> Iterator[tuple[Document, Words]]:
    for entry in knowledge.providers.values():
        words = Words().add_text(TITLE, entry.title, language).add(SYNONYM, entry.slug.replace("-", " "))
        words.add(OFFICIAL, entry.domains).add(MESSAGE, entry.hosts).add_text(PROSE, entry.description, language)
        title, says = entry.title.in_language(language), entry.description.in_language(language)
        yield Document("provider", entry.slug, title, says, words.weights), words


def _collections(knowledge: Knowledge, language: str) -> Iterator[tuple[Document, Words]]:
    for entry in knowledge.collections.values():
        words = Words().add_text(TITLE, entry.title, language).add_text(PROSE, entry.text, language)
        title, says = entry.title.in_language(language), entry.text.in_language(language)
        yield Document("collection", entry.slug, title, says.partition("\n")[0], words.weights, 0.9), words
