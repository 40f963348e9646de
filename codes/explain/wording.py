"""The words of an explanation: the knowledge base's texts, filled in with this bounce."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cached_property, lru_cache

from codes.bounce.evidence import EvidenceFinder
from codes.bounce.report import Delivery, Evidence, Original
from codes.explain.explanation import Basis, Bilingual, ExplainedDelivery, Wording
from codes.explain.phrases import Phrases, phrases_in
from codes.explain.similar import similar_messages
from codes.knowledge.entries import LANGUAGES, House, Knowledge, Reason, Signature, Text

_DATE = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) ([12]\d{3}) "
    r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d [+-](?:0\d|1[0-4])[0-5]\d\b"
)
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
#: Bases too weak to stand alone: as beside words that only name a subject, the nearest known messages are shown.
_WEAK = ("reply-code", "class", "none")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Circumstances:
    """What fills the placeholders, besides the delivery itself."""

    original: Original
    reporting_host: str | None
    house: House
    site_url: str

    @cached_property
    def sent_on(self) -> datetime | None:
        """The day on which the original was sent: one for all its deliveries."""
        return _sent_on(self.original.date)


@dataclass(frozen=True, slots=True)
class Writer:
    """Words the deliveries of one explanation in the language of the page; what leaves the page comes in both.

    Without a finder it shows no evidence.
    """

    knowledge: Knowledge
    circumstances: Circumstances
    language: str
    finder: EvidenceFinder | None

    def words(self, delivery: ExplainedDelivery) -> Wording:
        """Return the texts."""
        reason, own = self._reason(delivery), self._known_message(delivery)
        if reason is None:
            return Wording()
        said, circumstances = delivery.said, self.circumstances
        replies, notes = {}, {}
        body = own.reply if own and own.reply else _body(said, reason)
        for tongue in LANGUAGES:
            phrases = phrases_in(tongue)
            values = _known(delivery, circumstances, phrases)
            replies[tongue] = _reply(said, body.in_language(tongue), circumstances, values, phrases)
            note = reason.note_to_postmaster.in_language(tongue)
            when = _precisely(said.at, circumstances.original.date) if "{date}" in note else {}
            notes[tongue] = _filled(note, {**values, **when}, phrases)
        phrases = phrases_in(self.language)
        values = _known(delivery, circumstances, phrases)
        return Wording(
            headline=_headline(delivery.basis, own, reason, values, phrases),
            meaning=str((own.text if own and own.text else reason.meaning).in_language(self.language)),
            steps=tuple(_filled(step, values, phrases) for step in _steps(own, reason).lines(self.language)),
            admin_steps=tuple(
                _filled(step, values, phrases) for step in _admin_steps(own, reason).lines(self.language)
            ),
            reply=Bilingual(**replies),
            note_to_postmaster=Bilingual(**notes),
        )

    def headline(self, delivery: ExplainedDelivery) -> str:
        """Return the headline of the texts alone."""
        reason = self._reason(delivery)
        if reason is None:
            return ""
        phrases = phrases_in(self.language)
        values = _known(delivery, self.circumstances, phrases)
        return _headline(delivery.basis, self._known_message(delivery), reason, values, phrases)

    def evidence(self, delivery: ExplainedDelivery) -> tuple[Evidence, ...]:
        """Return the pieces of the source text that decided."""
        return self.finder.evidence(delivery.said) if self.finder else ()

    def similar(self, delivery: ExplainedDelivery) -> tuple[str, ...]:
        """Return the slugs of the nearest known messages, where no known message says why."""
        own = self._known_message(delivery)
        is_weak = delivery.basis in _WEAK or (own is not None and own.is_vague)
        return similar_messages(delivery.said.reply_text, self.knowledge) if is_weak else ()

    def _reason(self, delivery: ExplainedDelivery) -> Reason | None:
        return self.knowledge.reasons.get(delivery.reason)

    def _known_message(self, delivery: ExplainedDelivery) -> Signature | None:
        return self.knowledge.signatures.get(delivery.signature or "")


def word_warnings(warnings: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Return what was odd about the input, as sentences."""
    sentences = phrases_in(language).warnings
    return tuple(sentences[warning] for warning in warnings if warning in sentences)


