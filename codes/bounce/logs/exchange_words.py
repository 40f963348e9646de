"""What Exchange's logs have in common: names of columns, the last error in braces, dates as a screen shows them.

Sources: Microsoft's documentation of message tracking and message trace; posts in public forums for the braces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from codes.bounce.dates import iso_date

_BRACES = re.compile(r"\{(?P<name>LED|MSG|FQDN|IP|LRT)=(?P<value>[^{}]*)")
_SCREEN_DATE = re.compile(
    r"(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>\d{4}),? (?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<moment>\d\d))?"
    r"(?:\s?(?P<half>[AaPp])\.?[Mm])?"
)


@dataclass(frozen=True, slots=True)
class LastError:
    """What `[{LED=...};{MSG=...};{FQDN=...};{IP=...};{LRT=...}]` tells: the last error, whose it is, the last retry."""

    words: str
    host: str | None
    ip: str | None
    at: str | None


def last_error(text: str) -> LastError | None:
    """Return the last error that a text holds in braces, or None."""
    if "{LED=" not in text:
        return None
    found: dict[str, str] = {}
    for match in _BRACES.finditer(text):
        found.setdefault(match["name"], match["value"].strip())
    words = found["LED"] if "[" in found["LED"] else found["LED"].rstrip("]. ")
    host = found.get("FQDN", "").lower() or None
    return LastError(words, host, found.get("IP") or None, screen_date(found.get("LRT", "")))


def screen_date(text: str) -> str | None:
    """Return a date as ISO 8601. "1/21/2025 3:45 PM" has the month first, "05/11/2026 09:12" does not say."""
    found = _SCREEN_DATE.match(text.strip())
    if not found:
        return iso_date(text)
    first, second, hour = int(found["first"]), int(found["second"]), int(found["hour"])
    half = (found["half"] or "").lower()
    if not half and first <= 12 and second <= 12 and first != second:
        return None
    month, day = (first, second) if (half or second > 12) and first <= 12 else (second, first)
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    try:
        return datetime(
            int(found["year"]), month, day, hour, int(found["minute"]), int(found["moment"] or 0)
        ).isoformat()
    except ValueError:
        return None
