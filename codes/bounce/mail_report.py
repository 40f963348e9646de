"""Reads a mail: a delivery report, a notice in words, a complaint, an automatic answer, or none of these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from codes.bounce import events, pec, words
from codes.bounce.addresses import find_addresses, first_address
from codes.bounce.delivery_status import DeliveryStatus, read_delivery_status
from codes.bounce.dialogue import read_dialogue
from codes.bounce.language import language_of
from codes.bounce.mail import Mail
from codes.bounce.notice import fields_shown, own_words, paragraphs, unquoted
from codes.bounce.other_reports import (
    automatic_answer,
    complaint_deliveries,
    is_automatic_answer,
    is_complaint,
    refused_by_filter,
)
from codes.bounce.people import above_signature
from codes.bounce.reply import decisive_reply, one_line
from codes.bounce.report import Delivery, Original, Report
from codes.bounce.systems import system_of
from codes.bounce.told import deliveries_told, distinct, lists_codes, names_something, warnings_about
from codes.bounce.verdict import (
    addresses_in,
    classes_disagree,
    delivery_from_status,
    delivery_from_words,
    outcome_of_code,
)

#: Words that make a mail a notice even where neither its sender nor its subject does.
_COULD_NOT = re.compile(
    r"(?:could not be|was not|wasn't|couldn't be)\s+delivered\s+to:?\s+<?\S+@|"
    r"error message below|duplicated message-id in",
    re.IGNORECASE,
)
#: The subject of an answer, "[Ticket#4711] RE: Unzustellbar"; a system's own puts such words behind its own.
_IS_ANSWER = re.compile(r"(?:\[[^\]]*\]\s*)*(?:re|r|aw|antw|sv|vs|rif|res|odp|ref?)(?:\[\d+\])?[ ]?:", re.IGNORECASE)
#: A list says in the next sentence who may write.
_SENTENCES_OF_LIST = 2
#: What a list refuses stands behind a colon as often as in a sentence of its own.
_SENTENCE_ENDS = re.compile(r"(?<=[.!?:])\s+|\n[ \t]*\n")
#: What is left around the address of a recipient of whom a notice says nothing.
_NO_WORDS = " \t\r\n<>:;,.()\"'"
#: From whom the programs of mailing lists write.
_LIST_SOFTWARE = re.compile(r"\b(?:listserv|sympa|majordomo|mailman|ezmlm)@|-(?:bounces|owner|request)@", re.IGNORECASE)
#: Received lines that are looked at, and the hosts in one: "from NAME (NAME [IP]) by NAME".
MOST_HOPS = 30
_HOST_IN_RECEIVED = re.compile(r"(?:from(?<!\wfrom) |by(?<!\wby) |\()([\w-]+(?:\.[\w-]+)+)")
_FROM_ANOTHER = re.compile(r"from (?!localhost\b|root\b)\S+ .*\bwith (?:e?smtp|lmtp|mapi)", re.IGNORECASE)
#: Headers in which mail systems leave their marks.
_HEADERS_OF_A_SYSTEM = (
    "From",
    "Subject",
    "Content-Type",
    "X-Failed-Recipients",
    "X-MS-Exchange-Message-Is-Ndr",
    "X-ML-Name",
    "X-MLServer",
    "X-NAI-Header",
    "X-Mailer",
    "Content-Description",
)


def read_mail(mail: Mail) -> Report:
    """Return what a mail tells: its report parts first, then what its words say, then what kind of mail it is."""
    headers = "\n".join(f"{name}: {value}" for name in _HEADERS_OF_A_SYSTEM if (value := mail.header(name)))
    notice = own_words(unquoted(pec.without_anomaly(mail.text)))
    base = Report(
        language=language_of(notice),
        original=_original(mail),
        date=mail.header("date") or None,
        source_text=mail.source,
    )
    if receipt := pec.receipt_in_mail(mail):
        return receipt.told_in(base)
    if is_complaint(mail):
        return replace(base, kind="complaint", is_bounce=True, deliveries=complaint_deliveries(mail))
    parts = [part.text for part in mail.of_kind("delivery-status")]
    statuses = [read_delivery_status(text) for text in parts]
    fields = "\n".join(parts)
    # Postfix keeps its name in the notice's own Received line
    system = system_of(f"{headers}\n{_last_received(mail)}", notice, fields)
    if any(status.recipients for status in statuses):
        return _from_statuses(base, system, mail, statuses, notice)
    if mail.of_kind("disposition-notification"):
        if refused := refused_by_filter(mail, notice):
            system = system_of(headers, notice, mail.of_kind("disposition-notification")[0].text)
            return replace(base, kind="notice", is_bounce=True, system=system, deliveries=(refused,))
        return replace(base, kind="read-receipt")
    if event := events.read_events(mail.text):
        return replace(base, kind=event.kind, is_bounce=True, system=event.system, deliveries=event.deliveries)
    if session := read_dialogue(notice):
        return replace(base, kind="notice", is_bounce=True, system=system, deliveries=session)
    if _is_notice(mail, notice) and (report := _told_by_words(base, system, mail, notice)):
        return report
    if is_automatic_answer(mail):
        return replace(base, kind="auto-reply", deliveries=(automatic_answer(mail),))
    return base


def _told_by_words(base: Report, system: str | None, mail: Mail, notice: str) -> Report | None:
    """A notice without a report part; None where its words name neither a recipient nor a refusal."""
    strangers = addresses_in(" ".join(mail.header(name) for name in ("from", "to", "reply-to", "cc")))
    known = tuple(found.value for found in find_addresses(mail.header("x-failed-recipients")))
    told = deliveries_told(notice, f"{mail.header('subject')}\n{notice}", known, strangers)
    of_list = _is_list_refusal(notice)
    if of_list:
        told = _without_writer(told or (delivery_from_words(None, None, notice, notice),), mail)
        said = _sentence_of_list(notice)
        told = tuple(replace(one, reply_text=said) if said and not one.reply_code else one for one in told)
    speaks_for_itself = of_list or _from_mail_system(mail)
    if not told or not (speaks_for_itself or any(names_something(delivery) for delivery in told)):
        return None
    if _only_wants_a_click(mail, notice, told):
        asked = tuple(Delivery(recipient=delivery.recipient, outcome="none") for delivery in told)
        return replace(base, kind="notice", deliveries=asked, suspicious=True)
    return replace(base, kind="notice", is_bounce=True, system=system, deliveries=told, warnings=warnings_about(told))


def _sentence_of_list(notice: str) -> str:
    """Return what a list says from the sentence on that refuses; nothing where no single sentence does."""
    sentences = _SENTENCE_ENDS.split(notice)
    at = next((number for number, one in enumerate(sentences) if _is_list_refusal(one)), len(sentences))
    return one_line(" ".join(sentences[at : at + _SENTENCES_OF_LIST]))


def _without_writer(told: tuple[Delivery, ...], mail: Mail) -> tuple[Delivery, ...]:
    """Return the deliveries without those to whoever is told that a list does not take their mail."""
    writers = addresses_in(mail.header("to"))
    named = tuple(one for one in told if one.recipient and one.recipient.lower() not in writers)
    return named or (replace(told[0], recipient=None),)


def with_addressee(report: Report, mail: Mail) -> Report:
    """Return a report that names nobody with the one to whom the mail that came back was written, if that was one."""
    named = [one.recipient for one in report.deliveries] != [None]
    if named or report.kind != "notice" or not report.is_bounce:
        return report
    if not (_from_mail_system(mail) or _from_list_software(mail) or _is_list_refusal(mail.text)):
        return report
    return replace(report, deliveries=(replace(report.deliveries[0], recipient=_addressee(mail)),))


def _addressee(mail: Mail) -> str | None:
    """Return to whom the mail that came back was written, where that was one and whoever wrote it gets the notice.

    A few notices show its headers below their words without any heading.
    """
    if mail.returned is not None:
        fields = {name: mail.returned_header(name) for name in ("from", "to", "cc")}
    else:
        fields = fields_shown(mail.text)
    to = tuple(find_addresses(fields.get("to", "")))
    ours = addresses_in(mail.header("to")) & addresses_in(fields.get("from", ""))
    return to[0].value if ours and len(to) == 1 and not fields.get("cc") else None


def is_letter(mail: Mail) -> bool:
    """Whether somebody may have written a mail to a helpdesk: no system, no answering machine, nobody to many."""
    if mail.message.kind == "multipart/report" or _from_mail_system(mail) or _from_list_software(mail):
        return False
    if _is_for_many(mail) or is_automatic_answer(mail):
        return False
    return not words.KEPT_BACK.search(mail.header("subject"))


def _only_wants_a_click(mail: Mail, notice: str, told: tuple[Delivery, ...]) -> bool:
    """Whether a mail is dressed as a bounce: nobody's reply, no mail system's address, and a link to follow."""
    if any(delivery.reply_code or delivery.enhanced_code or delivery.remote_host for delivery in told):
        return False
    address = first_address(mail.header("from")) or ""
    if words.MAILER.search(f"{address.partition('@')[0]}@") or mail.header("return-path") == "<>":
        return False
    page = "\n".join([notice, *(part.text for part in mail.of_kind("html"))])
    return "http" in page and words.CLICK.search(page)


def _last_received(mail: Mail) -> str:
    """Return the lowest Received line where the notice's own system wrote it, and not the next one that took it."""
    received = mail.message.last_header("received")
    return f"Received: {received}" if received and not _FROM_ANOTHER.match(received) else ""


