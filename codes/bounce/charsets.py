"""Turns bytes of any charset, and encoded words of headers, into text."""

from __future__ import annotations

import email.errors
import email.header
import re
from contextlib import suppress

import charset_normalizer
from ftfy import fix_encoding

#: Bytes that are looked at to guess a charset nobody declared.
_LOOKED_AT = 20_000
#: What senders write, and what they mean by it.
_MEANT = {"unicode-1-1-utf-7": "utf-7", "us-ascii": "utf-8", "ansi": "cp1252", "iso-8859-1": "cp1252"}
#: UTF-8 that a program took for another charset shows pairs like these: "Ã¨", "â€™"; "Ã " has lost its second half.
_TAKEN_FOR_ANOTHER = re.compile(r"[\u00c2-\u00f4][^\x00-\x7f]|Ã ")


def decode(data: bytes, charset: str | None = None) -> str:
    """Decode bytes by the declared charset, then UTF-8, then by looking at them, and at last as cp1252."""
    return decoded(data, charset)[0]


def decoded(data: bytes, charset: str | None = None) -> tuple[str, str]:
    """Decode bytes as `decode` does, and say by which charset."""
    for name in (charset, "utf-8"):
        if name:
            try:
                return data.decode(_charset(name)), name
            except (LookupError, ValueError):  # ValueError: a NUL in the name of the charset
                continue
    best = charset_normalizer.from_bytes(data[:_LOOKED_AT]).best()
    name = best.encoding if best else "cp1252"
    try:
        return data.decode(name), name
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "cp1252"


def readable(text: str) -> str:
    """Return a text with the letters that a program spoilt put right: "non Ã¨ stato" for "non è stato"."""
    return fix_encoding(text) if _TAKEN_FOR_ANOTHER.search(text) else text


def decoded_header(raw: str) -> str:
    """Return a header's value with encoded words (RFC 2047) decoded, on one line.

    `raw` holds a character for each byte, as the latin-1 codec makes them.
    """
    text = raw if raw.isascii() else decode(raw.encode("latin-1"))
    if "=?" in text:
        with suppress(LookupError, ValueError, email.errors.MessageError):
            text = str(email.header.make_header(email.header.decode_header(text)))
    return " ".join(text.split())


def _charset(name: str) -> str:
    name = name.strip().strip("\"'").lower()
    return _MEANT.get(name, name)


def readable_text(raw: bytes) -> str:
    """Return the input as text, its letters readable, with one kind of line end."""
    return readable(decode(raw)).replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
