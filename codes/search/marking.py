"""Why an entry was found: the words of its texts that the query asked for, by the analysers that indexed them."""

import re
from collections.abc import Iterable, Sequence

from codes.knowledge.entries import Said
from codes.search.documents import Document
from codes.search.query import Query
from codes.search.words import LANGUAGES, STOP_WORDS, folded, stem

SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-ZÀ-Ý«“])")
WORD = re.compile(r"([245xX]\.\d{1,3}\.\d{1,3}|\w+)")
SHORTEST_BEGINNING = 3


class Marker:
    """Finds the words of one query in texts: those typed or, with `widely`, the other ways to say them too."""

    def __init__(self, query: Query, widely: bool = False) -> None:
        self.widely = widely
        self.most = len(query.words)
        self._known: dict[str, str] = {}
        self._stems = {
            language: query.stems(language)
            if widely
            else {each for word in query.words for each in word.stems(language)}
            for language in LANGUAGES
        }
        self._beginnings = tuple(
            word.typed for word in query.words if len(word.typed) >= SHORTEST_BEGINNING and not word.meant
        )

    def pieces(self, text: str) -> list[tuple[str, bool]]:
        """Return a text in pieces, each with whether it is a word that was looked for."""
        return [(piece, bool(place % 2) and bool(self._match(piece))) for place, piece in enumerate(WORD.split(text))]

    def held(self, text: str) -> set[str]:
        """Return which of the query's words a text holds, as stems."""
        return {found for word in WORD.findall(text) if (found := self._match(word))}

    def best(self, texts: Iterable[str]) -> str:
        """Return the text that holds the most of the words; the first of several."""
        return max(texts, key=lambda text: len(self.held(text)), default="")

    def excerpt(self, text: str) -> str:
        """Return the sentence of a text that holds the most of the words."""
        return self.best(SENTENCE.split(text))

    def _match(self, word: str) -> str:
        """Return the stem by which a word was looked for, or nothing; each word is judged once."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._judge(word)
        return known

    def _judge(self, word: str) -> str:
        plain = folded(word)
        if plain in STOP_WORDS:
            return ""
        for language in LANGUAGES:
            if (found := stem(plain, language)) in self._stems[language]:
                return found
        return plain if self._beginnings and plain.startswith(self._beginnings) else ""


def says(document: Document, marker: Marker, language: str) -> str:
    """Return the sentence, or of a server's replies the one, that best shows why a document was found."""
    if document.said and document.kind == "message":
        return marker.best(document.said)
    return marker.excerpt(document.says.in_language(language))


def other_names(document: Document, marker: Marker, shown: Sequence[Said | str], most: int = 2) -> list[Said]:
    """Return the names by which a document was found, where what is shown lacks words; those in its language first."""
    seen = set().union(*(marker.held(text) for text in shown))
    if len(seen) >= marker.most:
        return []
    language = getattr(shown[0], "language", "")
    more = {name: len(marker.held(name) - seen) for name in document.also}
    found = [name for name in document.also if more[name] and (not marker.widely or name.language == language)]
    return sorted(found, key=lambda name: (-more[name], name.language != language))[:most]