def _is_notice(mail: Mail, notice: str) -> bool:
    """Whether a mail without a report part is a notice all the same."""
    if mail.header("x-failed-recipients"):
        return True
    if mail.message.all_headers("x-ms-journal-report"):
        return False  # a copy of a mail for the archive, below the names of its recipients
    of_list = _is_list_refusal(notice)
    if of_list and _from_list_software(mail):
        return True
    subject = mail.header("subject")
    if _is_for_many(mail) or (words.KEPT_BACK.search(subject) and not words.SUBJECT.search(subject)):
        return False
    # "Automatic reply: delivery failed" answers a mail about that
    says_so = words.AWAY.search(subject.partition(":")[0]) or _IS_ANSWER.match(subject)
    answers = is_automatic_answer(mail) and (says_so or not words.SUBJECT.search(subject))
    if answers and not of_list and not words.MAILER.search(mail.header("from")):
        return False
    speaks = bool(words.NOTICE.search(notice)) or decisive_reply(notice) is not None
    if _from_mail_system(mail) and (speaks or words.SUBJECT.search(subject)):
        return True
    if of_list or answers:
        return of_list
    return bool(words.SUBJECT.search(subject) and speaks) or _forwarded_notice(notice)


def _from_mail_system(mail: Mail) -> bool:
    return mail.header("return-path") == "<>" or words.MAILER.search(mail.header("from"))


