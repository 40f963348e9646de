"""Objects of a system that nobody listed: structured logs, an archive's record, what a program printed of its error.

Each names a recipient and holds a reply, in one field or with the code in a field of its own, wherever they stand:
`{"recipient": .., "attempt": {"result": {"code": 550, "reason": [..]}}, "action": "BOUNCE"}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from codes.bounce.addresses import first_address
from codes.bounce.events.event import Event, as_text, is_reply_code, moment, said
from codes.bounce.logs.story import Try
from codes.bounce.report import Delivery, Outcome
from codes.bounce.stage import stage_of_command
from codes.bounce.verdict import outcome_of_code

#: Names of fields without what parts their words: "rcpt_to", "RcptTo". These are of a mail's envelope; those of
#: `_ADDRESS` may be anybody's, so that a field that only a mail has stands beside.
_RECIPIENT = (
    *("recipient", "recipients", "recipientaddress", "rcpt", "rcptto", "rcpts", "envelopeto", "envelopercpt"),
    *("finalrecipient", "originalrecipient", "mailto", "rejected", "destinatario", "empfaenger", "destinataire"),
)
_ADDRESS = ("to", "email", "emailaddress", "address")
_OF_MAIL = frozenset(
    "from sender mailfrom envelopefrom returnpath subject messageid queueid queue smtp smtpcode smtpstatus smtpreply "
    "smtpresponse smtpenhancedcode mx mxhost remotemx dsn enhancedcode enhancedstatuscode bouncetype relay".split()
)
_WORDS = (
    *("smtpreply", "smtpresponse", "reply", "response", "diagnostic", "diagnosticcode", "diag", "dsndiag", "lasterror"),
    *("reason", "error", "errormessage", "detail", "details", "description", "message", "msg", "text", "content"),
)
_CODE = ("smtpcode", "smtpstatus", "smtpstatuscode", "smtpreplycode", "replycode")
#: These may as well hold what a web server answered (RFC 9110, 15).
_ANY_CODE = ("code", "responsecode", "statuscode", "status")
_OF_HTTP = re.compile(r"20\d|4(?:0\d|1\d|22|29|31)|50\d")
_ENHANCED = ("enhanced", "enhancedcode", "enhancedstatus", "enhancedstatuscode", "smtpenhancedcode", "dsn", "dsnstatus")
_HAPPENED = ("action", "event", "eventtype", "result", "status", "state", "outcome", "type")
_TIME = ("@timestamp", "timestamp", "time", "ts", "date", "eventtime", "created", "createdat")
_ENDED = re.compile(r"bounce|fail|expire|reject|undeliver|perm", re.IGNORECASE)
_SOFT = re.compile(r"soft|temp|transient|defer|delay", re.IGNORECASE)
_ENHANCED_CODE = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_REPLY_BEGINS = re.compile(r"\s*(?:smtp;\s*)?(?P<reply>[245]\d\d[ -]\S)")
#: Objects in objects that are looked into, and fields of one.
_DEEPEST, _MOST_FIELDS = 4, 200
_PARTS_WORDS = re.compile(r"[_\-. ]+")


def read(event: dict[str, Any]) -> Event | None:
    """Return what an object tells that names a recipient of mail and the reply about them."""
    fields: dict[str, list[object]] = {}
    for name, value in _fields(event, 0):
        fields.setdefault(name, []).append(value)
        if len(fields) > _MOST_FIELDS:
            return None
    recipients = _addresses_of(fields, _RECIPIENT) or _addresses_of(fields, _ADDRESS)
    reply = _reply_in(fields) if recipients else None
    if reply is None or reply.reply_code is None:
        return None
    if not (fields.keys() & _OF_MAIL or fields.keys() & set(_RECIPIENT) or reply.enhanced_code):
        return None
    command = next(_texts(fields, ("command", "smtpcommand")), "")
    reply = replace(reply, stage=stage_of_command(command) or reply.stage)
    at = next(filter(None, map(moment, _values(fields, _TIME))), None)
    outcome = _outcome(reply.reply_code or "", fields)
    return Event("", tuple(Try("", to, outcome, reply.reply_text, at, delivery=reply) for to in recipients))


def _fields(value: dict[str, Any], depth: int) -> Iterator[tuple[str, object]]:
    """Yield the fields of an object and of those inside it, by their names without what parts the words."""
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield _PARTS_WORDS.sub("", name).lower(), None
            if depth < _DEEPEST:
                yield from _fields(inner, depth + 1)
        else:
            yield _PARTS_WORDS.sub("", name).lower(), inner


def _values(fields: dict[str, list[object]], names: tuple[str, ...]) -> Iterator[object]:
    for name in names:
        yield from fields.get(name, ())


def _texts(fields: dict[str, list[object]], names: tuple[str, ...]) -> Iterator[str]:
    """Yield what fields of these names say; the lines of a reply may be a list."""
    for value in _values(fields, names):
        parts = [as_text(one) for one in value] if isinstance(value, list) else [as_text(value)]
        if text := " ".join(filter(None, parts)):
            yield text


def _addresses_of(fields: dict[str, list[object]], names: tuple[str, ...]) -> list[str]:
    found = [
        address
        for value in _values(fields, names)
        for one in (value if isinstance(value, list) else [value])
        if isinstance(one, str) and len(one) < 400 and "@" in one and (address := first_address(one))
    ]
    return list(dict.fromkeys(found))


def _reply_in(fields: dict[str, list[object]]) -> Delivery | None:
    """Return the reply, from the field that begins with its code, or from those of the code and of its words."""
    texts = list(_texts(fields, _WORDS))
    for text in texts:
        begun = _REPLY_BEGINS.match(text)
        if begun and (reply := said(text[begun.start("reply") :])).reply_code:
            return reply
    code = next(filter(is_reply_code, _texts(fields, _CODE)), "")
    anybodys = (one for one in _texts(fields, _ANY_CODE) if is_reply_code(one) and not _OF_HTTP.fullmatch(one))
    code = code or next(anybodys, "")
    if not code or not texts:
        return None
    enhanced = next((found[0] for one in _texts(fields, _ENHANCED) if (found := _ENHANCED_CODE.match(one))), "")
    words = texts[0] if enhanced in texts[0] else f"{enhanced} {texts[0]}"
    return said(f"{code} {words}")


def _outcome(code: str, fields: dict[str, list[object]]) -> Outcome:
    """Return what became of the message; one that was put off is given up where the object calls it bounced."""
    outcome = outcome_of_code(code)
    happened = " ".join(_texts(fields, _HAPPENED))
    given_up = outcome == "delayed" and _ENDED.search(happened) and not _SOFT.search(happened)
    return "expired" if given_up else outcome
