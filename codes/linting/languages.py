"""Both languages everywhere, and each of them what it says it is."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from codes.linting.finding import Finding, finding, quoted
from codes.linting.shelf import Shelf, prose

#: Words from which on the language of a text can be told.
FEWEST_WORDS = 8
#: A word that tells something of the language; a number, a code or a letter does not.
WORD = re.compile(r"\b[^\W\d_]{2,}\b(?:’[^\W\d_]*)?")
NAMES = {"it": "Italian", "en": "English"}


def empty(shelf: Shelf) -> Iterator[Finding]:
    """A text that exists in one language exists in the other; a title exists."""
    for said in shelf.said:
        for (name, text), (_name, other) in (said.languages, said.languages[::-1]):
            if not text and (other or said.name == "title"):
                yield finding("empty", said.entry, name, "nothing", f"a text, as {quoted(other)} has one")


def equal(shelf: Shelf) -> Iterator[Finding]:
    """No text is the same in both languages: one of them was forgotten. A term may be, where Italian took it over."""
    for said in shelf.said:
        if said.it and said.it == said.en and said.entry.kind.name != "term":
            yield finding("equal", said.entry, f"{said.name}_it", quoted(said.it), "another text than in English")


def language(shelf: Shelf) -> Iterator[Finding]:
    """The Italian is Italian, and the English English, as far as a text is long enough to tell."""
    identifier = _identifier()
    for said in shelf.said:
        for name, text in said.languages:
            words = WORD.findall(prose(text))
            if len(words) < FEWEST_WORDS:
                continue
            told = identifier.classify(" ".join(words))[0]
            if told != name[-2:]:
                yield finding("language", said.entry, name, f"{NAMES[told]}: {quoted(text)}", NAMES[name[-2:]])


@cache
def _identifier() -> Any:
    """Return what tells the two languages apart; raises ModuleNotFoundError without the development dependencies."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(NAMES))
    return identifier


RULES = (empty, equal, language)
