"""Schema, order, slugs: a file holds what the models allow, written in the one way that `export_knowledge` writes."""

import re
from collections.abc import Iterator

from codes.linting.finding import Finding, finding, quoted
from codes.linting.shelf import Shelf
from codes.shipping.checking import check_fields, check_links
from codes.shipping.kinds import KINDS
from codes.shipping.reading import InvalidFixture
from codes.shipping.writing import file_text

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: Characters of a slug, which stands in addresses that people type.
LONGEST_SLUG = 60


def schema(shelf: Shelf) -> Iterator[Finding]:
    """Every field is valid, and whatever an entry names exists."""
    known = {(entry.kind.name, entry.key) for entry in shelf.entries}
    for entry in shelf.entries:
        try:
            check_links([entry], known)
            check_fields(entry)
        except InvalidFixture as fault:
            yield finding("schema", entry, "", str(fault).partition(": ")[2], "what the model allows")


def order(shelf: Shelf) -> Iterator[Finding]:
    """A file is written, line by line, as `export_knowledge` would write it."""
    for kind in KINDS:
        file = shelf.folder / kind.file_name
        rows = [entry.plain for entry in shelf.of_kind(kind.name)]
        strays = sorted({entry.file.name for entry in shelf.of_kind(kind.name)} - {file.name})
        if strays:
            yield Finding("order", kind.label, f"entries in {', '.join(strays)}", f"all of them in {file.name}")
        elif rows:
            shipped = file.read_text().splitlines()
            written = file_text(kind, sorted(rows, key=kind.place)).splitlines()
            if shipped != written:
                number, found, expected = _first_difference(shipped, written)
                yield Finding("order", kind.label, quoted(found), quoted(expected), file.name, number)


def _first_difference(shipped: list[str], written: list[str]) -> tuple[int, str, str]:
    """Return the first line that differs, by number, and what it is in each."""
    for number, (found, expected) in enumerate(zip(shipped, written, strict=False), start=1):
        if found != expected:
            return number, found, expected
    shortest = min(len(shipped), len(written))
    return shortest + 1, "".join(shipped[shortest : shortest + 1]), "".join(written[shortest : shortest + 1])


def slugs(shelf: Shelf) -> Iterator[Finding]:
    """A slug is lower-case words joined by hyphens."""
    for entry in shelf.entries:
        slug = entry.plain.get("slug", "")
        if slug and (not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG):
            yield finding(
                "slug", entry, "slug", quoted(slug), f"lower-case words with hyphens, {LONGEST_SLUG} characters at most"
            )


RULES = (schema, order, slugs)
