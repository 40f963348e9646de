"""Opens a mail: its headers, the parts that a mail system wrote, and the mail that came back inside it."""

from __future__ import annotations

import email
import email.errors
import email.header
import email.message
import email.parser
import quopri
import re
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape

import charset_normalizer
from selectolax.lexbor import LexborHTMLParser

from codes.bounce.pec_mail import content_type, holds_original, is_receipt, without_envelope

#: Limits against mails made to exhaust a reader: parts looked at, and how deep multiparts may nest.
MOST_PARTS = 500
DEEPEST = 20
#: The standard parser's time grows with the square of the nesting; a mail with more boundaries is read as text.
MOST_BOUNDARIES = 200
#: Tags of an HTML part of which a tree is built.
MOST_TAGS = 4000

_RETURNED = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers", "message/partial")
_REPORT_PARTS = {
    "message/delivery-status": "delivery-status",
    "message/global-delivery-status": "delivery-status",
    "message/feedback-report": "feedback-report",
    "message/disposition-notification": "disposition-notification",
    "message/global-disposition-notification": "disposition-notification",
    "daticert": "daticert",
}
#: Bytes that the parser could not decode and keeps as surrogates.
_RAW_BYTES = re.compile(r"[\udc80-\udcff]")
_HEADER_LINE = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]?\S?")


@dataclass(frozen=True, slots=True)
class Part:
    """One part: `kind` is delivery-status, feedback-report, disposition-notification, daticert, text or html."""

    kind: str
    text: str


@dataclass
class Mail:
    """A mail taken apart; `returned` holds the headers of the mail that came back, if any."""

    message: email.message.Message
    parts: list[Part] = field(default_factory=list)
    returned: email.message.Message | None = None
    #: True where the mail came as multipart/report.
    is_report: bool = False
    source: str = ""

    def header(self, name: str) -> str:
        """Return a header, decoded and on one line; the empty string where there is none."""
        return decoded_header(self.message.get(name))

    def returned_header(self, name: str) -> str:
        """Return a header of the mail that came back."""
        return decoded_header(self.returned.get(name)) if self.returned is not None else ""

    def of_kind(self, kind: str) -> list[Part]:
        """Return the parts of one kind."""
        return [part for part in self.parts if part.kind == kind]

    @cached_property
    def text(self) -> str:
        """What people read: the plain parts or, where there are none, the text of the HTML ones."""
        plain = [part.text for part in self.of_kind("text") if part.text.strip()]
        return "\n\n".join(plain or [text_of_html(part.text) for part in self.of_kind("html")])


def looks_like_mail(text: str) -> bool:
    """Return whether a text begins with mail headers, and not with a notice somebody copied from a screen."""
    head = re.sub(r"^From \S+.*\r?\n", "", text.lstrip("\ufeff\r\n \t"), count=1)
    lines = head.splitlines()[:60]
    names = []
    for line in lines:
        if not line.strip():
            break
        if line[0] in " \t":
            continue
        if not _HEADER_LINE.match(line):
            return False
        names.append(line.partition(":")[0].lower())
    marks = {
        "received",
        "return-path",
        "message-id",
        "mime-version",
        "content-type",
        "delivered-to",
        "x-failed-recipients",
    }
    return (len(names) >= 2 and bool(marks & set(names))) or {"from", "subject", "date"} <= set(names)


def open_mail(data: bytes) -> Mail:
    """Take a mail apart. Broken MIME is read as far as it goes; nothing is raised."""
    data = re.sub(rb"^(?:\xef\xbb\xbf)?\s*", b"", data, count=1)
    data = re.sub(rb"^From [^\r\n]*\r?\n", b"", data, count=1)
    data = _one_line_ending(data)
    nested = data.count(b"boundary=") > MOST_BOUNDARIES
    parser = email.parser.BytesHeaderParser() if nested else email.parser.BytesParser()
    message = without_envelope(parser.parsebytes(data))
    mail = Mail(message)
    _collect(message, mail, 0)
    mail.source = _source(data, mail)
    return mail


def decode(data: bytes, charset: str | None = None) -> str:
    """Decode bytes by the declared charset, then UTF-8, then by looking at them, and at last as cp1252."""
    for name in (charset, "utf-8"):
        if name:
            try:
                return data.decode(_charset(name))
            except (LookupError, ValueError):  # ValueError: a NUL in the name of the charset
                continue
    best = charset_normalizer.from_bytes(data[:20_000]).best()
    try:
        return data.decode(best.encoding if best else "cp1252")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def decoded_header(value: object) -> str:
    """Return a header's value with encoded words (RFC 2047) decoded, on one line."""
    if value is None:
        return ""
    text = str(value)
    if "=?" in text:
        with suppress(LookupError, ValueError, email.errors.MessageError):
            text = str(email.header.make_header(email.header.decode_header(text)))
    elif isinstance(value, email.header.Header) or _RAW_BYTES.search(text):
        text = decode(text.encode("utf-8", "surrogateescape"))
    return " ".join(text.split())


def text_of_html(html: str) -> str:
    """Return the text of an HTML part, one line a block; nothing of it is ever rendered."""
    if html.count("<") > MOST_TAGS:
        return _without_tags(html)
    tree = LexborHTMLParser(html)
    for node in tree.css("script, style, head"):
        node.decompose()
    root = tree.body or tree.root
    if root is None:
        return ""
    for node in root.css("br, p, div, tr, li, h1, h2, h3, h4, pre, table"):
        node.insert_before("\n")
        if node.tag != "br":
            node.insert_after("\n")
    text = root.text(separator="", strip=False).replace("\xa0", " ")
    return re.sub(r"\n[ \t]*\n(?:[ \t]*\n)+", "\n\n", re.sub(r"[ \t]+", " ", text)).strip()


