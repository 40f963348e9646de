"""Turns bytes of any charset, and encoded words of headers, into text."""

from __future__ import annotations

import email.errors
import email.header
from contextlib import suppress

import charset_normalizer

#: Bytes that are looked at to guess a charset nobody declared.
_LOOKED_AT = 20_000
#: What senders write, and what they mean by it.
_MEANT = {"unicode-1-1-utf-7": "utf-7", "us-ascii": "utf-8", "ansi": "cp1252", "iso-8859-1": "cp1252"}


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
