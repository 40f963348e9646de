"""Reads the receipts and notices of PEC, Italian certified mail (DPR 68/2005; technical rules in RFC 6109).

The provider's daticert.xml decides, as the rules want it of machines; the words count where it is missing, and tell the
two notices of time apart, which have the same type.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html import unescape

from codes.bounce.hosts import refusing_host
from codes.bounce.mail import Mail
from codes.bounce.pec_words import facts_in_words, without_anomaly
from codes.bounce.pec_xml import KINDS, Facts, read_postacert
from codes.bounce.reply import decisive_reply, enhanced_code_in, one_line
from codes.bounce.report import Delivery, Kind, Original, Outcome, Report

__all__ = ["Receipt", "receipt_in_mail", "receipt_in_text", "without_anomaly"]

_OUTCOMES: dict[str, Outcome] = {
    "accettazione": "relayed",
    "presa-in-carico": "relayed",
    "avvenuta-consegna": "delivered",
    "errore-consegna": "failed",
    "non-accettazione": "failed",
    "rilevazione-virus": "failed",
    "preavviso-errore-consegna": "delayed",
}
#: Receipts that the recipient's provider writes.
_THEIRS = ("errore-consegna", "rilevazione-virus")
#: RFC 6109, 3.1.6: after 12 hours the first notice, after 24 the last.
_HOURS = re.compile(r"\b(dodici|12|ventiquattro|24) ?(?:ore|h)\b", re.IGNORECASE)
_LONGEST_REPLY = 1200


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt tells: one delivery a recipient, and the mail it is about.

    `system` is None: receipts name the provider that issued them, not its software.
    """

    deliveries: tuple[Delivery, ...]
    original: Original = field(default_factory=Original)
    kind: Kind = "pec-receipt"
    system: str | None = None

    def told_in(self, base: Report) -> Report:
        """Return the report with what the receipt tells; its words are always Italian."""
        return replace(
            base,
            kind=self.kind,
            is_bounce=True,
            system=self.system,
            language="it",
            original=_filled(self.original, base.original),
            deliveries=self.deliveries,
        )


def receipt_in_mail(mail: Mail) -> Receipt | None:
    """Return the receipt that a mail is, carries as attachment or quotes, or None.

    The type in X-Ricevuta counts only beside words or a sender that are a receipt's: phishing copies what is cheap.
    """
    facts = [found for part in mail.of_kind("daticert") for found in read_postacert(part.text)]
    kind = mail.header("x-ricevuta").lower()
    if len(facts) == 1:
        facts = [_completed(facts[0], facts_in_words(mail.text))]
    elif not facts and not mail.of_kind("delivery-status"):
        facts = _facts_in_text(mail.text)
        if kind in KINDS and len(facts) == 1:
            facts = [replace(facts[0], kind=kind)]
        elif kind in KINDS and not facts and "posta-certificata@" in mail.header("from").lower():
            facts = [Facts(kind)]
    checked = f"X-VerificaSicurezza: {mail.header('x-verificasicurezza')}"
    if kind in KINDS and len(facts) == 1 and facts[0].error != "virus" and checked.lower().endswith(": errore"):
        facts = [replace(facts[0], error="", detail=f"{facts[0].detail} ({checked})".strip())]
    # the receipt's own id is new; this header has the original's (RFC 6109, 2.2.1)
    return _receipt(facts, Original(message_id=mail.header("x-riferimento-message-id") or None)) if facts else None


def receipt_in_text(text: str, source: str | None = None) -> Receipt | None:
    """Return the receipt whose daticert.xml or words were pasted, or None.

    `source` is the text as it was pasted, where entities and tags are no longer in `text`.
    """
    facts = _facts_in_text(text, source)
    return _receipt(facts, Original()) if facts else None


def _facts_in_text(text: str, source: str | None = None) -> list[Facts]:
    """Return what a text says: by the XML in it, which may be escaped once more, else by its words."""
    xml = text if source is None else source
    facts, told = read_postacert(unescape(xml) if "&lt;postacert" in xml else xml), facts_in_words(text)
    return [_completed(facts[0], told)] if len(facts) == 1 else facts or told


