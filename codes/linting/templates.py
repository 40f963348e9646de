"""Texts that an explanation fills in: replies, notes, steps."""

import re
from collections.abc import Iterator

from codes.explain.phrases import phrases_in
from codes.linting.finding import Finding, finding, quoted
from codes.linting.shelf import Said, Shelf

BRACES = re.compile(r"\{[^{}]*\}?")
#: The fields that are filled in, by kind, and what each must hold: without it the text would not say what it is about.
TEMPLATES: dict[tuple[str, str], tuple[str, ...]] = {
    ("reason", "headline_named"): (),
    ("reason", "steps"): (),
    ("reason", "admin_steps"): (),
    ("reason", "reply"): ("sent",),
    ("reason", "reply_delayed"): ("sent",),
    ("reason", "note_to_postmaster"): ("recipient", "date", "host", "reply", "reporting_host", "queue_id"),
    ("signature", "headline"): (),
    ("signature", "steps"): (),
    ("signature", "reply"): ("sent",),
}
#: Of a note, what may be missing: a domain that has no server, a server that never answered.
SELDOM = {"host", "reply"}


def existing(shelf: Shelf) -> Iterator[Finding]:
    """Every placeholder exists, stands where it is filled in, and in both languages."""
    known_names = {"sent", *phrases_in("en").left_open}
    for said in shelf.said:
        names = {name: set(BRACES.findall(text)) for name, text in said.languages}
        allowed = (said.entry.kind.name, said.name) in TEMPLATES
        for name, found in names.items():
            known = {f"{{{placeholder}}}" for placeholder in known_names} if allowed else set()
            for odd in sorted(found - known):
                expected = ", ".join(sorted(known_names)) if allowed else "no placeholder: this field is not filled in"
                yield finding("placeholder", said.entry, name, odd, expected)
        (italian, ours), (english, theirs) = names.items()
        if ours != theirs:
            expected = f"those of {english}: {', '.join(sorted(theirs)) or 'none'}"
            yield finding("placeholder", said.entry, italian, ", ".join(sorted(ours)) or "none", expected)


def needed(shelf: Shelf) -> Iterator[Finding]:
    """A reply begins with what was sent, and a note to a postmaster holds all that is needed to find the case."""
    for said in shelf.said:
        wanted = TEMPLATES.get((said.entry.kind.name, said.name), ())
        for name, text in said.languages:
            if not text or not wanted:
                continue
            if wanted == ("sent",) and not text.startswith("{sent}"):
                yield finding("placeholder", said.entry, name, quoted(text, 30), "{sent} at the beginning")
            yield from _missing(said, name, text, wanted)


def _missing(said: Said, name: str, text: str, wanted: tuple[str, ...]) -> Iterator[Finding]:
    for placeholder in wanted:
        if f"{{{placeholder}}}" not in text and placeholder not in SELDOM:
            yield finding("placeholder", said.entry, name, quoted(text, 30), f"{{{placeholder}}} in it")


RULES = (existing, needed)
