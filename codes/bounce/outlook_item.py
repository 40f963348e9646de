"""The MAPI properties of what Outlook saves: a message, one of its recipients, one of its attachments."""

from __future__ import annotations

import codecs
import struct
from datetime import datetime
from email.utils import format_datetime
from functools import cached_property

from oxmsg.domain.encodings import encoding_from_codepage
from oxmsg.domain.model import UnrecognizedCodePageError, UnsupportedEncodingError
from oxmsg.properties import Properties

from codes.bounce.addresses import first_address
from codes.bounce.charsets import decode
from codes.bounce.compound_file import Folder
from codes.bounce.html_text import text_of_html

#: Bytes before the list of properties ([MS-OXMSG] 2.4.1): of the message itself, of one in it, of the rest.
_HEADER_OF_MESSAGE, _HEADER_OF_EMBEDDED, _HEADER_OF_PART = 32, 24, 8
_UNICODE, _BYTES, _EIGHT_BIT = 0x001F, 0x0102, 0x001E

# Tags of [MS-OXPROPS]
BODY, HTML = 0x1000, 0x1013
CODE_PAGE, CODE_PAGE_OF_NAMES = 0x3FDE, 0x3FFD


class _KnownCodePages:
    """What python-oxmsg reads properties from, without code pages it does not know: over one, all would be lost."""

    def __init__(self, folder: Folder, header: int) -> None:
        self._folder = folder
        self._header = header
        self.property_stream_bytes = folder.property_stream_bytes

    @cached_property
    def properties_stream_bytes(self) -> bytes:
        """The list of properties, 16 bytes each: type, tag, flags, value ([MS-OXMSG] 2.4.2)."""
        listed = self._folder.properties_stream_bytes
        entries = (listed[start : start + 16] for start in range(self._header, len(listed) - 15, 16))
        return listed[: self._header] + b"".join(entry for entry in entries if _is_known(entry))


def _is_known(entry: bytes) -> bool:
    """Whether a property is no code page, or one that can be decoded."""
    _kind, tag, _flags, value = struct.unpack_from("<HHII", entry)
    if tag not in (CODE_PAGE, CODE_PAGE_OF_NAMES):
        return True
    try:
        codecs.lookup(encoding_from_codepage(value))
    except (LookupError, UnrecognizedCodePageError, UnsupportedEncodingError):
        return False
    return True


class Item:
    """An object with MAPI properties; what is missing is empty, whatever the reason."""

    def __init__(self, folder: Folder, header: int = _HEADER_OF_PART) -> None:
        self.folder = folder
        self._properties = Properties(_KnownCodePages(folder, header), header)

    @classmethod
    def message(cls, folder: Folder) -> Item:
        """Return the message that the file is."""
        return cls(folder, _HEADER_OF_MESSAGE)

    @property
    def message_class(self) -> str:
        """PidTagMessageClass (0x001A), in lower case."""
        return self.text(0x001A).strip().lower()

    @cached_property
    def recipients(self) -> list[Item]:
        """The recipients ([MS-OXMSG] 2.2.1)."""
        return [Item(folder) for folder in self.folder.folders(r"__recip_version1\.0_#[0-9A-Fa-f]+")]

    @cached_property
    def attachments(self) -> list[Item]:
        """The attachments ([MS-OXMSG] 2.2.2)."""
        return [Item(folder) for folder in self.folder.folders(r"__attach_version1\.0_#[0-9A-Fa-f]+")]

    @property
    def embedded(self) -> Item | None:
        """The message that an attachment holds, PidTagAttachDataObject (0x3701, type 000D), if it is one."""
        found = self.folder.folders("__substg1.0_3701000D")
        if not found:
            return None
        # some programs write the longer header here too; 16 bytes a property tell which it is
        longer = len(found[0].properties_stream_bytes) % 16 == 0
        return Item(found[0], _HEADER_OF_MESSAGE if longer else _HEADER_OF_EMBEDDED)

    def text(self, tag: int) -> str:
        """Return a text, in the characters it was written in or the nearest."""
        try:
            text = self._properties.str_prop_value(tag) or ""
        except (UnicodeError, LookupError):
            raw = self.folder.property_stream_bytes(tag, _UNICODE).decode("utf-16-le", "replace")
            text = raw or decode(self.folder.property_stream_bytes(tag, _EIGHT_BIT))
        return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")

    def line(self, tag: int) -> str:
        """Return a text on one line."""
        return " ".join(self.text(tag).split())

    def number(self, tag: int) -> int | None:
        """Return a number."""
        value = self._properties.int_prop_value(tag)
        return value if isinstance(value, int) else None

    def moment(self, tag: int) -> str:
        """Return a time as mails write it (RFC 5322, 3.3)."""
        try:
            value = self._properties.date_prop_value(tag)
        except (ValueError, OverflowError):
            return ""
        return format_datetime(value) if isinstance(value, datetime) and value.year > 1601 else ""

    def data(self, tag: int) -> bytes:
        """Return bytes."""
        return self.folder.property_stream_bytes(tag, _BYTES)

    def words(self) -> str:
        """Return the text of the body: PidTagBody, else that of PidTagHtml, as bytes or as text."""
        if plain := self.text(BODY).strip():
            return plain
        html = self.text(HTML)
        if not html and (raw := self.data(HTML)):
            html = decode(raw, self._properties.body_encoding)
        return text_of_html(html)

    def address(self, *tags: int) -> str:
        """Return the first mail address in these texts; Exchange's own kind ("/o=ORG/cn=...") is none."""
        lines = (line for tag in tags if not (line := self.line(tag)).startswith("/"))
        return next((found for line in lines if (found := first_address(line))), "")
