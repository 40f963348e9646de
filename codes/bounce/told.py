"""The deliveries that a notice's words tell, where no machine-readable part does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from codes.bounce import labels, words
from codes.bounce.addresses import first_address
from codes.bounce.delivery_status import read_delivery_status
from codes.bounce.notice import Paragraph, paragraphs
from codes.bounce.patterns import Phrases
from codes.bounce.people import of_somebody_else, signed_with
from codes.bounce.recipients import (
    addressee_of_record,
    addressees_of_notice,
    contact_that_bounced,
    headed_to,
    named_before_reply,
)
from codes.bounce.reply import decisive_reply, find_replies, said_without_code
from codes.bounce.report import Delivery
from codes.bounce.verdict import classes_disagree, delivery_from_status, delivery_from_words

_NO_RECIPIENT_BEFORE = re.compile(
    r"(?:verification failed for|sender|from|\bda|\bvon|\bvan|contact|mail to|e-mail|write|postmaster|at|help|"
    r"\b(?:nostr[oa]|mi[oa]|our|my|unsere?|meine?|notre|nuestr[oa]) [\w-]+ (?:è|is|ist|est|es))\W*$",
    re.IGNORECASE,
)
_QUOTING = "<\"'[«“"
_NEXT_SENTENCE = re.compile(r"[.!?]\s+[^\W\d_a-z]")
_NO_RECIPIENT_AFTER = re.compile(r"\W*(?:sender|mittente|(?:is )?not allowed to send)|>?: Sender", re.IGNORECASE)
#: Recipients of one notice for each of whom all its words are looked through.
_MOST_SHARING = 40
#: An address that a notice names as the sender's.
_NAMES_SENDER = Phrases(["mail from:", *labels.SENDERS, labels.USERS, labels.SENT_FOR])
#: The same, where it can be nobody else's.
_SENT_FOR = re.compile(rf"(?:{labels.SENT_FOR}) <?([^<>\s,]+@[^<>\s,]+)")
_SENDER = re.compile(
    r"mail from:\s?<([^<>\s]+)>|<([^<>\s]+)>:? sender address rejected|"
    rf"{_SENT_FOR.pattern}|"
    rf"(?:{'|'.join(labels.SENDERS)}|^[ \t>*|-]*+(?:{labels.USERS}))(?: (?:address|e-?mail))?[ \t*|]*[:\t]"
    r"(?:[^\n<>@:(]{1,60}[<(]|[ \t*|<\"]*)([^<>\s@\"|()]+@[^<>\s@\"|()]+)",
    re.MULTILINE,
)
#: The command that names the sender, the reply to it, and the characters in which that names the sender again.
_MAIL_FROM = re.compile(r"mail from:\s?<([^<>\s]+)>")
_REFUSAL = re.compile(r"\b[45]\d\d[ -]")
_LONGEST_REFUSAL = 300
_REPORT_FIELD = re.compile(r"^[ \t>]*+final-recipient:", re.IGNORECASE | re.MULTILINE)
#: The same as a script or a service shows them, "recipient: a", "Action: failed", "Status: 5.1.1".
_ACTION_SHOWN = re.compile(
    r"^[ \t>*-]*recipient[ \t]*:[ \t]*\S+@[^\n]*\n(?:[^\n]*\n){0,2}?[ \t>*-]*action[ \t]*:[ \t]*(?:failed|delayed)\b",
    re.IGNORECASE | re.MULTILINE,
)
_SHORT_FIELD = re.compile(
    r"^[ \t>*-]*(?P<name>recipient|action|status|diagnostic(?:[ -]code)?)[ \t]*:", re.IGNORECASE | re.MULTILINE
)
_FULL_NAMES = {
    "recipient": "Final-Recipient",
    "action": "Action",
    "status": "Status",
    **dict.fromkeys(("diagnostic", "diagnostic code", "diagnostic-code"), "Diagnostic-Code"),
}
#: Different codes that one text tells of a mail that came back.
_MOST_CODES = 2
#: What is longer was not typed by anybody.
_LONGEST_TICKET = 3000
#: A paragraph with fewer characters says nothing by itself; the words above the address then count too.
_SAYS_NOTHING = 12


def deliveries_told(
    notice: str, context: str, known: tuple[str, ...] = (), strangers: frozenset[str] = frozenset()
) -> tuple[Delivery, ...]:
    """Return what a notice's own words tell, one delivery a recipient; one without where it names nobody.

    `context` is where the words that say "delayed" or "given up" are looked for: the notice and its subject. `known`
    are the recipients that headers name, `strangers` addresses that cannot be any unless nobody else is named.
    """
    own_words = not known and not strangers
    signers = signed_with(notice) | addressees_of_notice(notice)
    strangers |= signers
    senders = senders_in(notice)
    strangers |= senders
    lowered = notice.lower() if senders else ""
    signers |= {address for address in senders if lowered.count(address) == 1}  # nothing else is said of them
    signers |= {*_refused_senders(lowered), *_SENT_FOR.findall(lowered)}
    report = _report_in(notice)
    if report and (embedded := read_delivery_status(report).recipients) and embedded[0].recipient:
        said = notice if len(embedded) <= _MOST_SHARING else ""
        return distinct(delivery_from_status(status, said, said, said) for status in embedded)
    found = paragraphs(notice, known, strangers) or ([] if known else paragraphs(notice, known, signers))
    if not found and own_words and (somebody := _named_by_somebody(notice, strangers)):
        found = [Paragraph(somebody, None, "")]
    wanted = {address.lower() for address in known}
    found = [paragraph for paragraph in found if (paragraph.recipient or "").lower() in wanted] or found
    opening = context[: context.find(found[0].recipient or "\0")] if found else ""
    read: dict[str, Delivery] = {}  # many recipients may share one text
    deliveries = []
    for paragraph in found:
        text = paragraph.text or notice
        if text not in read:
            read[text] = delivery_from_words(None, None, text, context if len(found) == 1 else f"{opening}\n{text}")
        deliveries.append(replace(read[text], recipient=paragraph.recipient, original_recipient=paragraph.alias))
    named = {(delivery.recipient or "").lower() for delivery in deliveries}
    if known and (not named or named & wanted):
        told = delivery_from_words(None, None, notice, context)
        deliveries += [replace(told, recipient=address) for address in known if address.lower() not in named]
    if not deliveries and (decisive_reply(notice) or words.NOTICE.search(context) or said_without_code(notice)):
        told = delivery_from_words(None, None, notice, context)
        named_inside = recipient_in_reply(told.reply_text) if told.reply_code or told.enhanced_code else None
        if named_inside and named_inside.lower() in strangers:
            named_inside = None
        deliveries = [replace(told, recipient=named_inside)]
    if len(deliveries) == 1:
        deliveries = [_with_words_above(deliveries[0], notice, context)]
    return distinct(deliveries)


def _named_by_somebody(text: str, strangers: frozenset[str]) -> str | None:
    """Return whom the words of a ticket make the recipient, where no notice does."""
    if "@" not in text or len(text) > _LONGEST_TICKET:
        return None
    if contact := contact_that_bounced(text):
        return contact
    if shown := addressee_of_record(text):
        return shown
    headed = [address for address in headed_to(text) if address.lower() not in strangers]
    return headed[0] if len(headed) == 1 else named_before_reply(text, strangers)


def senders_in(notice: str) -> set[str]:
    """Return the addresses that a notice, or the form of a ticket, calls the sender's, in lower case."""
    if not _NAMES_SENDER.search(notice):
        return set()
    lowered = notice.lower()
    return {found[found.lastindex or 0] for found in _SENDER.finditer(lowered)}


