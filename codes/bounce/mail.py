"""Opens a mail: its headers, the parts that a mail system wrote, and the mail that came back inside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from codes.bounce import words
from codes.bounce.charsets import decode
from codes.bounce.compound_file import SIGNATURE
from codes.bounce.html_text import text_of_html
from codes.bounce.mime import ENCODINGS, Entity
from codes.bounce.pec_mail import content_type, holds_original, is_receipt, without_envelope
from codes.bounce.unreadable import UnreadableInput

#: Limit against mails made to exhaust a reader: parts looked at.
MOST_PARTS = 500

_RETURNED = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers", "message/partial")
_REPORT_PARTS = {
    "message/delivery-status": "delivery-status",
    "message/global-delivery-status": "delivery-status",
    "message/feedback-report": "feedback-report",
    "message/disposition-notification": "disposition-notification",
    "message/global-disposition-notification": "disposition-notification",
    "daticert": "daticert",
}
_BEFORE_HEADERS = re.compile(r"^[\ufeffï»¿\s\x00]*(?:From \S+.*\r?\n)?")
_PADDING = re.compile(rb"(?<![ \t])[ \t]+\n")
_BYTES_BEFORE_HEADERS = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:From [^\r\n]*\r?\n)?")
#: Lines in which a mail shows what it is: headers and their further lines.
_MOST_LINES = 60
_NAME = r"[A-Za-z][A-Za-z0-9-]{1,60}"
_HEADER_LINES = re.compile(rf"(?:(?:{_NAME}:|[ \t]+\S)[^\n]*(?:\n|\Z)){{0,{_MOST_LINES}}}+")
_HEADER_NAME = re.compile(rf"^({_NAME}):", re.MULTILINE)
_MARK_OF_MAIL = re.compile(
    r"^(?:received|return-path|message-id|mime-version|content-type|delivered-to|x-failed-recipients):",
    re.IGNORECASE | re.MULTILINE,
)
#: Where the source of a mail may begin below somebody's words: with a line that no mail program shows.
_SOURCE_BEGINS = re.compile(
    r"^(?:Return-Path|(?:X-)?Received|Delivered-To|X-Original-To|X-Envelope-\w+|ARC-Seal|MIME-Version|Message-ID): ?\S|"
    r"(?:(?<=\n\n)|(?<=```\n))(?:From|To|Date|Subject|X-[\w-]{2,40}): ?\S",
    re.IGNORECASE | re.MULTILINE,
)
#: Places at which it is looked for, and the characters that show whether it is one.
_MOST_BEGINNINGS, _HEAD = 3, 20_000
#: Under these names mail programs attach a mail as a file, where they do not say what it is.
_MAIL_FILES = (".eml", ".msg")
#: Mails attached to one that are opened.
MOST_ATTACHED = 50
_REPORT_FIELDS = re.compile(r"^(?:final|original)-recipient:|^feedback-type:", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """One part: `kind` is delivery-status, feedback-report, disposition-notification, daticert, text or html."""

    kind: str
    text: str


@dataclass
class Mail:
    """A mail taken apart; `returned` holds the headers of the mail that came back, if any."""

    message: Entity
    parts: list[Part] = field(default_factory=list)
    returned: Entity | None = None
    source: str = ""

    def header(self, name: str) -> str:
        """Return a header, decoded and on one line; the empty string where there is none."""
        return self.message.header(name)

    def returned_header(self, name: str) -> str:
        """Return a header of the mail that came back."""
        return self.returned.header(name) if self.returned is not None else ""

    def of_kind(self, kind: str) -> list[Part]:
        """Return the parts of one kind."""
        return [part for part in self.parts if part.kind == kind]

    @cached_property
    def text(self) -> str:
        """What people read: the plain parts or, where there are none, the text of the HTML ones."""
        plain = [part.text for part in self.of_kind("text") if part.text.strip()]
        return "\n\n".join(plain or [text_of_html(part.text) for part in self.of_kind("html")])


def looks_like_mail(text: str) -> bool:
    """Return whether a text starts with mail headers, and not with a notice somebody copied from a screen.

    The beginning of the text is enough.
    """
    start = _BEFORE_HEADERS.match(text).end()  # type: ignore[union-attr]
    lines = _HEADER_LINES.match(text, start)[0]  # type: ignore[index]
    after = text[start + len(lines) :].partition("\n")[0]
    if after.strip() and lines.count("\n") < _MOST_LINES:
        return False
    if _MARK_OF_MAIL.search(lines):
        return len(list(islice(_HEADER_NAME.finditer(lines), 2))) == 2
    return {"from", "subject", "date"} <= {name.lower() for name in _HEADER_NAME.findall(lines)}


def sources_in(text: str) -> Iterator[bytes]:
    """Yield the source of a mail from each place on in a text where one may begin, the first few."""
    for found in islice(_SOURCE_BEGINS.finditer(text), _MOST_BEGINNINGS):
        if looks_like_mail(text[found.start() : found.start() + _HEAD]):
            yield text[found.start() :].encode("utf-8", "replace")


def attached_mails(mail: Mail) -> Iterator[Mail]:
    """Yield the mails that somebody attached to a mail, as mails or as files of a mail program."""
    for part in islice(_beside(mail.message), MOST_ATTACHED):
        if part.kind in ("message/rfc822", "message/global") and part.children:
            inner = Mail(without_envelope(part.children[0]))
            _collect(inner.message, inner, 0)
            yield inner
        elif part.file_name.lower().endswith(_MAIL_FILES):
            with suppress(UnreadableInput):
                yield open_mail(_source_of_file(part.body))


def _beside(message: Entity) -> Iterator[Entity]:
    """Yield the parts of a mail that stand beside each other, and none of those inside another mail."""
    for child in message.children:
        if child.kind.startswith("multipart/"):
            yield from _beside(child)
        else:
            yield child


def _source_of_file(data: bytes) -> bytes:
    if not data.startswith(SIGNATURE):
        return data
    from codes.bounce.outlook import source_of  # it imports this module

    return source_of(data)


def open_mail(data: bytes) -> Mail:
    """Take a mail apart. Broken MIME is read as far as it goes; nothing is raised."""
    if (before := _BYTES_BEFORE_HEADERS.match(data)) and before[0]:
        data = data[before.end() :]
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    padded = data.count(b" \n", 0, _HEAD)
    if padded * 2 > data.count(b"\n", 0, _HEAD):  # by the page from which it was copied
        data = _PADDING.sub(b"\n", data)
    characters = data.decode("latin-1")
    whole = Entity(characters)
    mail = Mail(without_envelope(whole))
    _collect(mail.message, mail, 0)
    mail.source = _source(characters, mail, whole)
    return mail


def report_inside(mail: Mail) -> Mail | None:
    """Return the report that stands deeper inside a mail than anybody would look first, or None."""
    inside = mail.returned.descendants() if mail.returned is not None else ()
    report = next((part for part in inside if part.kind == "multipart/report"), None)
    if report is None:
        return None
    found = Mail(report, source=mail.source)
    _collect(report, found, 0)
    return found


def is_notice(message: Entity) -> bool:
    """Return whether a mail inside another one is itself a notice, by its headers."""
    if message.kind == "multipart/report" or message.header("x-failed-recipients") or is_receipt(message):
        return True
    return words.MAILER.search(message.header("from"))


def _collect(message: Entity, mail: Mail, depth: int) -> None:
    """Gather the parts in order, down to the mail that came back, whose words never count."""
    if len(mail.parts) >= MOST_PARTS:
        return
    kind = content_type(message)
    if kind in _REPORT_PARTS:
        mail.parts.append(Part(_REPORT_PARTS[kind], _report_text(message)))
    elif kind in _RETURNED and depth:
        _take_returned(message, mail, depth)
    elif message.children:
        for child in message.children:
            _collect(child, mail, depth + 1)
    elif kind.startswith(("text/", "multipart/")) or depth == 0:  # a multipart without a boundary is text
        if message.is_attachment and message.file_name and kind != "text/plain":
            return
        mail.parts.append(Part("html" if kind == "text/html" else "text", message.text))


def _take_returned(message: Entity, mail: Mail, depth: int) -> None:
    """Keep the headers of the mail that came back, or go into it where it is itself the report."""
    inner = message.children[0] if message.children else Entity(message.body.decode("latin-1").lstrip("\n"), depth)
    has_report = any(part.kind in ("delivery-status", "feedback-report") for part in mail.parts)
    if not has_report and not holds_original(mail.message, message) and is_notice(inner):
        _collect(inner, mail, depth + 1)  # a notice that was forwarded as an attachment
        if failed := inner.header("x-failed-recipients"):
            mail.message.add_header("X-Failed-Recipients", failed)
    elif mail.returned is None:
        mail.returned = inner


def _report_text(message: Entity) -> str:
    """Return the fields of a report part; a few say base64 and are not."""
    if message.encoding == "base64" and _REPORT_FIELDS.search(message.raw_body):
        return decode(message.raw_body.encode("latin-1"))
    return message.text


def _source(characters: str, mail: Mail, whole: Entity) -> str:
    """Return the text that the page shows: the source where it can be read as it is, else headers and decoded parts.

    `characters` are those of the source, one for each byte.
    """
    if "\x1b$" not in characters and not _is_encoded(whole):
        return characters if characters.isascii() else _decoded(characters.encode("latin-1"), whole)
    head = decode(characters.partition("\n\n")[0].encode("latin-1"))
    pieces = [head, *(text_of_html(part.text) if part.kind == "html" else part.text for part in mail.parts)]
    if mail.returned is not None:
        pieces.append("\n".join(f"{name}: {mail.returned.header(name)}" for name, _value in mail.returned.headers))
    return "\n\n".join(piece.strip("\n") for piece in pieces if piece.strip()) + "\n"


def _decoded(data: bytes, whole: Entity) -> str:
    """Return a source that is no ASCII as text: UTF-8, or what the first part that needed a charset was read by."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        read_as = (part.read_as for part in (whole, *whole.descendants()) if part.read_as)
        return decode(data, next(read_as, None))


def _is_encoded(entity: Entity) -> bool:
    """Whether the text of an entity, or of one of its parts, cannot be read as it stands."""
    return any(part.encoding in ENCODINGS for part in (entity, *entity.descendants()))
