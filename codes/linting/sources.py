"""Every claim has its reference, and every reference says where, in one form."""

import re
from collections.abc import Iterator

from codes.linting.finding import Finding, finding, quoted
from codes.linting.shelf import Shelf

#: "rfc5321 4.2.2, 4.2.3": a slug, then sections by number.
SOURCE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?: [A-Z0-9]+(?:\.\d+)*(?:, [A-Z0-9]+(?:\.\d+)*)*)?")
SECTIONS_OF_RFC = re.compile(r"rfc\d+ .+")
#: The kinds whose claims rest on single sections; guides and terms are about a document as a whole.
BY_SECTION = ("reason", "replycode", "enhancedcode", "signature")
#: The kinds that claim something of the world. Digits of codes are explained by their codes.
CLAIMING = ("reason", "replycode", "enhancedcode", "provider", "collection")


def form(shelf: Shelf) -> Iterator[Finding]:
    """A source is a slug with sections; where a code or a reason rests on an RFC, the section is told."""
    for entry in shelf.entries:
        for source in entry.plain.get("sources", ()):
            if not SOURCE.fullmatch(source):
                yield finding("source", entry, "sources", quoted(source), "a slug, then sections: rfc5321 4.2.2, 4.2.3")
            elif entry.kind.name in BY_SECTION and source.startswith("rfc") and not SECTIONS_OF_RFC.fullmatch(source):
                yield finding("source", entry, "sources", quoted(source), "the section that says so")


def presence(shelf: Shelf) -> Iterator[Finding]:
    """Whatever claims something has a source; of a message seen in real bounces, they are the source."""
    published = (entry for entry in shelf.of_kind("signature") if entry.plain["evidence"] == "published")
    for entry in (*shelf.of_kind(*CLAIMING), *published):
        if not entry.plain["sources"]:
            yield finding("source", entry, "sources", "none", "where it is from")


def references(shelf: Shelf) -> Iterator[Finding]:
    """A reference has an address and something that cites it, and the day it was checked if a claim rests on it."""
    cited = {source.partition(" ")[0] for entry in shelf.entries for source in entry.plain.get("sources", ())}
    relied_on = {source.partition(" ")[0] for entry in shelf.of_kind(*BY_SECTION) for source in entry.plain["sources"]}
    for entry in shelf.of_kind("reference"):
        slug, url = entry.plain["slug"], entry.plain["url"]
        if not url.startswith("https://"):
            yield finding("reference", entry, "url", quoted(url), "an address that begins with https://")
        if slug in relied_on and not entry.plain["checked"]:
            yield finding("reference", entry, "checked", "no day", "the day on which somebody looked")
        if slug not in cited:
            yield finding("reference", entry, "", "nothing that cites it", "an entry with this source")


RULES = (form, presence, references)
