r"""maddy: `queue: delivery attempt failed\t{"msg_id":"7c1e","rcpt":"a","smtp_code":550,"smtp_enchcode":"5.1.1",...}`.

`queue: delivered`, `will retry` and `not delivered, permanent error` end a try without words; the last one also where
maddy gives up. What an endpoint refused a client is its `RCPT error`, `MAIL FROM error` or `DATA error`. From memory of
internal/target/queue/queue.go, internal/smtpconn/smtpconn.go, internal/endpoint/smtp/session.go, framework/log.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from codes.bounce.logs.story import Joint, Log, Try, told
from codes.bounce.logs.syslog import TIME, syslog_time
from codes.bounce.report import Outcome, Speaker, Stage
from codes.bounce.verdict import delivery_from_words, outcome_of_code

#: Tabs before the object may have become blanks.
_LINE = re.compile(
    r"(?:^|\s)(?P<module>queue|smtp|submission|lmtp): (?P<what>[A-Za-z][A-Za-z, ]{3,40}?)\s+(?P<fields>\{\".*)$"
)
_HEADER = re.compile(rf"(?P<time>{TIME})(?:\s+(?P<host>[\w.-]+)\s+[\w./-]+\[\d+\]:)?")
JOINT = Joint(re.compile(r"(\"msg_id\":\"[0-9a-z-]{4,40}\")"))
_OUTCOMES: dict[str, Outcome] = {
    "delivered": "delivered",
    "delivery attempt failed": "delayed",
    "will retry": "delayed",
    "not delivered, permanent error": "failed",
}
_REFUSED: dict[str, Stage] = {"RCPT error": "rcpt", "MAIL FROM error": "mail", "DATA error": "message"}
#: What another host answered; maddy gives a code to its own words as well.
_SAID = re.compile(r"(?P<host>\S{1,255}) said: (?P<words>.*)$", re.DOTALL)
_DECODER = json.JSONDecoder()


def read(lines: list[str]) -> Log | None:
    """Return what maddy's lines tell."""
    tries: list[Try] = []
    taken: dict[str, list[str]] = {}  # those of a message that a client hands in: an error of DATA names nobody
    host = None
    for line in lines:
        found = _LINE.search(line) if '"msg_id"' in line else None
        fields = _fields(found["fields"]) if found else {}
        if found is None or not fields:
            continue
        what, key, recipient = found["what"], _text(fields, "msg_id"), _text(fields, "rcpt")
        header = _HEADER.search(line, 0, found.start("module"))
        at = syslog_time(header["time"]) if header else None
        if found["module"] == "queue" and what in _OUTCOMES:
            listed = fields.get("rcpts")
            named = [recipient] if recipient else [to for to in listed if to] if isinstance(listed, list) else []
            one = _try(fields, key, _OUTCOMES[what], at, "local")
        elif what in _REFUSED and _text(fields, "smtp_code")[:1] in ("4", "5"):
            named = [recipient] if recipient else taken.pop(key, [""]) if what == "DATA error" else [""]
            one = replace(_try(fields, key, "failed", at, "own-server"), stage=_REFUSED[what])
        else:
            if what == "RCPT ok" and recipient:
                taken.setdefault(key, []).append(recipient)
            continue
        tries += [replace(one, recipient=str(to) or None) for to in named]
        host = host or (header["host"] if header else None)
    return Log("maddy", told(tries), reporting_host=host) if tries else None


def _fields(text: str) -> dict[str, Any]:
    try:
        return dict(_DECODER.raw_decode(text)[0])
    except (ValueError, RecursionError):
        return {}  # cut off


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    return str(value) if isinstance(value, str | int) else ""


def _try(fields: dict[str, Any], key: str, outcome: Outcome, at: str | None, speaker: Speaker) -> Try:
    """Return what a line tells, of nobody yet; `speaker` is whose words those of no other host are."""
    code, enhanced, words = (_text(fields, name) for name in ("smtp_code", "smtp_enchcode", "smtp_msg"))
    answered = _SAID.match(words) if " said: " in words else None
    if answered or (code and speaker == "own-server"):
        words = f"{code} {enhanced} {answered['words'] if answered else words}"
    else:  # the code is not a reply of anybody's: no host was reached
        words = _text(fields, "reason") or words
    said = replace(delivery_from_words(None, None, words, ""), spoken_by="remote" if answered else speaker)
    outcome = outcome_of_code(code) if code else outcome
    status = enhanced if enhanced[:1] in ("4", "5") else None
    host = (answered["host"] if answered else _text(fields, "remote_server")).rstrip(".").lower() or None
    ip = _text(fields, "remote_addr").rpartition(":")[0].strip("[]") or None
    return Try(key, None, outcome, words, at, status=status, host=host, ip=ip, delivery=said)
