"""Mimecast's logs: `...|Rcpt=a|Delivered=false|RejCode=550|RejInfo="5.1.1 ..."|...`, a line a recipient.

Its log of what came in names the `Recipient` and says `Act=Rej`: then Mimecast itself refused.

Source: Mimecast's documentation, "Understanding SIEM logs".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from codes.bounce.addresses import first_address
from codes.bounce.dates import iso_date
from codes.bounce.logs.story import Log, Try, said_here, told
from codes.bounce.report import Outcome

#: Fields in one line; a line with fewer bars is a row of something else.
_FEWEST_BARS = 5
_NEXT_FIELD = re.compile(r"\|(?=\w+=)")
_DELIVERED: dict[str, Outcome] = {"true": "delivered", "false": "failed"}
_REFUSED = "rej"


def read(lines: list[str]) -> Log | None:
    """Return what Mimecast's lines tell; it is the gateway of many, and wrote no notice."""
    own = (line for line in lines if line.count("|") >= _FEWEST_BARS and ("Rcpt=" in line or "Recipient=" in line))
    tries = [one for line in own if (one := _try(dict(_fields(line))))]
    return Log(None, told(tries)) if tries else None


def _fields(line: str) -> Iterator[tuple[str, str]]:
    """Yield names and values; a value in quotes may hold a bar itself, and loses its quotes."""
    for field in _NEXT_FIELD.split(line):
        name, _sign, value = field.partition("=")
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] == '"':
            value = value[1:-1].replace('\\"', '"')
        yield name.strip().lower(), value


def _try(fields: dict[str, str]) -> Try | None:
    recipient = first_address((fields.get("rcpt") or fields.get("recipient", ""))[:1000])
    refused_here = fields.get("act", "").lower() == _REFUSED
    outcome: Outcome | None = "failed" if refused_here else _DELIVERED.get(fields.get("delivered", "").lower())
    if recipient is None or outcome is None:
        return None
    said = f"{fields.get('rejcode', '')} {fields.get('rejinfo', '')}".strip()
    if outcome == "failed" and said.startswith("4"):
        outcome = "delayed"
    said = "" if outcome == "delivered" else said or fields.get("rejtype", "") or fields.get("err", "")
    return Try(
        fields.get("msgid", "") or fields.get("acode", ""),
        recipient,
        outcome,
        said,
        iso_date(fields.get("datetime", "")),
        ip=fields.get("ip") or None,
        delivery=said_here(said) if refused_here else None,
    )