def _headline(basis: Basis, own: Signature | None, reason: Reason, values: Mapping[str, str], phrases: Phrases) -> str:
    """One sentence that says it all, and says when it is only probable."""
    if basis == "class" and reason.slug in phrases.only_class:
        return phrases.only_class[reason.slug]
    if own and own.headline:
        return _filled(own.headline.in_language(phrases.language), values, phrases)
    named = reason.headline_named.in_language(phrases.language)
    complete = named and all(values.get(name) for name in _PLACEHOLDER.findall(named))
    headline = _filled(named, values, phrases) if complete else str(reason.headline.in_language(phrases.language))
    if basis == "reply-code" and reason.slug not in ("unknown", "delayed", "expired"):
        return phrases.probably % {
            "headline": headline[:1].lower() + headline[1:] if headline[1:2].islower() else headline
        }
    return headline


def _steps(own: Signature | None, reason: Reason) -> Text:
    return own.steps if own and own.steps else reason.steps


def _admin_steps(own: Signature | None, reason: Reason) -> Text:
    """The reason's, unless its steps would be wrong beside the known message."""
    return Text() if own and own.steps else reason.admin_steps


def _body(delivery: Delivery, reason: Reason) -> Text:
    """The reason's reply: that for a message which is still tried, or the final one."""
    return reason.reply_delayed if delivery.outcome == "delayed" and reason.reply_delayed else reason.reply


def _known(delivery: ExplainedDelivery, circumstances: Circumstances, phrases: Phrases) -> dict[str, str]:
    """Return what is known of each placeholder, as it is said in a language; what is not known is missing."""
    said = delivery.said
    recipient = said.recipient or ""
    domain = recipient.rpartition("@")[2]
    values = {
        "recipient": recipient,
        "domain": domain,
        "refusing_domain": domain if _may_be_theirs(delivery) else None,
        "host": said.remote_host or said.remote_ip,
        "code": " ".join(part for part in (said.reply_code, said.enhanced_code) if part),
        "reply": said.reply_text,
        "queue_id": said.queue_id,
        "reporting_host": circumstances.reporting_host,
        "date": phrases.day(circumstances.sent_on) if circumstances.sent_on else None,
    }
    return {name: value for name, value in values.items() if value}


def _may_be_theirs(delivery: ExplainedDelivery) -> bool:
    """Whether nothing tells that who refused was another than the recipient's server."""
    return delivery.refused_by in ("their-server", "unknown") and delivery.said.spoken_by != "local"


def _filled(text: str, values: Mapping[str, str], phrases: Phrases) -> str:
    """Fill the placeholders; one that nothing is known of is left for the colleague, in square brackets."""
    if "{" not in text:
        return str(text)
    pieces = list(_pieces(text))
    pieces[1::2] = [values.get(name) or phrases.left_open.get(name, f"{{{name}}}") for name in pieces[1::2]]
    return "".join(pieces)


@lru_cache(maxsize=4096)
def _pieces(text: str) -> tuple[str, ...]:
    """Return a text of the knowledge base cut at its placeholders, whose names are every second piece."""
    return tuple(_PLACEHOLDER.split(text))


def _reply(
    delivery: Delivery, text: str, circumstances: Circumstances, values: dict[str, str], phrases: Phrases
) -> str:
    """The reply to the user: greeting, what happened and what to do, and the code for the record."""
    if not text:
        return ""
    lines = [phrases.greeting, "", _filled(text, {**values, "sent": phrases.sent(values)}, phrases)]
    if code := values.get("code"):
        shortest = delivery.enhanced_code or delivery.reply_code
        link = f" – {circumstances.site_url}/{shortest}" if circumstances.site_url else ""
        lines += ["", phrases.reference % {"code": code} + link]
    if circumstances.house.helpdesk_contact:
        lines += ["", circumstances.house.helpdesk_contact]
    return "\n".join(lines)


def _sent_on(written: str | None) -> datetime | None:
    """Return the day on which the mail was sent, as its header says; in the usual form (RFC 5322, 3.3) at once."""
    try:
        if written and (usual := _DATE.match(written)):
            return datetime(int(usual[3]), _MONTHS[usual[2].lower()], int(usual[1]))  # noqa: DTZ001 (only the day counts)
        return parsedate_to_datetime(written) if written else None
    except (ValueError, TypeError, LookupError, OverflowError):
        return None


def _precisely(at: str | None, sent: str | None) -> dict[str, str]:
    """Return when it happened as a postmaster looks it up: to the second, with its zone as far as it is known."""
    try:
        moment = datetime.fromisoformat(at) if at else parsedate_to_datetime(sent or "")
    except (ValueError, TypeError, LookupError, OverflowError):
        return {}
    zone = moment.strftime("%z")
    return {"date": moment.strftime("%Y-%m-%d %H:%M:%S") + (f" (UTC{zone[:3]}:{zone[3:5]})" if zone else "")}
