"""A text stands in one place: two entries with the same words say too little in one of them."""

import re
from collections import defaultdict
from collections.abc import Iterator

from codes.linting.finding import Finding, finding, quoted
from codes.linting.shelf import WORDS, Said, Shelf, sentences

#: Words from which on a sentence of a reason is its own; below it is a turn of phrase.
FEWEST_WORDS = 6
#: Characters from which on a whole text of any entry is its own.
FEWEST_CHARACTERS = 60

Place = tuple[Said, str]


def in_reasons(shelf: Shelf) -> Iterator[Finding]:
    """No sentence stands in two reasons."""
    places: dict[str, list[Place]] = defaultdict(list)
    for said in shelf.said:
        if said.entry.kind.name == "reason" and said.name not in WORDS:
            for name, text in said.languages:
                for sentence in sentences(text):
                    words = re.findall(r"\w+", sentence.lower())
                    if len(words) >= FEWEST_WORDS:
                        places[" ".join(words)].append((said, name))
    yield from _twice("repeat", places, "a sentence of its own")


def anywhere(shelf: Shelf) -> Iterator[Finding]:
    """No whole text stands in two entries."""
    places: dict[str, list[Place]] = defaultdict(list)
    for said in shelf.said:
        for name, text in said.languages:
            if len(text) > FEWEST_CHARACTERS and said.name not in WORDS:
                places[text].append((said, name))
    yield from _twice("repeat", places, "a text of its own")


def _twice(rule: str, places: dict[str, list[Place]], expected: str) -> Iterator[Finding]:
    for text, (first, *others) in places.items():
        for said, name in others:
            if said.entry is first[0].entry:
                continue
            found = f"{quoted(text)}, as in {first[0].entry.name}, {first[1]}"
            yield finding(rule, said.entry, name, found, expected)


RULES = (in_reasons, anywhere)
