"""Dovecot's delivery agents: `lmtp(user)<..>: msgid=<m>: saved mail to INBOX`, or why it could not be saved.

Source: Dovecot's documentation, "deliver_log_format", and Pigeonhole's messages.
"""

from __future__ import annotations

import re

from codes.bounce.logs.story import Log, Try, said_here, told
from codes.bounce.logs.syslog import SYSLOG, syslog_time
from codes.bounce.report import Outcome

_LINE = re.compile(
    rf"{SYSLOG}(?:dovecot|lmtp|lda)\S*: (?:lmtp|lda|deliver)\((?P<user>[^\s)(,]+)[^)]*\)\S*:? "
    r"(?:Info: |Error: )?(?:sieve: )?msgid=(?P<id>[^:]*|<[^>]*>): (?P<rest>.*)$"
)
_SAVED = re.compile(r"(?:stored mail into|saved mail to) ")
_FAILED = re.compile(r"(?:save failed to|failed to store into) (?:mailbox )?[^:]*: (?P<words>.*)$")
_REJECTED = re.compile(r"rejected: (?P<words>.*)$")
#: With these the agent refuses for good; anything else it tries again.
_FOR_GOOD = re.compile(r"quota|mailbox (?:for user )?is full", re.IGNORECASE)


def read(lines: list[str]) -> Log | None:
    """Return what became of messages that reached the server of the mailbox."""
    tries: list[Try] = []
    host = None
    for line in lines:
        if "msgid=" not in line or not (found := _LINE.match(line.strip())):
            continue
        host = host or found["host"]
        if became := _became(found["rest"]):
            outcome, words = became
            user = found["user"] if "@" in found["user"] else None
            at = syslog_time(found["time"])
            tries.append(Try(found["id"], user, outcome, words, at, stage="delivery", delivery=said_here(words)))
    return Log("dovecot", told(tries), reporting_host=host) if tries else None


def _became(rest: str) -> tuple[Outcome, str] | None:
    """Return the outcome that a line tells and the words of a failure, or None where it tells of something else."""
    if _SAVED.match(rest):
        return "delivered", ""
    if failed := _FAILED.match(rest):
        return ("failed" if _FOR_GOOD.search(failed["words"]) else "delayed"), failed["words"]
    if rejected := _REJECTED.match(rest):
        return "failed", rejected["words"]
    return None