def _without_tags(html: str) -> str:
    """Return the text of a page too large to build a tree of."""
    html = re.sub(r"(?is)<(script|style|head)\b[^>]*>.*?</\1>", " ", html)
    html = re.sub(r"(?i)</?(?:br|p|div|tr|li|h[1-4]|pre|table)\b[^>]*>", "\n", html)
    return unescape(re.sub(r"<[^>]*>", "", html)).strip()


def _charset(name: str) -> str:
    name = name.strip().strip("\"'").lower()
    return {"unicode-1-1-utf-7": "utf-7", "us-ascii": "utf-8", "ansi": "cp1252", "iso-8859-1": "cp1252"}.get(name, name)


def _one_line_ending(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _collect(message: email.message.Message, mail: Mail, depth: int) -> None:
    """Gather the parts in order, down to the mail that came back, whose words never count."""
    if depth > DEEPEST or len(mail.parts) >= MOST_PARTS:
        return
    kind = content_type(message)
    if kind == "multipart/report":
        mail.is_report = True
    if kind in _REPORT_PARTS:
        mail.parts.append(Part(_REPORT_PARTS[kind], _report_text(message)))
    elif kind in _RETURNED and depth:
        _take_returned(message, kind, mail, depth)
    elif kind.startswith("multipart/") and not message.is_multipart():
        mail.parts.append(Part("text", _payload_text(message)))  # its boundary is missing
    elif message.is_multipart():
        for child in _children(message):
            _collect(child, mail, depth + 1)
    elif kind.startswith("text/") or depth == 0:
        if message.get_filename() and message.get_content_disposition() == "attachment" and kind != "text/plain":
            return
        mail.parts.append(Part("html" if kind == "text/html" else "text", _payload_text(message)))


def _take_returned(message: email.message.Message, kind: str, mail: Mail, depth: int) -> None:
    """Keep the headers of the mail that came back, or go into it where it is itself the report."""
    children = _children(message)
    inner = children[0] if children else email.message_from_string(_payload_text(message))
    has_report = any(part.kind in ("delivery-status", "feedback-report") for part in mail.parts)
    if not has_report and not holds_original(mail.message, message) and is_notice(inner):
        _collect(inner, mail, depth + 1)  # a notice that was forwarded as an attachment
        if not mail.message.get("x-failed-recipients") and inner.get("x-failed-recipients"):
            mail.message["X-Failed-Recipients"] = inner["x-failed-recipients"]
    elif mail.returned is None:
        mail.returned = inner


def _children(message: email.message.Message) -> list[email.message.Message]:
    """Return the messages in a multipart or message part; none where it holds text."""
    payload = message.get_payload()
    return [child for child in payload if isinstance(child, email.message.Message)] if isinstance(payload, list) else []


def is_notice(message: email.message.Message) -> bool:
    """Return whether a mail inside another one is itself a notice, by its headers."""
    if message.get_content_type() == "multipart/report" or message.get("x-failed-recipients") or is_receipt(message):
        return True
    return bool(
        re.search(r"mailer-daemon|postmaster@|mail delivery (?:sub)?system", str(message.get("from", "")), re.I)
    )


def _report_text(message: email.message.Message) -> str:
    """Return the fields of a report part. The parser makes messages of its groups; a few come encoded or as text."""
    children = _children(message)
    if not children:
        return _payload_text(message)
    groups = []
    for child in children:
        fields = "\n".join(f"{name}: {value}" for name, value in child.raw_items())
        rest = child.get_payload(decode=True)  # undecoded, it would come with its bytes replaced
        groups.append("\n".join(part for part in (fields, decode(rest) if isinstance(rest, bytes) else "") if part))
    text = "\n\n".join(groups)
    encoding = str(message.get("content-transfer-encoding", "")).strip().lower()
    if encoding == "quoted-printable":
        return decode(quopri.decodestring(text.encode("utf-8", "surrogateescape")))
    if encoding == "base64" and not re.search(r"(?im)^(?:final|original)-recipient:|^feedback-type:", text):
        message.set_payload(text)
        return _payload_text(message)
    return _whole(text)


def _whole(text: str) -> str:
    """Turn the surrogates that the parser keeps for raw bytes into characters."""
    return decode(text.encode("utf-8", "surrogateescape")) if _RAW_BYTES.search(text) else text


def _payload_text(message: email.message.Message) -> str:
    payload = message.get_payload(decode=True)
    if not isinstance(payload, bytes):
        payload = message.get_payload()
        return payload if isinstance(payload, str) else ""
    try:
        charset = message.get_content_charset()
    except (LookupError, ValueError):
        charset = None
    if charset in (None, "us-ascii", "utf-8") and b"\x1b$" in payload:
        charset = "iso-2022-jp"
    return decode(payload, charset).replace("\r\n", "\n").replace("\r", "\n")


def _source(data: bytes, mail: Mail) -> str:
    """Return the text that the page shows: the source where it can be read as it is, else headers and decoded parts."""
    encoded = re.search(rb"(?im)^content-transfer-encoding:[ \t]*(?:base64|quoted-printable)", data)
    if not encoded and b"\x1b$" not in data:
        return decode(data)
    head = decode(data.split(b"\n\n", 1)[0])
    pieces = [head, *(text_of_html(part.text) if part.kind == "html" else part.text for part in mail.parts)]
    if mail.returned is not None:
        pieces.append("\n".join(f"{name}: {decoded_header(value)}" for name, value in mail.returned.items()))
    return "\n\n".join(piece.strip("\n") for piece in pieces if piece.strip()) + "\n"
