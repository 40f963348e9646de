"""Rspamd's task line: `id: <mid>, qid: <queue id>, ip: <ip>, from: <s>, (default: T (reject): [16.20/15.00] [...])`.

It tells what our own server did with a client's mail, with a score and without a reply; only `reject`, `soft reject`
and `greylist` are verdicts on delivery. Source: rspamd src/libserver/task.c (log_format).
"""

from __future__ import annotations

import re
from dataclasses import replace

from codes.bounce.dates import iso_date
from codes.bounce.logs.story import Log, Try, said_here, told
from codes.bounce.report import Outcome

_VERDICT = re.compile(r"\((?P<words>default: [TFS] \((?P<what>reject|soft reject|greylist)\): \[-?[\d.]+/-?[\d.]+\])")
_QUEUE = re.compile(r"\bqid: <(?P<queue>[^>]*)>")
_IP = re.compile(r"\bip: (?P<ip>[0-9A-Fa-f.:]+)")
_RECIPIENTS = re.compile(r"[ ,]rcpts?: (?P<to><[^>]*>(?:, ?<[^>]*>)*)")
_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_OUTCOMES: dict[str, Outcome] = {"reject": "failed", "soft reject": "delayed", "greylist": "delayed"}


def read(lines: list[str]) -> Log | None:
    """Return the refusals that rspamd's task lines tell."""
    tries: list[Try] = []
    for line in lines:
        if "(default: " not in line or "qid: <" not in line or not (found := _VERDICT.search(line)):
            continue
        queue, ip, time = _QUEUE.search(line), _IP.search(line), _TIME.search(line)
        named = _RECIPIENTS.search(line)
        words = " ".join(found["words"].split())
        refusal = replace(
            said_here(words),
            reply_code=None,
            enhanced_code=None,
            remote_ip=ip["ip"] if ip else None,
        )
        tries.extend(
            Try(
                queue["queue"] if queue and queue["queue"] != "undef" else "",
                recipient,
                _OUTCOMES[found["what"]],
                words,
                iso_date(time[0]) if time else None,
                stage="message",
                delivery=refusal,
            )
            for recipient in (re.findall(r"<([^>]+)>", named["to"]) if named else [None])
        )
    return Log("rspamd", told(tries)) if tries else None
