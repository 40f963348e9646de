"""Reads a whole mail: its own report, one that stands deeper inside, what somebody attached to it or pasted into it."""

from __future__ import annotations

import re
from dataclasses import replace

from codes.bounce.charsets import readable_text
from codes.bounce.mail import Mail, attached_mails, open_mail, report_inside
from codes.bounce.mail_report import is_letter, read_mail, with_addressee
from codes.bounce.pasted import read_text
from codes.bounce.report import Report
from codes.bounce.told import distinct
from codes.bounce.verdict import addresses_in

_MAIL_INSIDE = re.compile(r"\nFrom \S+ [^\n]*\d{2}:\d{2}[^\n]*\n(?=(?:[A-Za-z-]+: ))")


def read_whole(mail: Mail, raw: bytes) -> Report:
    """Return what a mail tells; of a letter to a helpdesk, what its attachments do, then what was pasted into it.

    `raw` is the source of the mail.
    """
    letter = is_letter(mail)
    if letter and (attached := _attached_to(mail)):
        return attached
    report = own_report(mail, raw)
    return _pasted_in(mail, report) if letter and report.kind in ("other", "notice") else report


def own_report(mail: Mail, raw: bytes) -> Report:
    """Return what a mail tells, or what it holds deeper inside where it says nothing itself."""
    report = read_mail(mail)
    if not _says_why(report):
        report = _read_inside(mail, raw, report) or report
    return with_addressee(report, mail)


def _attached_to(letter: Mail) -> Report | None:
    """Return what the notices tell that somebody attached to a letter, or None where there are none."""
    notices = []
    for mail in attached_mails(letter):
        report = own_report(mail, b"")
        if report.is_bounce:
            notices.append((report, mail.source))
    if not notices:
        return None
    told = [delivery for report, _source in notices for delivery in report.deliveries]
    # what was only handed on, as a receipt of PEC says, is told again where it ended
    deliveries = distinct(sorted(told, key=lambda delivery: delivery.outcome != "relayed"))
    shown = "\n\n".join(filter(None, [letter.source, *(source for _report, source in notices)]))
    return replace(notices[0][0], deliveries=deliveries, source_text=shown)


def _pasted_in(letter: Mail, report: Report) -> Report:
    """Return what somebody pasted into a letter: a log, a dialogue, a notice as it was on the screen."""
    told = read_text(letter.text)
    if not told.is_bounce or report.suspicious:
        return report
    correspondents = addresses_in(" ".join(letter.header(name) for name in ("from", "to", "cc", "reply-to")))
    deliveries = told.deliveries
    if told.kind in ("notice", "reply"):
        others = tuple(one for one in deliveries if (one.recipient or "").lower() not in correspondents)
        deliveries = others or (replace(deliveries[0], recipient=None),)
    return replace(
        told, deliveries=deliveries, original=report.original, date=report.date, source_text=report.source_text
    )


def _read_inside(mail: Mail, raw: bytes, cover: Report) -> Report | None:
    """Return the report that a mail which says nothing itself holds deeper inside, or None."""
    inside = report_inside(mail)
    if inside is None and (embedded := _embedded_mail(readable_text(raw))):
        inside = open_mail(embedded.encode("utf-8", "replace"))
    found = read_mail(inside) if inside else None
    if found is None or not found.deliveries:
        return None
    return replace(found, date=cover.date, source_text=cover.source_text)


def _says_why(report: Report) -> bool:
    """Whether a report names a recipient, or a code; one that does neither may be the cover of another."""
    return any(one.recipient or one.reply_code or one.enhanced_code for one in report.deliveries)


def _embedded_mail(text: str) -> str | None:
    """Return a whole mail that stands inside another one's text, as mailboxes glued together leave it."""
    match = _MAIL_INSIDE.search(text)
    return text[match.end() :] if match else None