def _refused_senders(lowered: str) -> Iterator[str]:
    """Yield the senders whom the reply to their own command names: "after MAIL FROM:<a>: ... 550 <a>... no"."""
    for command in _MAIL_FROM.finditer(lowered):
        behind = lowered[command.end() : command.end() + _LONGEST_REFUSAL]
        refusal = _REFUSAL.search(behind)
        if refusal and f"<{command[1]}>" in behind[refusal.end() :]:
            yield command[1]


def recipient_in_reply(text: str) -> str | None:
    """Return the address that a reply names, where it is the recipient and not the sender or a contact."""
    address = first_address(text)
    if address is None:
        return None
    position = text.find(address)
    before, after = text[:position], text[position + len(address) :]
    if before[-1:] not in _QUOTING and _NEXT_SENTENCE.search(before):
        return None  # somebody's own words may follow a reply on its line
    if of_somebody_else(before) or _NO_RECIPIENT_BEFORE.search(before[-30:]) or _NO_RECIPIENT_AFTER.match(after):
        return None
    return address


def holds_report(notice: str) -> bool:
    """Return whether the fields of a report stand among a notice's words."""
    return _report_in(notice) is not None


def _report_in(notice: str) -> str | None:
    """Return the text with the fields of a report, by their full names where somebody shows them by shorter ones."""
    lowered = notice.lower()
    if "final-recipient:" in lowered:
        return notice if _REPORT_FIELD.search(notice) else None
    if "recipient" not in lowered or "action" not in lowered or not _ACTION_SHOWN.search(notice):
        return None
    return _SHORT_FIELD.sub(lambda field: f"{_FULL_NAMES[field['name'].lower()]}:", notice)


def names_something(delivery: Delivery) -> bool:
    """Whether a delivery says whom or why: prose about a parcel "not delivered" does neither."""
    return bool(delivery.recipient or delivery.reply_code or delivery.enhanced_code)


def distinct(deliveries: Iterable[Delivery]) -> tuple[Delivery, ...]:
    """Return one delivery a recipient: where one is told of twice, the last word counts."""
    by_recipient: dict[str, Delivery] = {}
    for number, delivery in enumerate(deliveries):
        name = delivery.recipient or f" {number}"
        by_recipient[name if name.islower() else name.lower()] = delivery  # lower() makes a copy in any case
    return tuple(by_recipient.values())


def warnings_about(deliveries: Iterable[Delivery]) -> tuple[str, ...]:
    """Return the slugs of what is odd about deliveries."""
    return ("classes-disagree",) if any(classes_disagree(delivery, None) for delivery in deliveries) else ()


def _with_words_above(delivery: Delivery, notice: str, context: str) -> Delivery:
    """The reply may stand above the only address."""
    if delivery.reply_code or delivery.enhanced_code:
        return delivery
    whole = delivery_from_words(delivery.recipient, delivery.original_recipient, notice, context)
    return whole if whole.reply_code or len(delivery.reply_text) < _SAYS_NOTHING else delivery


def lists_codes(notice: str) -> bool:
    """Whether a text that names nobody explains codes: one mail is not refused in many ways at once."""
    refusals = {reply.reply_code for reply in find_replies(notice) if (reply.reply_code or "")[:1] in "45"}
    if len(refusals) <= _MOST_CODES and not words.COMPARES.search(notice):
        return False
    return first_address(notice) is None or not paragraphs(notice, strangers=signed_with(notice))
