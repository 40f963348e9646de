"""Reads the knowledge base from the database: only the kinds of entry that changed since the reading before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from codes import models
from codes.knowledge.entries import CodeClass, CodeSubject, Knowledge
from codes.knowledge.provider_codes import provider_reasons
from codes.knowledge.revision import EVERYTHING
from codes.knowledge.rows import (
    Rows,
    digit,
    read_digits,
    read_former_slugs,
    read_house,
    read_local_notes,
    read_references,
    read_synonyms,
)

Part = TypeVar("Part")

#: What is built over some parts of the knowledge base on first use, and serves on while none of them changes.
BUILT_OVER = {
    "matcher": ("signatures",),
    "all_examples": ("signatures",),
    "example_words": ("signatures",),
    "provider_finder": ("providers",),
    "mail_domains": ("providers",),
    "glossaries": ("terms",),
}


class Reading:
    """One reading of the knowledge base; what has not changed since the one before is taken from there."""

    def __init__(self, before: Knowledge | None, numbers: dict[str, int]) -> None:
        self._before = before
        self._numbers = numbers
        known = before.numbers if before else {}
        went_back = any(numbers.get(kind, 0) < number for kind, number in known.items())  # another database
        self._is_whole = before is None or went_back or numbers.get(EVERYTHING, 0) != known.get(EVERYTHING, 0)

    def knowledge(self) -> Knowledge:
        """Return the knowledge base."""
        references = self._part("references", read_references, "reference")
        cited = self._is_whole or self._before.references != references  # type: ignore[union-attr]
        read = Rows(references)
        # What other entries name: only whether and how readers may see it is theirs to know.
        reasons = self._part("reasons", read.reasons, "reason", also=cited)
        providers = self._part("providers", read.providers, "provider", also=cited)
        read.reason_slugs = {entry.pk: slug for slug, entry in reasons.items()}
        read.provider_slugs = {entry.pk: slug for slug, entry in providers.items()}
        moved = cited or self._is_whole or list(self._before.reasons) != list(reasons)  # type: ignore[union-attr]
        renamed = moved or list(self._before.providers) != list(providers)  # type: ignore[union-attr]
        reply_codes = self._part("reply_codes", read.reply_codes, "replycode", "stagemeaning", also=moved)
        signatures = self._part("signatures", read.signatures, "signature", also=renamed)
        knowledge = Knowledge(
            revision=self._numbers.get("", 0),
            numbers=self._numbers,
            references=references,
            house=self._part("house", read_house, "house"),
            classes=self._part("classes", lambda: read_digits(models.CodeClass, CodeClass), "codeclass"),
            subjects=self._part("subjects", lambda: read_digits(models.CodeSubject, CodeSubject), "codesubject"),
            reply_codes=reply_codes,
            enhanced_codes=self._part("enhanced_codes", read.enhanced_codes, "enhancedcode", also=moved),
            reasons=reasons,
            providers=providers,
            signatures=signatures,
            provider_reasons=provider_reasons(signatures.values()),
            collections=self._part("collections", read.collections, "collection", "replycode", also=cited),
            local_notes=self._part("local_notes", read_local_notes, "localnote"),
            synonyms=self._part("synonyms", read_synonyms, "synonym"),
            former_slugs=self._part("former_slugs", read_former_slugs, "formerslug"),
            guides=self._part("guides", read.guides, "guide", also=moved),
            terms=self._part("terms", read.terms, "term", also=cited),
        )
        if self._before:
            _hand_on(self._before, knowledge)
        return knowledge

    def _part(self, name: str, read: Callable[[], Part], *kinds: str, also: bool = False) -> Part:
        """Read a part where one of these kinds changed, or `also` says that what it names did."""
        if not also and not any(map(self._is_new, kinds)):
            kept: Part = getattr(self._before, name)
            return kept
        return read()

    def _is_new(self, kind: str) -> bool:
        return self._is_whole or self._numbers.get(kind, 0) != self._before.numbers.get(kind, 0)  # type: ignore[union-attr]


def _hand_on(before: Knowledge, knowledge: Knowledge) -> None:
    """Give on what was built over parts that are the same."""
    for built, parts in BUILT_OVER.items():
        kept = vars(before).get(built)
        if kept is not None and all(getattr(before, part) is getattr(knowledge, part) for part in parts):
            vars(knowledge)[built] = kept


def with_entry(knowledge: Knowledge, row: Any, linked: Iterable[Any] = ()) -> Knowledge:
    """Return the knowledge base as it would be with this row, which nobody needs to have saved.

    `linked` are the rows that hang from it: a reply code's meanings at a stage, a collection's reply codes, a guide's
    reasons. Raises LookupError where what the row rests on is not published.
    """
    made = Rows(
        knowledge.references,
        {entry.pk: slug for slug, entry in knowledge.reasons.items()},
        {entry.pk: slug for slug, entry in knowledge.providers.items()},
    )
    make: dict[str, tuple[str, Callable[[], Any]]] = {
        "reason": ("reasons", lambda: made.reason(row)),
        "codeclass": ("classes", lambda: digit(row, CodeClass)),
        "codesubject": ("subjects", lambda: digit(row, CodeSubject)),
        "replycode": ("reply_codes", lambda: made.reply_code(row, linked)),
        "enhancedcode": ("enhanced_codes", lambda: made.enhanced_code(row)),
        "provider": ("providers", lambda: made.provider(row)),
        "signature": ("signatures", lambda: made.signature(row)),
        "collection": ("collections", lambda: made.collection(row, [code.code for code in linked if code.published])),
        "guide": ("guides", lambda: made.guide(row, {reason.pk for reason in linked})),
        "term": ("terms", lambda: made.term(row)),
    }
    part, value = make[row._meta.model_name]
    entries = {**getattr(knowledge, part), row.natural_key()[0]: value()}
    changed = replace(knowledge, **{part: entries})
    _hand_on(knowledge, changed)
    return changed
