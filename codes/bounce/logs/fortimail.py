"""FortiMail: `date=... session_id="..." type=statistics disposition="Reject" classifier="Virus Signature" to="a"`.

Its event log holds the lines of its Sendmail, `msg="to=<a>, ..., stat=..."`. Source: FortiMail's log reference.
"""

from __future__ import annotations

import re

from codes.bounce.addresses import find_addresses
from codes.bounce.dates import iso_date
from codes.bounce.logs.sendmail import tries_of
from codes.bounce.logs.story import Log, Try, said_here, told
from codes.bounce.report import Outcome

#: Fields are parted by blanks or, where they were exported, by commas; a value in quotes may hold both.
_FIELD = re.compile(r'\b(?P<name>[a-z_]{2,20})=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s,]*))')
#: Quarantined and filtered messages were not delivered, and nobody is told.
_DISPOSITIONS: dict[str, Outcome] = {"reject": "failed", "defer": "delayed", "delay": "delayed"}


def read(lines: list[str]) -> Log | None:
    """Return what FortiMail's lines tell; it is the gateway of many, and wrote no notice."""
    tries: list[Try] = []
    for line in lines:
        if "session_id=" not in line or "date=" not in line:
            continue
        # a message may hold quotes of its own, and is the last field
        head, _name, message = line.partition(' msg="')
        fields = {found["name"]: found["quoted"] or found["bare"] or "" for found in _FIELD.finditer(head)}
        key, at = fields.get("session_id", ""), iso_date(f"{fields.get('date', '')} {fields.get('time', '')}")
        message = message.strip().removesuffix('"')
        if message.startswith("to=") and "stat=" in message:
            tries += tries_of(key, message, at)
        elif outcome := _DISPOSITIONS.get(fields.get("disposition", "").lower()):
            words = f"{fields['disposition']}: {fields.get('classifier', '')}"
            tries += [
                Try(key, to.value, outcome, words, at, delivery=said_here(words))
                for to in find_addresses(fields.get("to", ""))
            ]
    return Log(None, told(tries)) if tries else None