def _completed(facts: Facts, told: list[Facts]) -> Facts:
    """Return what the XML says, completed with the words of the same receipt."""
    words = next((one for one in told if one.kind == facts.kind and _may_be_one(facts, one)), None)
    if words is None:
        return facts
    return replace(
        facts,
        detail=facts.detail or words.detail,
        sentence=words.sentence,
        recipients=facts.recipients or words.recipients,
        at=facts.at or words.at,
        original=_filled(facts.original, words.original),
    )


def _may_be_one(facts: Facts, words: Facts) -> bool:
    """Whether XML and words can be of the same receipt: they share a recipient, or one of them names nobody."""
    some, others = ({address.lower() for address in one.recipients} for one in (facts, words))
    return not some or not others or bool(some & others)


def _receipt(facts: list[Facts], original: Original) -> Receipt:
    """Return one receipt of one or more: for each recipient the one that says how it ended counts."""
    by_recipient: dict[str, Delivery] = {}
    for one in facts:
        for recipient in one.recipients or (None,):
            delivery, key = _delivery(one, recipient), (recipient or "").lower()
            told = by_recipient.get(key)
            if told is None or told.outcome == "relayed" or delivery.outcome not in ("relayed", "delayed"):
                by_recipient[key] = delivery
    for one in facts:
        original = _filled(one.original, original)
    return Receipt(tuple(by_recipient.values()), original)


def _delivery(facts: Facts, recipient: str | None) -> Delivery:
    words = facts.detail or facts.sentence
    reply = decisive_reply(words)
    enhanced = reply.enhanced_code if reply else enhanced_code_in(words)
    said = reply.text if reply else one_line(words)
    final = facts.kind == "preavviso-errore-consegna" and _is_final(facts)
    theirs = facts.kind in _THEIRS and facts.error != "no-dominio"
    outcome = "expired" if final else _OUTCOMES[facts.kind]
    temporary = ((reply.reply_code if reply else None) or enhanced or " ")[0] == "4"
    host, ip = refusing_host(words) if reply else (None, None)
    return Delivery(
        recipient=recipient,
        outcome=outcome,
        became_permanent=final or (outcome == "failed" and temporary),
        reply_code=reply.reply_code if reply else None,
        enhanced_code=enhanced,
        reply_text=_with_flag(said, _telling_flag(facts, said, enhanced, final=final))[:_LONGEST_REPLY],
        spoken_by="remote" if theirs else "local",
        stage="delivery" if theirs else None,
        remote_host=host,
        remote_ip=ip,
        at=facts.at,
    )


def _is_final(facts: Facts) -> bool:
    """Whether a notice of time is the last one: by its hours, else by the code 5.4.1 that two providers put there."""
    for text in (facts.detail, facts.sentence):
        if hours := _HOURS.search(text):
            return hours[1].lower() in ("ventiquattro", "24")
    return facts.detail.startswith("5.4.1")


def _telling_flag(facts: Facts, said: str, enhanced: str | None, *, final: bool) -> str | None:
    """Return the attribute of daticert.xml (RFC 6109, 4.4) that says more than the words of the error, or None.

    A code of the address or of the mailbox (RFC 3463, X.1.X and X.2.X) is more exact than "no-dest" or "no-dominio".
    """
    if final and not _HOURS.search(said):
        return f'tipo="{facts.kind}"'
    exact = enhanced is not None and enhanced[1:].startswith((".1.", ".2."))
    if facts.error in ("no-dest", "no-dominio") and not exact:
        return f'errore="{facts.error}"'
    return 'errore="virus"' if facts.error == "virus" and "problema di sicurezza" not in said else None


def _with_flag(said: str, flag: str | None) -> str:
    return f"{said} ({flag})" if said and flag else flag or said


def _filled(known: Original, other: Original) -> Original:
    """Return what is known of the original, and what is not as the other one has it."""
    return replace(
        other,
        sender=known.sender or other.sender,
        date=known.date or other.date,
        subject=known.subject or other.subject,
        message_id=known.message_id or other.message_id,
    )
