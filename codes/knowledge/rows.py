"""Reads the models' rows as the snapshot's values, one kind of entry after the other, and only the kinds that changed.

Rows are read as named tuples of columns: making a model's instance of each takes three times as long.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from codes import models
from codes.knowledge.entries import (
    CodeClass,
    CodeSubject,
    Collection,
    EnhancedCode,
    Guide,
    House,
    Knowledge,
    LocalNote,
    Provider,
    Reason,
    ReplyCode,
    Signature,
    Source,
    Term,
    Text,
)
from codes.knowledge.provider_codes import provider_reasons
from codes.knowledge.revision import EVERYTHING

Part = TypeVar("Part")

EXPLAINED = ("title", "meaning", "advice")
REASON_TEXTS = (
    "title",
    "headline",
    "headline_named",
    "meaning",
    "certainty",
    "steps",
    "admin_steps",
    "recipient_steps",
    "retry",
    "reply",
    "reply_delayed",
    "note_to_postmaster",
)
#: What is built over some parts of the knowledge base on first use, and serves on while none of them changes.
BUILT_OVER = {
    "matcher": ("signatures",),
    "all_examples": ("signatures",),
    "example_words": ("signatures",),
    "provider_finder": ("providers",),
    "mail_domains": ("providers",),
    "glossaries": ("terms",),
}


def rows(model: type[Model], **which: Any) -> Iterator[Any]:
    """Yield the rows of a model in its own order, each with the columns that are its own."""
    bare = {field.translated_field.name for field in model._meta.fields if hasattr(field, "translated_field")}
    columns = [field.attname for field in model._meta.concrete_fields if field.name not in bare]
    ordering = model._meta.ordering or ("pk",)
    return iter(QuerySet(model).filter(**which).order_by(*ordering).values_list(*columns, named=True))


def _text(row: Any, name: str) -> Text:
    return Text(getattr(row, f"{name}_it") or "", getattr(row, f"{name}_en") or "")


def _texts(row: Any, *names: str) -> dict[str, Text]:
    return {name: _text(row, name) for name in names}


def _day(row: Any) -> str:
    return row.checked.isoformat() if row.checked else ""


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
        self._references = self._part("references", self._read_references, "reference")
        cited = self._has_changed("references")
        # What other entries name: only whether and how readers may see it is theirs to know.
        reasons = self._part("reasons", self._read_reasons, "reason", also=cited)
        providers = self._part("providers", self._read_providers, "provider", also=cited)
        self._reason_slugs = {entry.pk: slug for slug, entry in reasons.items()}
        self._provider_slugs = {entry.pk: slug for slug, entry in providers.items()}
        moved = cited or self._is_whole or list(self._before.reasons) != list(reasons)  # type: ignore[union-attr]
        renamed = moved or list(self._before.providers) != list(providers)  # type: ignore[union-attr]
        reply_codes = self._part("reply_codes", self._read_reply_codes, "replycode", "stagemeaning", also=moved)
        signatures = self._part("signatures", self._read_signatures, "signature", also=renamed)
        knowledge = Knowledge(
            revision=self._numbers.get("", 0),
            numbers=self._numbers,
            references=self._references,
            house=self._part("house", _read_house, "house"),
            classes=self._part("classes", lambda: _read_digits(models.CodeClass, CodeClass), "codeclass"),
            subjects=self._part("subjects", lambda: _read_digits(models.CodeSubject, CodeSubject), "codesubject"),
            reply_codes=reply_codes,
            enhanced_codes=self._part("enhanced_codes", self._read_enhanced_codes, "enhancedcode", also=moved),
            reasons=reasons,
            providers=providers,
            signatures=signatures,
            provider_reasons=provider_reasons(signatures.values()),
            collections=self._part("collections", self._read_collections, "collection", "replycode", also=cited),
            local_notes=self._part("local_notes", _read_local_notes, "localnote"),
            synonyms=self._part("synonyms", _read_synonyms, "synonym"),
            former_slugs=self._part("former_slugs", _read_former_slugs, "formerslug"),
            guides=self._part("guides", self._read_guides, "guide", also=moved),
            terms=self._part("terms", self._read_terms, "term", also=cited),
        )
        self._hand_on(knowledge)
        return knowledge

    def _part(self, name: str, read: Callable[[], Part], *kinds: str, also: bool = False) -> Part:
        """Read a part where one of these kinds changed, or `also` says that what it names did."""
        if not also and not any(map(self._is_new, kinds)):
            kept: Part = getattr(self._before, name)
            return kept
        return read()

    def _is_new(self, kind: str) -> bool:
        return self._is_whole or self._numbers.get(kind, 0) != self._before.numbers.get(kind, 0)  # type: ignore[union-attr]

    def _has_changed(self, name: str) -> bool:
        return self._is_whole or getattr(self._before, name) != getattr(self, f"_{name}")

    def _hand_on(self, knowledge: Knowledge) -> None:
        """Give on what was built over parts that are the same."""
        for built, parts in BUILT_OVER.items():
            kept = vars(self._before).get(built) if self._before else None
            if kept is not None and all(getattr(self._before, part) is getattr(knowledge, part) for part in parts):
                vars(knowledge)[built] = kept

    def _sources(self, row: Any) -> tuple[Source, ...]:
        cited = []
        for line in row.sources:
            slug, _blank, sections = line.partition(" ")
            if reference := self._references.get(slug):
                title, url, checked = reference
                cited.append(Source(slug, title, url, sections, checked))
        return tuple(cited)

    def _read_references(self) -> dict[str, tuple[str, str, str]]:
        return {row.slug: (row.title, row.url, _day(row)) for row in rows(models.Reference)}

    def _read_reasons(self) -> dict[str, Reason]:
        return {
            row.slug: Reason(
                slug=row.slug,
                group=row.group,
                usual_outcome=row.usual_outcome,
                acts_while_retried=row.acts_while_retried,
                acts_when_final=row.acts_when_final,
                may_help=tuple(row.may_help),
                synonyms_it=tuple(row.synonyms_it or ()),
                synonyms_en=tuple(row.synonyms_en or ()),
                sisimai=row.sisimai,
                kumomta=row.kumomta,
                sources=self._sources(row),
                pk=row.id,
                **_texts(row, *REASON_TEXTS),
            )
            for row in rows(models.Reason, published=True)
        }

    def _read_providers(self) -> dict[str, Provider]:
        return {
            row.slug: Provider(
                slug=row.slug,
                kind=row.kind,
                hosts=tuple(host.lower() for host in row.hosts),
                domains=tuple(domain.lower() for domain in row.domains),
                words=tuple(word.lower() for word in row.words),
                postmaster_url=row.postmaster_url,
                sources=self._sources(row),
                pk=row.id,
                title=Text(row.title, row.title),
                codes_url=row.codes_url,
                unblock_url=row.unblock_url,
                **_texts(row, "description", "advice"),
            )
            for row in rows(models.Provider, published=True)
        }

    def _read_reply_codes(self) -> dict[str, ReplyCode]:
        meanings: dict[int, dict[str, Text]] = defaultdict(dict)
        reasons: dict[int, dict[str, str]] = defaultdict(dict)
        for row in rows(models.StageMeaning):
            if meaning := _text(row, "meaning"):
                meanings[row.reply_code_id][row.stage] = meaning
            if reason := self._reason_slugs.get(row.reason_id):
                reasons[row.reply_code_id][row.stage] = reason
        return {
            row.code: ReplyCode(
                code=row.code,
                official_title=row.official_title,
                stages=tuple(row.stages),
                standing=row.standing,
                wordings=tuple(row.wordings),
                stage_meanings=meanings[row.id],
                stage_reasons=reasons[row.id],
                sources=self._sources(row),
                pk=row.id,
                **_texts(row, *EXPLAINED, "causes", "retry"),
            )
            for row in rows(models.ReplyCode, published=True)
        }

    def _read_enhanced_codes(self) -> dict[str, EnhancedCode]:
        found = {
            row.code: EnhancedCode(
                code=row.code,
                classes=tuple(row.classes),
                official_title=row.official_title,
                often=row.often,
                reason=self._reason_slugs.get(row.reason_id),
                temporary_reason=self._reason_slugs.get(row.temporary_reason_id),
                reply_codes=tuple(row.reply_codes),
                sources=self._sources(row),
                pk=row.id,
                **_texts(row, *EXPLAINED, "difference", "other_uses"),
            )
            for row in rows(models.EnhancedCode, published=True)
        }
        return dict(sorted(found.items(), key=lambda item: [int(number) for number in item[0].split(".")[1:]]))

    def _read_signatures(self) -> dict[str, Signature]:
        return {
            row.slug: Signature(
                slug=row.slug,
                provider=self._provider_slugs.get(row.provider_id),
                system=row.system,
                reason=self._reason_slugs[row.reason_id],
                patterns=tuple(row.patterns),
                examples=tuple(row.examples),
                codes=tuple(row.codes),
                who_acts=row.who_acts,
                weight=row.weight,
                differs=row.differs,
                evidence=row.evidence,
                checked=_day(row),
                sources=self._sources(row),
                pk=row.id,
                **_texts(row, "title", "text", "headline", "steps", "reply"),
            )
            for row in rows(models.Signature, published=True)
            if row.reason_id in self._reason_slugs
        }

    def _read_collections(self) -> dict[str, Collection]:
        codes = _linked(models.Collection.codes.through, "collection_id", "replycode__code", replycode__published=True)
        return {
            row.slug: Collection(
                slug=row.slug,
                codes=tuple(sorted(codes[row.id])),
                sources=self._sources(row),
                pk=row.id,
                **_texts(row, "title", "text"),
            )
            for row in rows(models.Collection, published=True)
        }

    def _read_guides(self) -> dict[str, Guide]:
        reasons = _linked(models.Guide.reasons.through, "guide_id", "reason_id")
        return {
            row.slug: Guide(
                slug=row.slug,
                picture=row.picture,
                reasons=tuple(slug for pk, slug in self._reason_slugs.items() if pk in reasons[row.id]),
                sources=self._sources(row),
                pk=row.id,
                **_texts(row, "title", "summary", "body"),
            )
            for row in rows(models.Guide, published=True)
        }

    def _read_terms(self) -> dict[str, Term]:
        return {
            row.slug: Term(
                slug=row.slug,
                names_it=tuple(row.names_it or ()),
                names_en=tuple(row.names_en or ()),
                see=row.see,
                sources=self._sources(row),
                pk=row.id,
                **_texts(row, "title", "definition"),
            )
            for row in rows(models.Term)
        }


def _linked(through: type[Model], owner: str, linked: str, **which: Any) -> dict[int, list[Any]]:
    """Return what each entry is linked with."""
    found: dict[int, list[Any]] = defaultdict(list)
    for pk, value in QuerySet(through).filter(**which).values_list(owner, linked):
        found[pk].append(value)
    return found


def _read_digits(model: type[Model], entry: Callable[..., Part]) -> dict[str, Part]:
    return {row.digit: entry(digit=row.digit, pk=row.id, **_texts(row, *EXPLAINED)) for row in rows(model)}


def _read_local_notes() -> dict[tuple[str, str], LocalNote]:
    return {
        (row.kind, row.key): LocalNote(kind=row.kind, key=row.key, text=_text(row, "text"), pk=row.id)
        for row in rows(models.LocalNote)
    }


def _read_synonyms() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row.words) for row in rows(models.Synonym))


def _read_former_slugs() -> dict[tuple[str, str], str]:
    return {(row.kind, row.slug): row.now for row in rows(models.FormerSlug)}


def _read_house() -> House:
    row = models.House.current()
    return House(
        name=row.name,
        helpdesk_contact=row.helpdesk_contact,
        own_domains=_names(row.own_domains),
        own_hosts=_names(row.own_hosts),
        own_gateways=_names(row.own_gateways),
        queue_hours=row.queue_hours,
    )


def _names(lines: list[str]) -> tuple[str, ...]:
    return tuple(re.sub(r"^[@*.]+", "", line.strip().lower()).rstrip(".") for line in lines)
