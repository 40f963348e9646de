"""Turns the dates of mails and logs into ISO 8601."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_tz


def iso_date(text: str) -> str | None:
    """Return a date of RFC 5322 or of a log as ISO 8601; without a zone where none is written, None if unreadable."""
    text = " ".join(text.split())
    if not text:
        return None
    if match := re.match(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,]\d+)?(Z|[+-]\d\d:?\d\d)?", text):
        zone = {"Z": "+00:00", None: ""}.get(match[3], match[3] or "")
        zone = zone if not zone or ":" in zone else f"{zone[:3]}:{zone[3:]}"
        return f"{match[1]}T{match[2]}{zone}"
    parsed = parsedate_tz(text)
    if parsed is None:
        return None
    year, month, day, hour, minute, second = parsed[:6]
    try:
        moment = datetime(year, month, day, hour, minute, min(second, 59))
    except (ValueError, OverflowError):
        return None
    offset = parsed[9]
    # RFC 5322, 3.3: -0000 says nothing of the zone; neither does one of more than a day.
    if offset is None or text.endswith("-0000") or abs(offset) >= 86_400:
        return moment.isoformat()
    sign, minutes = ("-" if offset < 0 else "+"), abs(offset) // 60
    return f"{moment.isoformat()}{sign}{minutes // 60:02d}:{minutes % 60:02d}"
