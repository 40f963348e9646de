"""Reads any input; the other rooms know how: `whole_mail` a mail, `pasted` what people paste."""

from __future__ import annotations

from html import unescape
from textwrap import dedent

from codes.bounce.charsets import readable_text
from codes.bounce.compound_file import SIGNATURE
from codes.bounce.mail import looks_like_mail, open_mail, sources_in
from codes.bounce.mail_report import is_letter
from codes.bounce.notice import unquoted
from codes.bounce.pasted import read_text
from codes.bounce.report import Report
from codes.bounce.unreadable import UnreadableInput
from codes.bounce.whole_mail import own_report, read_whole

#: Control characters that no text holds, escape (ISO-2022-JP) and white space apart.
_CONTROL = bytes(byte for byte in range(32) if byte not in (9, 10, 11, 12, 13, 27))
#: Bytes in which the headers of a mail are looked for, to tell it from other texts.
_HEAD = 20_000
#: What a mail's parts tell, whoever sent it.
_REPORTS = ("delivery-report", "complaint", "pec-receipt")


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
        raw = unescape(readable_text(raw)).encode("utf-8", "replace")  # copied from the source of a page
    if not looks_like_mail(raw[:_HEAD].decode("latin-1")):  # names of headers are ASCII
        text = readable_text(raw)
        if not looks_like_mail(text[:_HEAD]):
            return _source_shown(text) or read_text(text)
        raw = text.encode()
    return read_whole(open_mail(raw), raw)


def _source_shown(text: str) -> Report | None:
    """Return what the source of a notice tells that stands below somebody's words, quoted or indented."""
    if "\n" not in text:
        return None
    for source in sources_in(dedent(unquoted(text))):
        mail = open_mail(source)
        report = own_report(mail, source)
        if report.is_bounce and (report.kind in _REPORTS or not is_letter(mail)):
            return report
    return None


def is_binary(data: bytes) -> bool:
    """Whether bytes are no text: a picture, an archive."""
    head = data[:4096]
    if head.startswith(
        (b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")
    ):
        return True
    return len(head) - len(head.translate(None, _CONTROL)) > max(4, len(head) // 10)
