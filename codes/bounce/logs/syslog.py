"""The beginning of a syslog line, old (RFC 3164) and new (RFC 5424 and ISO 8601)."""

from __future__ import annotations

import re

from codes.bounce.dates import iso_date

SYSLOG = (
    r"^(?:<\d+>)?(?:\d )?(?P<time>[A-Z][a-z]{2}\s+\d{1,2}(?: \d{4})? \d\d:\d\d:\d\d(?:\.\d+)?|"
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*)\s+(?P<host>[\w.-]+)\s+"
)


def syslog_time(text: str) -> str | None:
    """Return the time as it is written: ISO 8601 where there is a year, else "Nov 23 09:14:05"."""
    return iso_date(text) if re.match(r"\d{4}", text) else " ".join(text.split())
