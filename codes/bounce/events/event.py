"""What the readers of services share: an event taken apart, and values as JSON may hold them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from codes.bounce.dates import iso_date
from codes.bounce.logs.story import Try
from codes.bounce.report import Delivery, Speaker
from codes.bounce.verdict import delivery_from_words


@dataclass(frozen=True, slots=True)
class Event:
    """What one object tells; it may tell nothing of a delivery: opened, clicked, sent."""

    system: str
    tries: tuple[Try, ...] = ()


#: Takes an object and returns what it tells, or None where it is not its service's.
Reader = Callable[[dict[str, Any]], Event | None]


def complaint(system: str, key: str, recipients: list[str | None], at: str | None) -> Event:
    """Return a complaint: the message was delivered, and its reader called it spam."""
    delivery = Delivery(outcome="delivered", complained=True)
    return Event(system, tuple(Try(key, to, "delivered", "", at, delivery=delivery) for to in recipients))


def said(words: str, *, code: str = "", local: bool = False) -> Delivery:
    """Return what a service quotes of the remote host's reply, or says itself where `local`.

    `code` is the reply code where the service keeps it apart; numbers of its own (498, 605) are none.
    """
    found = delivery_from_words(None, None, words, "")
    if found.reply_code is None and is_reply_code(code):
        found = delivery_from_words(None, None, f"{code} {words}".strip(), "")
    speaker: Speaker = "local" if local or found.reply_code is None else "remote"
    return replace(found, spoken_by=speaker)


def is_reply_code(code: str) -> bool:
    """Whether a number can be a reply code (RFC 5321, 4.2.1: the second digit is 0 to 5).

    Hosts refuse with 571 and 591 all the same; services' own numbers begin with 4 and 6.
    """
    if len(code) != 3 or not (code.isascii() and code.isdigit()):
        return False
    return code[0] == "5" or (code[0] in "24" and code[1] in "012345")


def as_object(value: object) -> dict[str, Any]:
    """Return an object, empty where the value is none."""
    return value if isinstance(value, dict) else {}


def as_objects(value: object) -> list[dict[str, Any]]:
    """Return the objects of a list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def as_text(value: object) -> str:
    """Return a text or a number as text, else the empty string."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 63 else ""


def address(value: object) -> str | None:
    """Return an address, None where it is empty or no text."""
    return value.strip() or None if isinstance(value, str) else None


def addresses(value: object) -> list[str | None]:
    """Return the addresses of a list, or the one that stands without."""
    return [address(one) for one in (value if isinstance(value, list) else [value])]


def moment(value: object) -> str | None:
    """Return a time as ISO 8601: seconds or milliseconds since 1970 are UTC, a text is read as it is written."""
    if isinstance(value, str):
        try:
            number = float(value)
        except ValueError:
            return iso_date(value[:60])
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        number = float(value) if abs(value) < 1e15 else 0.0
    else:
        return None
    if not math.isfinite(number) or not 1e8 < number < 1e13:
        return None
    seconds = number / 1000 if number > 1e11 else number
    return datetime.fromtimestamp(int(seconds), UTC).isoformat()
