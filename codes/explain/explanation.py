"""The explanation: one result that the page, the command, the API and the report over many show alike.

Field names and value lists are those of the contract; other programs measure by them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Protocol

from codes.bounce.report import Attempt, Delivery, Evidence, Kind, Original, Outcome

Permanence = Literal["hard", "soft", "none"]
Actor = Literal["sender", "sender-admin", "recipient", "recipient-admin", "nobody"]
RefusedBy = Literal["our-server", "our-gateway", "their-server", "unknown"]
Basis = Literal["known-message", "enhanced-code", "reply-code", "class", "report", "none"]


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text that leaves the page, in both languages."""

    it: str = ""
    en: str = ""


# Like those of `codes.bounce.report`, what is made for every mail is not frozen, and nobody changes it.


@dataclass(slots=True)
class Wording:
    """What people read, in the language of the page."""

    headline: str = ""
    meaning: str = ""
    steps: tuple[str, ...] = ()
    admin_steps: tuple[str, ...] = ()
    reply: Bilingual = Bilingual()
    note_to_postmaster: Bilingual = Bilingual()


@dataclass(frozen=True, slots=True)
class Hint:
    """A remark beside the verdict: domain-typo, backscatter, suspicious."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one kind of evidence says about the reason: shown as the list that tells how sure we are."""

    basis: Basis
    value: str  # the signature's slug, the code, or ""
    reason: str | None
    decides: bool


class Author(Protocol):
    """Makes what people read of a delivery; one for all deliveries of an explanation."""

    def words(self, delivery: ExplainedDelivery) -> Wording:
        """Return the texts."""

    def headline(self, delivery: ExplainedDelivery) -> str:
        """Return the headline of the texts alone."""

    def evidence(self, delivery: ExplainedDelivery) -> tuple[Evidence, ...]:
        """Return the pieces of the source text that decided."""

    def similar(self, delivery: ExplainedDelivery) -> tuple[str, ...]:
        """Return the slugs of the nearest known messages, where no known message says why."""


@dataclass(slots=True)
class ExplainedDelivery:
    """One recipient: what the mail systems said, and what it means."""

    said: Delivery
    permanence: Permanence
    refused_by: RefusedBy
    provider: str | None
    reason: str
    who_acts: Actor
    may_help: tuple[str, ...]
    basis: Basis
    signature: str | None
    hints: tuple[Hint, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    #: The language of the page, in which links and texts are.
    language: str = "it"
    #: Who makes the texts and finds the evidence once somebody asks: of a long report few are ever shown.
    author: Author | None = field(default=None, repr=False, compare=False)
    _text: Wording | None = field(default=None, init=False, repr=False, compare=False)
    _evidence: tuple[Evidence, ...] | None = field(default=None, init=False, repr=False, compare=False)
    _similar: tuple[str, ...] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def text(self) -> Wording:
        """What people read."""
        if self._text is None:
            self._text = self.author.words(self) if self.author else Wording()
        return self._text

    @property
    def headline(self) -> str:
        """The one sentence of the texts that says it all; a line for each of many deliveries needs no more."""
        if self._text is None and self.author:
            return self.author.headline(self)
        return self.text.headline

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The pieces of the source text that decided, in the order in which they stand."""
        if self._evidence is None:
            self._evidence = self.author.evidence(self) if self.author else ()
        return self._evidence

    @property
    def similar(self) -> tuple[str, ...]:
        """The slugs of the nearest known messages, a suggestion where no known message says why."""
        if self._similar is None:
            self._similar = self.author.similar(self) if self.author else ()
        return self._similar

    @property
    def links(self) -> dict[str, str | None]:
        """The addresses of the pages that say more; they are fixed by the contract."""
        code, enhanced = self.said.reply_code, self.said.enhanced_code
        root = f"/{self.language}"
        return {
            "reply_code": f"{root}/codes/{code}/" if code else None,
            "enhanced_code": f"{root}/codes/{enhanced}/" if enhanced else None,
            "reason": f"{root}/reasons/{self.reason}/",
            "message": f"{root}/messages/{self.signature}/" if self.signature else None,
            "provider": f"{root}/providers/{self.provider}/" if self.provider else None,
        }

    def as_dict(self) -> dict[str, Any]:
        """Return the delivery in the contract's shape."""
        said = self.said
        return {
            "recipient": said.recipient,
            "original_recipient": said.original_recipient,
            "outcome": said.outcome,
            "permanence": self.permanence,
            "became_permanent": said.became_permanent,
            "reply_code": said.reply_code,
            "enhanced_code": said.enhanced_code,
            "reply_text": said.reply_text,
            "stage": said.stage,
            "refused_by": self.refused_by,
            "remote_host": said.remote_host,
            "remote_ip": said.remote_ip,
            "provider": self.provider,
            "reason": self.reason,
            "who_acts": self.who_acts,
            "may_help": list(self.may_help),
            "basis": self.basis,
            "signature": self.signature,
            "similar": list(self.similar),
            "at": said.at,
            "attempts": [asdict(attempt) for attempt in said.attempts],
            "retry_until": said.retry_until,
            "queue_id": said.queue_id,
            "evidence": [asdict(piece) for piece in self.evidence],
            "hints": [asdict(hint) for hint in self.hints],
            "text": asdict(self.text),
            "links": self.links,
        }


@dataclass(slots=True)
class Explanation:
    """What one input means."""

    kind: Kind
    is_bounce: bool
    system: str | None
    reporting_host: str | None
    language: str | None
    original: Original
    deliveries: tuple[ExplainedDelivery, ...]
    warnings: tuple[str, ...]
    source_text: str
    #: Of the notice itself, as its header writes it.
    date: str | None = None

    def as_dict(self, input_name: str, with_source: bool = False) -> dict[str, Any]:
        """Return the explanation in the contract's shape; `source_text` only on request."""
        result: dict[str, Any] = {
            "input": input_name,
            "kind": self.kind,
            "is_bounce": self.is_bounce,
            "system": self.system,
            "reporting_host": self.reporting_host,
            "language": self.language,
            "original": {
                "from": self.original.sender,
                "date": self.original.date,
                "subject": self.original.subject,
                "message_id": self.original.message_id,
            },
            "deliveries": [delivery.as_dict() for delivery in self.deliveries],
            "warnings": list(self.warnings),
        }
        if with_source:
            result["source_text"] = self.source_text
        return result


__all__ = [
    "Actor",
    "Attempt",
    "Basis",
    "Bilingual",
    "Evidence",
    "ExplainedDelivery",
    "Explanation",
    "Hint",
    "Kind",
    "Opinion",
    "Outcome",
    "Permanence",
    "RefusedBy",
    "Wording",
]
