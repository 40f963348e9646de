"""Builds the snapshot from the models, and keeps the newest one in memory."""

import ctypes
import gc
import logging
import re
import sys
import threading
import time
from collections import defaultdict
from typing import Any

from django.db import DatabaseError, connection

from codes import models
from codes.knowledge import revision
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

logger = logging.getLogger(__name__)

#: Seconds for which a process trusts its snapshot before it looks at the revision again.
LOOK_EVERY = 0.5


def build() -> Knowledge:
    """Read the whole knowledge base; the revision is read first, so that a change in between is seen next time."""
    number = revision.current()
    references = {row.slug: row for row in models.Reference.objects.all()}

    def text(row: Any, name: str) -> Text:
        return Text(getattr(row, f"{name}_it") or "", getattr(row, f"{name}_en") or "")

    def texts(row: Any, *names: str) -> dict[str, Text]:
        return {name: text(row, name) for name in names}

    def sources(row: Any) -> tuple[Source, ...]:
        cited = []
        for line in row.sources:
            slug, _blank, sections = line.partition(" ")
            if reference := references.get(slug):
                checked = reference.checked.isoformat() if reference.checked else ""
                cited.append(Source(slug, reference.title, reference.url, sections, checked))
        return tuple(cited)

    explained = ("title", "meaning", "advice")
    stage_meanings: dict[int, dict[str, Text]] = defaultdict(dict)
    stage_reasons: dict[int, dict[str, str]] = defaultdict(dict)
    for row in models.StageMeaning.objects.select_related("reason"):
        if meaning := text(row, "meaning"):
            stage_meanings[row.reply_code_id][row.stage] = meaning
        if reason := _slug(row.reason):
            stage_reasons[row.reply_code_id][row.stage] = reason

    signatures = {
        row.slug: Signature(
            slug=row.slug,
            provider=_slug(row.provider),
            system=row.system,
            reason=row.reason.slug,
            patterns=tuple(row.patterns),
            examples=tuple(row.examples),
            codes=tuple(row.codes),
            who_acts=row.who_acts,
            weight=row.weight,
            differs=row.differs,
            evidence=row.evidence,
            checked=row.checked.isoformat() if row.checked else "",
            sources=sources(row),
            pk=row.pk,
            **texts(row, "title", "text", "headline", "steps", "reply"),
        )
        for row in models.Signature.objects.filter(published=True, reason__published=True).select_related(
            "provider", "reason"
        )
    }

    return Knowledge(
        revision=number,
        house=_house(),
        classes={
            row.digit: CodeClass(digit=row.digit, pk=row.pk, **texts(row, *explained))
            for row in models.CodeClass.objects.all()
        },
        subjects={
            row.digit: CodeSubject(digit=row.digit, pk=row.pk, **texts(row, *explained))
            for row in models.CodeSubject.objects.all()
        },
        reply_codes={
            row.code: ReplyCode(
                code=row.code,
                official_title=row.official_title,
                stages=tuple(row.stages),
                standing=row.standing,
                wordings=tuple(row.wordings),
                stage_meanings=stage_meanings[row.pk],
                stage_reasons=stage_reasons[row.pk],
                sources=sources(row),
                pk=row.pk,
                **texts(row, *explained, "causes", "retry"),
            )
            for row in models.ReplyCode.objects.filter(published=True)
        },
        enhanced_codes=dict(
            sorted(
                (
                    (
                        row.code,
                        EnhancedCode(
                            code=row.code,
                            classes=tuple(row.classes),
                            official_title=row.official_title,
                            often=row.often,
                            reason=_slug(row.reason),
                            temporary_reason=_slug(row.temporary_reason),
                            reply_codes=tuple(row.reply_codes),
                            sources=sources(row),
                            pk=row.pk,
                            **texts(row, *explained, "difference", "other_uses"),
                        ),
                    )
                    for row in models.EnhancedCode.objects.filter(published=True).select_related(
                        "reason", "temporary_reason"
                    )
                ),
                key=lambda item: [int(number) for number in item[0].split(".")[1:]],
            )
        ),
        reasons={
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
                sources=sources(row),
                pk=row.pk,
                **texts(
                    row,
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
                ),
            )
            for row in models.Reason.objects.filter(published=True)
        },
        providers={
            row.slug: Provider(
                slug=row.slug,
                kind=row.kind,
                hosts=tuple(host.lower() for host in row.hosts),
                domains=tuple(domain.lower() for domain in row.domains),
                words=tuple(word.lower() for word in row.words),
                postmaster_url=row.postmaster_url,
                sources=sources(row),
                pk=row.pk,
                title=Text(row.title, row.title),
                codes_url=row.codes_url,
                unblock_url=row.unblock_url,
                **texts(row, "description", "advice"),
            )
            for row in models.Provider.objects.filter(published=True)
        },
        signatures=signatures,
        provider_reasons=provider_reasons(signatures.values()),
        collections={
            row.slug: Collection(
                slug=row.slug,
                codes=tuple(sorted(code.code for code in row.codes.all() if code.published)),
                sources=sources(row),
                pk=row.pk,
                **texts(row, "title", "text"),
            )
            for row in models.Collection.objects.filter(published=True).prefetch_related("codes")
        },
        local_notes={
            (row.kind, row.key): LocalNote(kind=row.kind, key=row.key, text=text(row, "text"), pk=row.pk)
            for row in models.LocalNote.objects.all()
        },
        synonyms=tuple(tuple(row.words) for row in models.Synonym.objects.all()),
        former_slugs={(row.kind, row.slug): row.now for row in models.FormerSlug.objects.all()},
        guides={
            row.slug: Guide(
                slug=row.slug,
                picture=row.picture,
                reasons=tuple(reason.slug for reason in row.reasons.all() if reason.published),
                sources=sources(row),
                pk=row.pk,
                **texts(row, "title", "summary", "body"),
            )
            for row in models.Guide.objects.filter(published=True).prefetch_related("reasons")
        },
        terms={
            row.slug: Term(
                slug=row.slug,
                names_it=tuple(row.names_it or ()),
                names_en=tuple(row.names_en or ()),
                see=row.see,
                sources=sources(row),
                pk=row.pk,
                **texts(row, "title", "definition"),
            )
            for row in models.Term.objects.all()
        },
    )


