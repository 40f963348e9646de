"""Finds the reason: known message, enhanced code, reply code at its stage, class; the surest that speaks decides."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from codes.bounce.report import Delivery, Kind
from codes.explain.explanation import Basis, ExplainedDelivery, Opinion
from codes.knowledge.entries import UNSPECIFIC, Knowledge, Signature
from codes.knowledge.matcher import Match, words_alone

#: Outcomes that are no failure; the report itself says so.
_GOOD_OUTCOMES = ("delivered", "relayed", "expanded")

#: Characters of a sentence without codes that is read as a reply is.
LONGEST_SENTENCE = 300

#: What may be wrong with any address. Where MAIL FROM is answered it is the sender's: nobody named a recipient yet.
_OF_AN_ADDRESS = ("user-unknown", "domain-not-found")

#: What a code usually means in answer to one command, and not to the others.
_OF_ONE_STAGE = (*_OF_AN_ADDRESS, "does-not-accept-mail", "system-full")

#: "Transaction failed" (RFC 5321, 4.2.3), which hosts say of anything.
_CATCH_ALL = "554"

#: Beginnings of words that name an address, a mailbox, its owner or that there is nobody, in the languages of replies.
_ADDRESS_WORDS = re.compile(
    r"@|ad(?:d)?ress|indirizz|direcci|endere[cç]|recipient|destinat|empf(?:ä|ae)nger|ontvanger|odbiorc|mottag|modtag"
    r"|получател|адрес|\buser|utente|utenza|usuari|usu[aá]ri|utilisat|utiliza|benutzer|gebruiker|u[zż]ytkownik|anv(?:ä|a)nd"
    r"|bruger|пользовател|mailbox|inbox|casell|postfach|postvak|bo[iî]te|buz[oó]n|caixa|skrzynk|schránk|ящик|account"
    r"|\bcont[ao]\b|cuenta|compte|konto|\balias|person|nobody|no ?one\b|nessuno|niemand|nadie|ningu[eé]m|nikt|никто"
    r"|colleag|collegh?[ai]|employee|staff|member of|dipendent|mitarbeit|empleado|funcion[aá]ri|effectif|medewerker"
    r"|pracowni|сотрудник|宛先|受信者|ユーザ|アカウント|メールボックス|收件人|用户|用戶|邮箱|郵箱|账号|帐号|사용자|수신자|계정"
)

#: The other kind of address, of the host that sends.
_NETWORK_ADDRESS = re.compile(r"\bips?\b|address (?:space|range|block)")


@dataclass(frozen=True, slots=True)
class Finding:
    """The reason, what it rests on, and what each kind of evidence said."""

    reason: str
    basis: Basis
    signature: Signature | None = None
    opinions: tuple[Opinion, ...] = ()


def find_reason(delivery: Delivery, kind: Kind, knowledge: Knowledge, provider: str | None) -> Finding:
    """Return the reason of one delivery; `provider` is the slug of the one that refused, as far as it is known."""
    if delivery.complained:
        return Finding("complaint", "report")
    if kind == "auto-reply":
        return Finding("vacation", "report")
    if delivery.outcome == "none":
        return Finding("not-a-bounce", "report")
    if delivery.outcome in _GOOD_OUTCOMES:
        return Finding("delivered", "report", _receipt(delivery, kind, knowledge))
    opinions, signature = _opinions(delivery, knowledge, provider)
    deciding = next((opinion for opinion in opinions if opinion.decides), None)
    if deciding is None or deciding.reason is None:
        return replace(_without_cause(delivery), opinions=opinions)
    reason = _in_time(deciding.reason, delivery)
    # A known message that means something else at this stage gives the reason, but not its own words.
    fits = deciding.basis == "known-message" and signature is not None and signature.reason == deciding.reason
    return Finding(reason, deciding.basis, signature if fits else None, opinions)


def rests_on_vague_words(delivery: ExplainedDelivery, knowledge: Knowledge) -> bool:
    """Return whether what decided is a known message that only names the subject."""
    signature = knowledge.signatures.get(delivery.signature or "")
    return delivery.basis == "known-message" and signature is not None and signature.is_vague


def _receipt(delivery: Delivery, kind: Kind, knowledge: Knowledge) -> Signature | None:
    """The known message that says what a PEC receipt is worth: taken, passed on and delivered are different proofs."""
    matches = knowledge.matcher.matches(delivery.reply_text) if kind == "pec-receipt" else []
    return next((match.signature for match in matches if match.signature.reason == "delivered"), None)


def _opinions(
    delivery: Delivery, knowledge: Knowledge, provider: str | None
) -> tuple[tuple[Opinion, ...], Signature | None]:
    """Return what each kind of evidence says, the surest first; the first with a reason decides.

    A known message of weight WEAK or less is a phrase that says little, and so is "try later" where nobody will: an
    enhanced code with a meaning of its own outranks it, if that is more than that time ran out.
    """
    enhanced, code = delivery.enhanced_code, delivery.reply_code
    by_enhanced = knowledge.reason_of_enhanced_code(enhanced, provider, code) if enhanced else None
    match = knowledge.matcher.strongest(delivery.reply_text)
    if match and match.signature.reason == "expired":
        match = _cause_beside(match, delivery, knowledge)
    if match is None and code is None and by_enhanced in (None, *UNSPECIFIC):
        match = _in_a_sentence(delivery, knowledge)
    signature = match.signature if match else None
    by_code = knowledge.reason_at_stage(code, delivery.stage) if code else None
    if delivery.stage is None and by_code and not _may_mean(by_code, delivery):
        by_code = None
    said: list[tuple[Basis, str, str | None]] = [
        ("known-message", signature.slug if signature else "", signature.reason if signature else None),
        ("enhanced-code", enhanced or "", by_enhanced),
        ("reply-code", code or "", by_code),
    ]
    says_little = signature and (signature.is_vague or _in_time(signature.reason, delivery) == "unknown")
    order = [1, 0, 2] if says_little and by_enhanced not in (None, "expired", *UNSPECIFIC) else [0, 1, 2]
    if (code or "")[:1] == "4":  # that trying ended is no cause where the last reply names one
        if signature and signature.reason == "expired" and by_code not in (None, *UNSPECIFIC):
            order = [2, 0, 1]
        elif by_enhanced == "expired":
            order = [0, 2, 1]
    deciding = next((number for number in order if said[number][2]), None)
    meant = tuple((basis, value, _at_stage(reason, delivery)) for basis, value, reason in said)
    return _opinions_on(meant, deciding), signature


def _cause_beside(match: Match, delivery: Delivery, knowledge: Knowledge) -> Match:
    """Return the known message that names a cause beside one that says that time ran out, if there is any."""
    beside = knowledge.matcher.matches(delivery.reply_text)
    return next((one for one in beside if one.signature.reason != "expired" and not one.signature.is_vague), match)


def _in_a_sentence(delivery: Delivery, knowledge: Knowledge) -> Match | None:
    """Return the known message in what a mail system says without codes, as if it were a reply.

    Most phrases count only behind a code, for prose may hold them too; a short sentence about the failure says no more
    than its reply would.
    """
    said, enhanced = delivery.reply_text, delivery.enhanced_code
    if not said or len(said) > LONGEST_SENTENCE:
        return None
    match = knowledge.matcher.strongest(f"{enhanced or '550'} {said}")
    return None if match and match.signature.is_vague and not enhanced else match


@lru_cache(maxsize=1024)
def _opinions_on(said: tuple[tuple[Basis, str, str | None], ...], deciding: int | None) -> tuple[Opinion, ...]:
    """Return the opinions once for all recipients of whom the same was said."""
    return tuple(Opinion(*one, decides=number == deciding) for number, one in enumerate(said))


def _may_mean(usual: str, delivery: Delivery) -> bool:
    """Return whether a code's usual meaning may be what its reply says, where nobody knows what it answered.

    Nearly every refusal is a 550 or a 554 somewhere, and a 452 many a limit: with other words, it can mean anything.
    """
    said = delivery.reply_text.lower()
    if not words_alone(said):
        return True
    if usual not in _OF_ONE_STAGE:
        return delivery.reply_code != _CATCH_ALL
    return usual in _OF_AN_ADDRESS and _ADDRESS_WORDS.search(said) is not None and not _NETWORK_ADDRESS.search(said)


def _at_stage(reason: str | None, delivery: Delivery) -> str | None:
    """Return the reason as it is meant in answer to the command."""
    return "sender-rejected" if delivery.stage == "mail" and reason in _OF_AN_ADDRESS else reason


def _without_cause(delivery: Delivery) -> Finding:
    """Nothing named a cause: the class of the code, or the report's own outcome, is all there is."""
    digit = (delivery.reply_code or delivery.enhanced_code or " ")[0]
    if delivery.stage == "connect" and digit == " ":
        return Finding("connection-failed", "report")  # nobody answered, so there is no code
    if delivery.outcome == "expired":
        return Finding("expired", "class" if digit in "45" else "report")
    if delivery.outcome == "delayed":
        return Finding("delayed", "class" if digit == "4" else "report")
    return Finding("unknown", "class" if digit in "45" else "none")


def _in_time(reason: str, delivery: Delivery) -> str:
    """A delay without a cause is called by how it ended, and the other way round."""
    if reason == "delayed" and delivery.outcome != "delayed":
        return "expired" if delivery.outcome == "expired" else "unknown"
    if reason == "expired" and delivery.outcome == "delayed":
        return "delayed"
    return reason
