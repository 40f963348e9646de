"""Makes the snapshot's values of the models' rows, one kind of entry after the other.

Rows are read as named tuples of columns: making a model's instance of each takes four times as long. An instance that
nobody has saved does as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from codes import models
from codes.knowledge.entries import (
    Collection,
    EnhancedCode,
    Guide,
    House,
    LocalNote,
    Provider,
    Reason,
    ReplyCode,
    Signature,
    Source,
    Term,
    Text,
)

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


class Rows:
    """Reads entries that name others: what is cited, and the slugs of what readers may see by primary key."""

    def __init__(
        self,
        references: dict[str, tuple[str, str, str]],
        reason_slugs: dict[int | None, str] | None = None,
        provider_slugs: dict[int | None, str] | None = None,
    ) -> None:
        self.references = references
        self.reason_slugs = reason_slugs or {}
        self.provider_slugs = provider_slugs or {}

    def _sources(self, row: Any) -> tuple[Source, ...]:
        cited = []
        for line in row.sources:
            slug, _blank, sections = line.partition(" ")
            if reference := self.references.get(slug):
                title, url, checked = reference
                cited.append(Source(slug, title, url, sections, checked))
        return tuple(cited)

    def reason(self, row: Any) -> Reason:
        """Return a reason."""
        return Reason(
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
            pk=row.id or 0,
            **_texts(row, *REASON_TEXTS),
        )

    def reasons(self) -> dict[str, Reason]:
        """Return those that readers may see."""
        return {row.slug: self.reason(row) for row in rows(models.Reason, published=True)}

    def provider(self, row: Any) -> Provider:
        """Return a provider."""
        return Provider(
            slug=row.slug,
            kind=row.kind,
            hosts=tuple(host.lower() for host in row.hosts),
            domains=tuple(domain.lower() for domain in row.domains),
            words=tuple(word.lower() for word in row.words),
            postmaster_url=row.postmaster_url,
            sources=self._sources(row),
            pk=row.id or 0,
            title=Text(row.title, row.title),
            codes_url=row.codes_url,
            unblock_url=row.unblock_url,
            **_texts(row, "description", "advice"),
        )

    def providers(self) -> dict[str, Provider]:
        """Return those that readers may see."""
        return {row.slug: self.provider(row) for row in rows(models.Provider, published=True)}

    def reply_code(self, row: Any, at_stages: Iterable[Any]) -> ReplyCode:
        """Return a reply code; `at_stages` are the rows of what it says at each stage."""
        stages = list(at_stages)
        return ReplyCode(
            code=row.code,
            official_title=row.official_title,
            stages=tuple(row.stages),
            standing=row.standing,
            wordings=tuple(row.wordings),
            stage_meanings={each.stage: text for each in stages if (text := _text(each, "meaning"))},
            stage_reasons={each.stage: slug for each in stages if (slug := self.reason_slugs.get(each.reason_id))},
            sources=self._sources(row),
            pk=row.id or 0,
            **_texts(row, *EXPLAINED, "causes", "retry"),
        )

    def reply_codes(self) -> dict[str, ReplyCode]:
        """Return those that readers may see."""
        stages: dict[int, list[Any]] = defaultdict(list)
        for row in rows(models.StageMeaning):
            stages[row.reply_code_id].append(row)
        return {row.code: self.reply_code(row, stages[row.id]) for row in rows(models.ReplyCode, published=True)}

    def enhanced_code(self, row: Any) -> EnhancedCode:
        """Return an enhanced code."""
        return EnhancedCode(
            code=row.code,
            classes=tuple(row.classes),
            official_title=row.official_title,
            often=row.often,
            reason=self.reason_slugs.get(row.reason_id),
            temporary_reason=self.reason_slugs.get(row.temporary_reason_id),
            reply_codes=tuple(row.reply_codes),
            sources=self._sources(row),
            pk=row.id or 0,
            **_texts(row, *EXPLAINED, "difference", "other_uses"),
        )

    def enhanced_codes(self) -> dict[str, EnhancedCode]:
        """Return those that readers may see, by number."""
        found = {row.code: self.enhanced_code(row) for row in rows(models.EnhancedCode, published=True)}
        return dict(sorted(found.items(), key=lambda item: [int(number) for number in item[0].split(".")[1:]]))

    def signature(self, row: Any) -> Signature:
        """Return a known message; raises LookupError where its reason is not published."""
        return Signature(
            slug=row.slug,
            provider=self.provider_slugs.get(row.provider_id),
            system=row.system,
            reason=self.reason_slugs[row.reason_id],
            patterns=tuple(row.patterns),
            examples=tuple(row.examples),
            codes=tuple(row.codes),
            who_acts=row.who_acts,
            weight=row.weight,
            differs=row.differs,
            evidence=row.evidence,
            checked=_day(row),
            sources=self._sources(row),
            pk=row.id or 0,
            **_texts(row, "title", "text", "headline", "steps", "reply"),
        )

    def signatures(self) -> dict[str, Signature]:
        """Return those that readers may see, and whose reason they may see."""
        return {
            row.slug: self.signature(row)
            for row in rows(models.Signature, published=True)
            if row.reason_id in self.reason_slugs
        }

    def collection(self, row: Any, codes: Iterable[str]) -> Collection:
        """Return a collection of these codes."""
        return Collection(
            slug=row.slug,
            codes=tuple(sorted(codes)),
            sources=self._sources(row),
            pk=row.id or 0,
            **_texts(row, "title", "text"),
        )

    def collections(self) -> dict[str, Collection]:
        """Return those that readers may see, with the codes that they may see."""
        codes = _linked(models.Collection.codes.through, "collection_id", "replycode__code", replycode__published=True)
        return {row.slug: self.collection(row, codes[row.id]) for row in rows(models.Collection, published=True)}

    def guide(self, row: Any, reasons: Container[int]) -> Guide:
        """Return a guide that says more about the reasons with these primary keys."""
        return Guide(
            slug=row.slug,
            picture=row.picture,
            reasons=tuple(slug for pk, slug in self.reason_slugs.items() if pk in reasons),
            sources=self._sources(row),
            pk=row.id or 0,
            **_texts(row, "title", "summary", "body"),
        )

    def guides(self) -> dict[str, Guide]:
        """Return those that readers may see, with the reasons that they may see."""
        reasons = _linked(models.Guide.reasons.through, "guide_id", "reason_id")
        return {row.slug: self.guide(row, reasons[row.id]) for row in rows(models.Guide, published=True)}

    def term(self, row: Any) -> Term:
        """Return a term of the glossary."""
        return Term(
            slug=row.slug,
            names_it=tuple(row.names_it or ()),
            names_en=tuple(row.names_en or ()),
            see=row.see,
            sources=self._sources(row),
            pk=row.id or 0,
            **_texts(row, "title", "definition"),
        )

    def terms(self) -> dict[str, Term]:
        """Return all."""
        return {row.slug: self.term(row) for row in rows(models.Term)}


def read_references() -> dict[str, tuple[str, str, str]]:
    """Return what can be cited, by slug: title, address, the day on which it was checked."""
    return {row.slug: (row.title, row.url, _day(row)) for row in rows(models.Reference)}


def digit(row: Any, entry: Callable[..., Part]) -> Part:
    """Return what one digit says."""
    return entry(digit=row.digit, pk=row.id or 0, **_texts(row, *EXPLAINED))


def _linked(through: type[Model], owner: str, linked: str, **which: Any) -> dict[int, list[Any]]:
    """Return what each entry is linked with."""
    found: dict[int, list[Any]] = defaultdict(list)
    for pk, value in QuerySet(through).filter(**which).values_list(owner, linked):
        found[pk].append(value)
    return found


def read_digits(model: type[Model], entry: Callable[..., Part]) -> dict[str, Part]:
    """Return what the digits say."""
    return {row.digit: digit(row, entry) for row in rows(model)}


def read_local_notes() -> dict[tuple[str, str], LocalNote]:
    """Return the house's own notes."""
    return {
        (row.kind, row.key): LocalNote(kind=row.kind, key=row.key, text=_text(row, "text"), pk=row.id)
        for row in rows(models.LocalNote)
    }


def read_synonyms() -> tuple[tuple[str, ...], ...]:
    """Return the groups of words that mean the same."""
    return tuple(tuple(row.words) for row in rows(models.Synonym))


def read_former_slugs() -> dict[tuple[str, str], str]:
    """Return the slugs that entries had before."""
    return {(row.kind, row.slug): row.now for row in rows(models.FormerSlug)}


def read_house() -> House:
    """Return the facts of the house."""
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
