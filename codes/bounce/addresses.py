"""Finds mail addresses, host names and IP addresses in text, in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

#: Characters of the longest local part and of the sign before it; quotes count.
_BEFORE_AT = 201
#: `\w` rather than a range up to U+FFFF, which takes Python a third of a second to compile. The bar, which nobody has
#: in a name, parts the cells of tables.
_LOCAL_CHARACTERS = r"\w!#$%&'*+/=?^`{}~.\-"
_LABEL = r"\w[\w\-]{0,62}"

#: RFC 5321, 4.1.2, as loosely as mail systems write it; the length limits are those of 4.5.3.1.
_ADDRESS = re.compile(
    rf"(?<![{_LOCAL_CHARACTERS}])"
    rf"(?P<local>\"[^\"\r\n]{{1,64}}\"|[{_LOCAL_CHARACTERS}]{{1,200}}+)"
    rf"@(?P<domain>{_LABEL}(?:\.{_LABEL}){{0,12}}|\[[0-9A-Fa-f.:]{{3,45}}\])"
)

#: A field of a log, "to=anna@example.com"; an equals sign elsewhere belongs to the address.
_BLANK = re.compile(r"\s")
_KEY = re.compile(
    r"(?:(?:orig_|rcpt_|mail_)?(?:to|from|rcpt|recipient|sender)|e?mail|user|addr(?:ess)?)=", re.IGNORECASE
)

#: The type before the semicolon of a report's field, "rfc822" or "smtp", and an escaped character of RFC 6533, 3.
ADDRESS_TYPE = re.compile(r"\s*[\w-]+\s*")
_ESCAPE = re.compile(r"\\x\{([0-9A-Fa-f]{2,6})\}")

IP_ADDRESS = r"\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}"
HOST_NAME = rf"{_LABEL}(?:\.{_LABEL}){{1,12}}"


class Address(NamedTuple):
    """A mail address and where it stands."""

    value: str
    start: int
    end: int


def find_addresses(text: str) -> Iterator[Address]:
    """Yield the addresses in the order in which they stand; decorations (`<>`, quotes, a final dot) are left out."""
    end = 0
    while (at := text.find("@", end)) >= 0:
        match = _ADDRESS.search(text, _word_start(text, max(end, at - _BEFORE_AT), at))
        if match is None:
            return
        value, start, end = match[0], match.start(), match.end()
        stripped = value.lstrip("'*`={")
        start += len(value) - len(stripped)
        stripped = stripped.rstrip("-_")
        if "=" in stripped and (key := _KEY.match(stripped)):
            value, stripped = stripped, stripped[key.end() :].lstrip("'")
            start += len(value) - len(stripped)
        if not stripped.startswith("@"):
            yield Address(stripped, start, start + len(stripped))


def _word_start(text: str, low: int, at: int) -> int:
    """Return where the word before an @ begins, so that the pattern need not try what stands above it."""
    if text[at - 1 : at] == '"':
        return max(low, text.rfind('"', low, at - 1))
    return max(low, text.rfind(" ", low, at) + 1, text.rfind("\n", low, at) + 1)


def first_address(text: str) -> str | None:
    """Return the first address in the text, or None."""
    return next((address.value for address in find_addresses(text)), None)


def address_in_field(value: str) -> str | None:
    r"""Return the address of a field such as "rfc822; <anna@example.com>" (RFC 3464, 2.3.2; RFC 6533, 3).

    The address type before the semicolon is dropped, and the \x{...} escapes of RFC 6533 are resolved.
    """
    kind, semicolon, rest = value.partition(";")
    text = rest if semicolon and ADDRESS_TYPE.fullmatch(kind) else value
    if "\\x{" in text:
        text = _ESCAPE.sub(lambda match: chr(min(int(match[1], 16), 0x10FFFF)), text)
    return first_address(text) or _misspelt_address(text)


def _misspelt_address(text: str) -> str | None:
    """Return what stands for an address and is none, "anna@#example.org": that may be why the mail came back."""
    word = text.strip().strip("<>")
    local, _at, domain = word.rpartition("@")
    return word if local and domain and not _BLANK.search(word) else None
