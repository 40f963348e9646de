"""amavis: `(02711-14) Blocked SPAM {RejectedInbound}, [ip] <from> -> <to>,<to2>, Queue-ID: q, ...`.

It tells what our own filter did with a mail, without a reply; what it only kept in quarantine or let pass tells of no
delivery. Source: amavisd's release notes and its template of the log ($log_templ).
"""

from __future__ import annotations

import re
from dataclasses import replace

from codes.bounce.logs.story import Log, Try, said_here, told
from codes.bounce.logs.syslog import SYSLOG, syslog_time

_LINE = re.compile(
    r"\([\d-]{4,20}\) (?P<words>Blocked [A-Z-]{3,20}(?: \([^)]{1,200}\))?) ?\{(?P<done>[^}]{1,200})\}, "
    r".*?<[^>]*> -> (?P<to><[^>]*>(?:, ?<[^>]*>)*)(?P<rest>.*)$"
)
_HEADER = re.compile(SYSLOG)
_IP = re.compile(r"\}, (?:[A-Z-]{3,20} )?(?:LOCAL )?\[(?P<ip>[0-9A-Fa-f.:]+)\]")
_QUEUE = re.compile(r"\bQueue-ID: (?P<queue>\w+)")
#: What was done with it, "RejectedInbound,Quarantined": only these mean that it did not arrive and somebody was told.
_REFUSED = re.compile(r"\b(?:Rejected|Bounced|Discarded)")


def read(lines: list[str]) -> Log | None:
    """Return the mails that amavis refused or threw away."""
    tries: list[Try] = []
    host = None
    for line in lines:
        found = _LINE.search(line) if "Blocked " in line and "amavis" in line else None
        if found is None or not _REFUSED.search(found["done"]):
            continue
        header, queue, ip = _HEADER.match(line), _QUEUE.search(found["rest"]), _IP.search(line)
        host = host or (header["host"] if header else None)
        refusal = replace(said_here(found["words"]), remote_ip=ip["ip"] if ip else None)
        one = Try(
            queue["queue"] if queue else "",
            None,
            "failed",
            found["words"],
            syslog_time(header["time"]) if header else None,
            stage="message",
            delivery=refusal,
        )
        tries += [replace(one, recipient=recipient) for recipient in re.findall(r"<([^>]+)>", found["to"])]
    return Log("amavis", told(tries), reporting_host=host) if tries else None
