"""The beginning of a syslog line, old (RFC 3164) and new (RFC 5424 and ISO 8601), and what collectors put around it."""

from __future__ import annotations

import json
import re

from codes.bounce.dates import iso_date

#: How a line's time is written.
TIME = (
    r"[^\W\d_]{3,5}\.?\s+\d{1,2}(?: \d{4})? \d\d:\d\d:\d\d(?:\.\d+)?|"
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*"
)
#: Months are written in the language of the host.
SYSLOG = rf"^(?:<\d+>)?(?:\d )?(?P<time>{TIME})\s+(?P<host>[\w.-]+)\s+"
#: A line inside another one: docker, a collector or `grep` wrote its own beginning before it.
_INNER = re.compile(rf"(?<=[\s:|])(?:{TIME})\s+[\w.-]+\s+[\w./-]+\[\d+\]:\s")
#: The field that holds the line, where a collector writes objects: docker, journald and what is built on them.
_FIELDS = ("log", "MESSAGE", "message", "msg", "line", "_raw")
#: With one of these `grep` may begin: a file's name, or the number of a line.
_OF_NAMES = frozenset("/0123456789abcdefghijklmnopqrstuvwxyz")
_NAMES_FIELD = re.compile(rf'"(?:{"|".join(_FIELDS)})"\s*:')


#: Marks of quoting, of a list's items and of code before a line, and what `grep` writes there.
_MARKS = re.compile(r"(?:[>|`]|[-*•] )(?: ?[>|`])* ?")
_GREP = re.compile(rf"(?:[\w./-]{{1,120}}:)?(?:\d{{1,7}}[:-])?(?=(?:[A-Z][a-z]{{2}} )?(?:{TIME})|{{\"|#Fields: )")


def unwrapped(line: str) -> str:
    """Return the line that a mail system wrote, without what a collector, `grep` or a ticket put around it."""
    if not line or line.isspace():
        return ""
    if line[0] in ">`-*•" and (marks := _MARKS.match(line)):
        line = line[marks.end() :].rstrip("`")
    elif line[0] in _OF_NAMES and (found := _GREP.match(line)):
        line = line[found.end() :]
    if line.startswith("{") and _NAMES_FIELD.search(line):
        line = _in_object(line)
    if "]: " not in line:
        return line
    inner = _INNER.search(line)
    return line[inner.start() :] if inner else line


def _in_object(line: str) -> str:
    try:
        held = json.loads(line)
    except (ValueError, RecursionError):
        return line
    if isinstance(inside := held.get("result"), dict):  # Splunk
        held = inside
    return next((held[name].strip() for name in _FIELDS if isinstance(held.get(name), str)), line)


def syslog_time(text: str) -> str | None:
    """Return the time as it is written: ISO 8601 where there is a year, else "Nov 23 09:14:05"."""
    return iso_date(text) if re.match(r"\d{4}", text) else " ".join(text.split())
