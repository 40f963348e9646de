"""Reads any input; the other rooms know how: `mail_report` a mail, `pasted` what people paste."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from textwrap import dedent

from codes.bounce.charsets import decode, readable
from codes.bounce.compound_file import SIGNATURE
from codes.bounce.mail import Mail, attached_mails, looks_like_mail, open_mail, report_inside, sources_in
from codes.bounce.mail_report import is_letter, read_mail, with_addressee
from codes.bounce.notice import unquoted
from codes.bounce.pasted import read_text
from codes.bounce.report import Report
from codes.bounce.told import distinct
from codes.bounce.unreadable import UnreadableInput
from codes.bounce.verdict import addresses_in

#: Control characters that no text holds, escape (ISO-2022-JP) and white space apart.
_CONTROL = bytes(byte for byte in range(32) if byte not in (9, 10, 11, 12, 13, 27))
#: Bytes in which the headers of a mail are looked for, to tell it from other texts.
_HEAD = 20_000
#: What a mail's parts tell, whoever sent it.
_REPORTS = ("delivery-report", "complaint", "pec-receipt")
_MAIL_INSIDE = re.compile(r"\nFrom \S+ [^\n]*\d{2}:\d{2}[^\n]*\n(?=(?:[A-Za-z-]+: ))")


def read(data: bytes | str) -> Report:
    """Return what the input tells.

    Bytes are a file, a string is what was pasted. Raises UnreadableInput where there is nothing to read: only spaces,
    bytes that are no text, an Outlook file that is damaged or no mail. Anything else is read as far as it goes.
    """
    raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
    if not raw.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise UnreadableInput("empty")
    if raw.startswith(SIGNATURE):
        from codes.bounce.outlook import source_of  # python-oxmsg is loaded only for those who need it

        raw = source_of(raw)
    if is_binary(raw):
        raise UnreadableInput("binary")
    if b"&lt;" in raw and b"<" not in raw:
        raw = unescape(_text(raw)).encode("utf-8", "replace")  # copied from the source of a page
    if not looks_like_mail(raw[:_HEAD].decode("latin-1")):  # names of headers are ASCII
        text = _text(raw)
        if not looks_like_mail(text[:_HEAD]):
            return _source_shown(text) or read_text(text)
        raw = text.encode()
    mail = open_mail(raw)
    letter = is_letter(mail)
    if letter and (attached := _attached_to(mail)):
        return attached
    report = _read_opened(mail, raw)
    return _pasted_in(mail, report) if letter and report.kind in ("other", "notice") else report


def _read_opened(mail: Mail, raw: bytes) -> Report:
    """Return what a mail tells, or what it holds deeper inside where it says nothing itself."""
    report = read_mail(mail)
    if not _says_why(report):
        report = _read_inside(mail, raw, report) or report
    return with_addressee(report, mail)


def _source_shown(text: str) -> Report | None:
    """Return what the source of a notice tells that stands below somebody's words, quoted or indented."""
    if "\n" not in text:
        return None
    for source in sources_in(dedent(unquoted(text))):
        mail = open_mail(source)
        report = _read_opened(mail, source)
        if report.is_bounce and (report.kind in _REPORTS or not is_letter(mail)):
            return report
    return None


def _attached_to(letter: Mail) -> Report | None:
    """Return what the notices tell that somebody attached to a letter, or None where there are none."""
    notices = []
    for mail in attached_mails(letter):
        report = _read_opened(mail, b"")
        if report.is_bounce:
            notices.append((report, mail.source))
    if not notices:
        return None
    told = [delivery for report, _source in notices for delivery in report.deliveries]
    # what was only handed on, as a receipt of PEC says, is told again where it ended
    deliveries = distinct(sorted(told, key=lambda delivery: delivery.outcome != "relayed"))
    shown = "\n\n".join(filter(None, [letter.source, *(source for _report, source in notices)]))
    return replace(notices[0][0], deliveries=deliveries, source_text=shown)


def is_binary(data: bytes) -> bool:
    """Whether bytes are no text: a picture, an archive."""
    head = data[:4096]
    if head.startswith(
        (b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")
    ):
        return True
    return len(head) - len(head.translate(None, _CONTROL)) > max(4, len(head) // 10)


def _text(raw: bytes) -> str:
    """Return the input as text, its letters readable, with one kind of line end."""
    return readable(decode(raw)).replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")


def _read_inside(mail: Mail, raw: bytes, cover: Report) -> Report | None:
    """Return the report that a mail which says nothing itself holds deeper inside, or None."""
    inside = report_inside(mail)
    if inside is None and (embedded := _embedded_mail(_text(raw))):
        inside = open_mail(embedded.encode("utf-8", "replace"))
    found = read_mail(inside) if inside else None
    if found is None or not found.deliveries:
        return None
    return replace(found, date=cover.date, source_text=cover.source_text)


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


def _says_why(report: Report) -> bool:
    """Whether a report names a recipient, or a code; one that does neither may be the cover of another."""
    return any(one.recipient or one.reply_code or one.enhanced_code for one in report.deliveries)


def _embedded_mail(text: str) -> str | None:
    """Return a whole mail that stands inside another one's text, as mailboxes glued together leave it."""
    match = _MAIL_INSIDE.search(text)
    return text[match.end() :] if match else None
