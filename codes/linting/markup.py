"""Markdown renders, what is not Markdown holds none, and links lead somewhere."""

import re
from collections.abc import Iterator

from django.urls import Resolver404, resolve
from django.utils import translation

from codes.knowledge.entries import Said
from codes.knowledge.glossary import Glossary
from codes.linting.finding import Finding, finding, quoted
from codes.linting.shelf import Shelf
from codes.views.markdown import render

#: Marks that would be shown as they stand: only `code` is known outside Markdown.
MARKS = re.compile(r"\*\*|__|\]\(|^#{1,6} |^[-*] |^\d+\. |<[a-z/][^>]*>", re.MULTILINE)
#: Marks that a text has left once it is HTML, where one of them was not closed or not known.
LEFT_OVER = re.compile(r"\*\*|__|`|\]\(|&lt;/?[a-z]|^#+ ", re.MULTILINE)
LINK = re.compile(r"\]\((?P<address>[^()\s]+)\)")
#: The kind of entry that an address of ours names, by the first word of its path.
KIND_OF_PAGE = {
    "reasons": "reason",
    "providers": "provider",
    "messages": "signature",
    "collections": "collection",
    "guides": "guide",
}


def plain(shelf: Shelf) -> Iterator[Finding]:
    """A text that is not Markdown holds no marks but `code`, which is closed again."""
    for said in shelf.said:
        for name, text in () if said.is_markdown else said.languages:
            if text.count("`") % 2:
                yield finding("markup", said.entry, name, "an odd number of `", "each `code` closed")
            bare = re.sub(r"`[^`]*`", "", text)
            if found := MARKS.search(bare):
                yield finding("markup", said.entry, name, quoted(found[0]), "plain words: this field is not Markdown")


def rendered(shelf: Shelf) -> Iterator[Finding]:
    """Markdown becomes HTML without a mark left over."""
    for said in shelf.said:
        for name, text in said.languages if said.is_markdown else ():
            language = name[-2:]
            html = render(Said(text, language), Glossary([], language), language).html
            bare = re.sub(r"<pre>.*?</pre>|<code[^>]*>.*?</code>|<[^>]+>", "", html, flags=re.DOTALL)
            if found := LEFT_OVER.search(bare):
                yield finding("markup", said.entry, name, quoted(_around(bare, found)), "Markdown that renders")


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 15) : found.end() + 15]


def links(shelf: Shelf) -> Iterator[Finding]:
    """A link leads to a page of ours that exists, named without its language, or to the web over https."""
    known = {(entry.kind.name, entry.key[0]) for entry in shelf.entries}
    for said in shelf.said:
        for name, text in said.languages:
            for found in LINK.finditer(text):
                if fault := _fault(found["address"], known):
                    yield finding("link", said.entry, name, quoted(found["address"]), fault)
    for entry in shelf.of_kind("term"):
        if (address := entry.plain["see"]) and (fault := _fault(address, known)):
            yield finding("link", entry, "see", quoted(address), fault)


def _fault(address: str, known: set[tuple[str, str]]) -> str:
    """Return what a link should be; empty where it is that."""
    if address.startswith(("https://", "#")):
        return ""
    if not address.startswith("/"):
        return "https://… or a page of ours, /reasons/greylisted/"
    path, _mark, fragment = address.partition("#")
    path = path.partition("?")[0]
    try:
        with translation.override("it"):  # addresses are resolved in the language that is active
            resolve(f"/it{path}")
    except Resolver404:
        return "a page of ours, without its language"
    _empty, page, *rest = path.split("/")
    if page in KIND_OF_PAGE and rest and rest[0] and (KIND_OF_PAGE[page], rest[0]) not in known:
        return f"a {KIND_OF_PAGE[page]} that exists"
    if page == "glossary" and fragment and ("term", fragment) not in known:
        return "a term that exists"
    return ""


RULES = (plain, rendered, links)
