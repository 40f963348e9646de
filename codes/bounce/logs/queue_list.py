"""The queue as `mailq` and `postqueue` list it: an entry, and in brackets why its recipients still wait.

Postfix and Sendmail write alike; `postqueue -j` writes an object for each message. `exim -bp` gives no reasons: an
entry, and below it the recipients, with a D before those who were reached. Sources: the manual page postqueue(1);
Exim's specification, "The Exim command line" (-bp).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from codes.bounce.addresses import first_address
from codes.bounce.logs.story import Log, Try, told

_HEADING = re.compile(r"\s*-+ ?Q(?:ueue )?-?ID ?-+\s+-+Size-+", re.IGNORECASE)
_ENTRY = re.compile(
    r"(?P<queue>[0-9A-Za-z]{5,25})[*!#+-]?\s+\d+\s+[A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} \d\d:\d\d(?::\d\d)?\s+\S+"
)
_RECIPIENT = re.compile(r"\s*<?(?P<address>[^\s<>()@]+@[^\s<>()]+)>?\s*$")
_EXIM_ENTRY = re.compile(
    r"\s*\d{1,4}[smhdw]\s+[\d.]+[KMG]?\s+(?P<queue>[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4})\s+<[^>]*>"
)
_EXIM_RECIPIENT = re.compile(r"\s+(?P<reached>D )?(?P<address>[^\s<>()@]+@[^\s<>()]+)\s*$")
_OBJECT = '{"queue_name":'


def read(lines: list[str]) -> Log | None:
    """Return who still waits in a listed queue, and why; whoever waits for nobody's fault is left out."""
    if objects := [line for line in lines if line.startswith(_OBJECT)]:
        tries = [one for line in objects for one in _of_object(line)]
        return Log("postfix", told(tries)) if tries else None
    if any(map(_EXIM_ENTRY.match, lines)):
        return Log("exim", told(tries)) if (tries := list(_listed_by_exim(lines))) else None
    if not any(map(_ENTRY.match, lines)):
        return None
    tries = list(_listed(lines))
    heading = next(filter(_HEADING.match, lines), "")
    system = "sendmail" if "Q-ID" in heading else "postfix" if heading else None
    return Log(system, told(tries)) if tries else None


def _listed(lines: list[str]) -> Iterator[Try]:
    queue = words = ""
    for line in lines:
        if entry := _ENTRY.match(line):
            queue, words = entry["queue"], ""
        elif queue and line.lstrip().startswith("("):
            words = line.strip()[1:].removesuffix(")")
        elif words and (recipient := _RECIPIENT.match(line)):
            yield Try(queue, recipient["address"], "delayed", words)
        elif not line[:1].isspace():
            queue = words = ""  # the list is over: below stands what somebody wrote


def _listed_by_exim(lines: list[str]) -> Iterator[Try]:
    queue = ""
    for line in lines:
        if entry := _EXIM_ENTRY.match(line):
            queue = entry["queue"]
        elif queue and (recipient := _EXIM_RECIPIENT.match(line)):
            yield Try(queue, recipient["address"], "delivered" if recipient["reached"] else "delayed", "")


def _of_object(line: str) -> Iterator[Try]:
    try:
        held: dict[str, Any] = json.loads(line)
    except (ValueError, RecursionError):
        return
    recipients = held.get("recipients")
    for one in recipients if isinstance(recipients, list) else ():
        why, address = (one.get("delay_reason"), one.get("address")) if isinstance(one, dict) else (None, None)
        if isinstance(why, str) and isinstance(address, str) and (recipient := first_address(address)):
            yield Try(str(held.get("queue_id", "")), recipient, "delayed", why)
