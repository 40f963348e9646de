"""Markdown renders, what is not Markdown holds none, and links lead somewhere."""

import re
from collections.abc import Iterator

from django.urls import Resolver404, resolve

from codes.linting.finding import Finding, finding, quoted
from codes.linting.shelf import Shelf

#: Marks that would be shown as they stand: only `code` is known outside Markdown.
MARKS = re.compile(r"\*\*|__|\]\(|^#{1,6} |^[-*] |^\d+\. |<[a-z/][^>]*>", re.MULTILINE)
LINK = re.compile(r"\]\((?P<address>[^()\s]+)\)")
#: The kind of entry that an address of the app names, by the first word of its path.
KIND_OF_PAGE = {"reasons": "reason", "providers": "provider", "messages": "signature", "collections": "collection"}


def plain(shelf: Shelf) -> Iterator[Finding]:
    """A text that is not Markdown holds no marks but `code`, which is closed again."""
    for said in shelf.said:
        for name, text in said.languages:
            if text.count("`") % 2:
                yield finding("markup", said.entry, name, "an odd number of `", "each `code` closed")
            bare = re.sub(r"`[^`]*`", "", text)
            if found := MARKS.search(bare):
                yield finding("markup", said.entry, name, quoted(found[0]), "plain words: this field is not Markdown")


def links(shelf: Shelf) -> Iterator[Finding]:
    """A link leads to a page of the app that exists, in its own language, or to the web over https."""
    known = {(entry.kind.name, entry.key[0]) for entry in shelf.entries}
    for said in shelf.said:
        for name, text in said.languages:
            for found in LINK.finditer(text):
                if fault := _fault(found["address"], name[-2:], known):
                    yield finding("link", said.entry, name, quoted(found["address"]), fault)


def _fault(address: str, language: str, known: set[tuple[str, str]]) -> str:
    """Return what a link should be; empty where it is that."""
    if not address.startswith("/"):
        return "" if address.startswith("https://") else f"https:// or an address of the app, /{language}/…"
    if not address.startswith(f"/{language}/"):
        return f"a page in the same language, /{language}/…"
    path = address.partition("#")[0].partition("?")[0]
    try:
        resolve(path)
    except Resolver404:
        return "an address that the app knows"
    _empty, _language, page, *rest = path.split("/")
    if rest and rest[0] and page in KIND_OF_PAGE and (KIND_OF_PAGE[page], rest[0]) not in known:
        return f"a {KIND_OF_PAGE[page]} that exists"
    return ""


RULES = (plain, links)