def _slug(row: models.Reason | models.Provider | None) -> str | None:
    """Return the slug of what readers may see."""
    return row.slug if row and row.published else None


def _house() -> House:
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


def _give_back() -> None:
    """Return to the system what the snapshot before and its search index held (glibc): it would be kept in pieces."""
    gc.collect()
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)


class Keeper:
    """Keeps one snapshot per process and swaps it whole when the revision has changed.

    Where the database is gone the last snapshot serves on, and no reader waits for the database: a thread of its own
    looks whether it is back.
    """

    def __init__(self) -> None:
        self._knowledge: Knowledge | None = None
        self._looked = 0.0
        self._lock = threading.Lock()
        self.database_is_gone = False

    @property
    def revision(self) -> int:
        """Return the revision of the snapshot in memory, 0 where there is none."""
        return self._knowledge.revision if self._knowledge else 0

    def get(self, fresh: bool = False) -> Knowledge:
        """Return the snapshot; `fresh` looks at the revision now, for an editor who has just saved.

        Raises DatabaseError only where there is no snapshot yet.
        """
        knowledge = self._knowledge
        if knowledge is None or (fresh and not self.database_is_gone):
            with self._lock:
                return self._look()
        if time.monotonic() - self._looked < LOOK_EVERY or not self._lock.acquire(blocking=False):
            return knowledge  # somebody else is looking; do not wait for a rebuild
        if self.database_is_gone:
            self._looked = time.monotonic()
            threading.Thread(target=self._look_aside, name="looks for the database", daemon=True).start()
            return knowledge
        try:
            return self._look()
        finally:
            self._lock.release()

    def _look(self) -> Knowledge:
        """Return the snapshot of the revision in the database; the lock is held."""
        self._looked = time.monotonic()
        try:
            if self._knowledge is None or revision.current() != self._knowledge.revision:
                self._knowledge = build()
                _give_back()
        except DatabaseError as error:
            if self._knowledge is None:
                raise
            if not self.database_is_gone:
                kept = self._knowledge.revision
                logger.warning("Without the database, pages stay at revision %s: %s", kept, type(error).__name__)
            self.database_is_gone = True
        else:
            if self.database_is_gone:
                logger.warning("The database is back, at revision %s", self._knowledge.revision)
            self.database_is_gone = False
        return self._knowledge

    def _look_aside(self) -> None:
        """Look in a thread, which has a connection of its own; the lock was taken for it."""
        try:
            self._look()
        finally:
            self._lock.release()
            connection.close()

    def kept(self) -> Knowledge:
        """Return the snapshot as it is, for whom a rebuild would take too long; build one only where there is none."""
        return self._knowledge or self.get()

    def forget(self) -> None:
        """Drop the snapshot, so that the next reader builds one."""
        self._knowledge = None
        self.database_is_gone = False


keeper = Keeper()


def current(fresh: bool = False) -> Knowledge:
    """Return this process's snapshot of the knowledge base."""
    return keeper.get(fresh)


def kept() -> Knowledge:
    """Return this process's snapshot, which may be some moments old."""
    return keeper.kept()