def _from_list_software(mail: Mail) -> bool:
    return bool(
        mail.header("x-list-administrivia") or mail.header("x-mlserver") or _LIST_SOFTWARE.search(mail.header("from"))
    )


def _is_for_many(mail: Mail) -> bool:
    """Whether a newsletter or a list's mail, which may well quote a bounce (RFC 2369); notices come from nobody."""
    unsubscribe = mail.header("list-unsubscribe") or mail.header("list-id")
    return bool(unsubscribe) and not _from_mail_system(mail)


def _is_list_refusal(notice: str) -> bool:
    return words.LIST_REFUSAL.search(notice)


def _forwarded_notice(notice: str) -> bool:
    """Whether the words of a notice stand in a mail; what a reply says is not enough, for anybody may quote one."""
    head = notice[:2000]
    reply = decisive_reply(notice)
    around = f"{head[: reply.start]}\n{head[reply.end :]}" if reply else head
    refused = reply is not None and outcome_of_code(reply.reply_code) != "delivered"
    tells = words.NOTICE.search(around) and (refused or _COULD_NOT.search(head))
    return bool(tells) and not (above_signature(notice) != notice and lists_codes(notice))


def _from_statuses(base: Report, system: str | None, mail: Mail, statuses: list[DeliveryStatus], notice: str) -> Report:
    """A report: its machine-readable part decides, the notice's words complete it."""
    recipients = [status for part in statuses for status in part.recipients]
    strangers = addresses_in(mail.header("from"))
    known = tuple(status.recipient for status in recipients if status.recipient)
    spoken = {
        paragraph.recipient.lower(): paragraph
        for paragraph in paragraphs(notice, known, strangers)
        if paragraph.recipient
    }
    deliveries, warnings = [], set()
    for status in recipients:
        paragraph = spoken.get((status.recipient or "").lower()) or spoken.get(
            (status.original_recipient or "").lower()
        )
        text = paragraph.text if paragraph and paragraph.text.strip(_NO_WORDS) else ""
        text = text or (notice if len(recipients) == 1 else "")
        delivery = delivery_from_status(status, text, notice if len(recipients) == 1 else "", notice)
        if classes_disagree(delivery, status.status):
            warnings.add("classes-disagree")
        deliveries.append(delivery)
    queue = next(
        (value for part in statuses for name, value in part.message.items() if name == "x-postfix-queue-id"), None
    )
    told = distinct(deliveries)
    if queue:
        told = tuple(delivery if delivery.queue_id else replace(delivery, queue_id=queue) for delivery in told)
    return replace(
        base,
        kind="delivery-report",
        system=system,
        is_bounce=bool(told) and not any(part.probed for part in statuses),
        reporting_host=next((part.reporting_host for part in statuses if part.reporting_host), None),
        deliveries=told,
        warnings=tuple(sorted(warnings)),
    )


def _original(mail: Mail) -> Original:
    if mail.returned is None:
        return Original()
    sender = mail.returned_header("from")
    return Original(
        sender=first_address(sender) or sender or None,
        date=mail.returned_header("date") or None,
        subject=mail.returned_header("subject") or None,
        message_id=mail.returned_header("message-id") or None,
        hosts=tuple(_hosts_passed(mail)),
    )


def _hosts_passed(mail: Mail) -> Iterator[str]:
    """Yield the hosts in the Received lines of the mail that came back, the last hop first."""
    for line in mail.returned.all_headers("received", MOST_HOPS) if mail.returned is not None else ():
        yield from _HOST_IN_RECEIVED.findall(line[:1000].lower())
