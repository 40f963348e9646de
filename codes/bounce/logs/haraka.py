"""Haraka: `recipient <a> rejected: 550 ...`, `... deferred: 450 ...`, `bouncing mail: ...`, joined by UUID.

A client's recipient is refused so as well, `[core] recipient <a> rejected: ...`; `lr=` at the end of the session
repeats the reply with its code. A line about the whole message, `delivered file=... host="..." response="..."
rcpts=1/0/0`, names no recipient: it ends what the lines before it said of those still tried, and stands alone where
there are none.

Both of Haraka's line forms are read: `[NOTICE] [UUID.1] [outbound] words` and `level=NOTICE uuid=UUID source=outbound
message="words"`. Sources: Haraka outbound/hmail.js, logger.js.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from codes.bounce.dates import iso_date
from codes.bounce.logs.story import Joint, Log, Try, said_here, told
from codes.bounce.report import Outcome
from codes.bounce.verdict import delivery_from_words

_UUID = re.compile(r"\b(?P<id>[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?:\.\d+){0,3})")
JOINT = Joint(re.compile(r"(?:\[|uuid=)([0-9A-Fa-f]{8}-[0-9A-Fa-f-]+(?:\.\d+){0,3})"))
_RECIPIENT = re.compile(r"\brecipient <(?P<to>[^<>\s]*)> (?P<what>rejected|deferred): (?P<words>.*)$")
#: The receiving side, which refuses a client.
_OF_CORE = re.compile(r"\[core\]|source=core\b")
_LAST_REPLY = re.compile(r'\blr="(?P<reply>[45]\d\d (?:[^"\\]|\\.)*)"')
_BOUNCING = re.compile(r"\bbouncing mail: (?P<words>.*)$")
#: The whole message is put off, whatever the last line before it says.
_PUT_OFF = re.compile(r"\bTemp failing \S+ for \d+ seconds: (?P<words>.*)$")
#: Why no host was reached, in a line of its own; then "Tried all MXs" says nothing.
_UNREACHED = re.compile(r"\bconnection failed to \S+ : (?:Error: )?(?P<words>\w+ \w+)")
_END = re.compile(r"\b(?P<what>delivered|bounced|deferred|delayed|failed) file=")
_VALUE = re.compile(r"\b(host|ip|response|rcpts)=(?:\"((?:[^\"\\]|\\.)*)\"|(\S*))")
_OUTCOMES: dict[str, Outcome] = {"delivered": "delivered", "deferred": "delayed", "delayed": "delayed"}
_TIME = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?|[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d"
)


def read(lines: list[str]) -> Log | None:
    """Return what Haraka's lines about mail tell that it sends, or refuses."""
    tries: list[Try] = []
    unreached = dict(_unreached(lines))
    last_replies = dict(_last_replies(lines))
    for line in lines:
        if "outbound" not in line:
            if "recipient <" in line and _OF_CORE.search(line) and (found := _RECIPIENT.search(line)):
                tries.append(_refused_here(line, found, last_replies))
            continue
        if "recipient <" in line and (found := _RECIPIENT.search(line)):
            outcome: Outcome = "failed" if found["what"] == "rejected" else "delayed"
            tries.append(_try(line, found["to"] or None, outcome, _unquoted(found["words"])))
        elif "bouncing mail: " in line and (found := _BOUNCING.search(line)):
            tries += _ends(line, _unquoted(found["words"]), tries)
        elif "Temp failing " in line and (found := _PUT_OFF.search(line)):
            put_off = _try(line, None, "delayed", _unquoted(found["words"]))
            if why := unreached.get(put_off.key):
                put_off = replace(_try(line, None, "delayed", why), stage="connect")
            if all(one.key != put_off.key for one in tries):
                tries.append(put_off)
        elif found := _END.search(line):
            tries += _of_message(line, _OUTCOMES.get(found["what"], "failed"), tries)
    return Log("haraka", told(tries)) if tries else None


def _refused_here(line: str, found: re.Match[str], last_replies: dict[str, str]) -> Try:
    """Return what Haraka refused a client; the last reply of the session, where it is the same one, has the code."""
    words = _unquoted(found["words"])
    refusal = _try(line, found["to"] or None, "failed" if found["what"] == "rejected" else "delayed", words)
    reply = last_replies.get(refusal.key.partition(".")[0], "")
    refusal = replace(refusal, words=reply if words in reply else words)
    return replace(refusal, delivery=said_here(refusal.words))


def _last_replies(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each session with the last reply in it."""
    for line in lines:
        found = _LAST_REPLY.search(line) if 'lr="' in line else None
        if found and (identity := _UUID.search(line)):
            yield identity["id"].partition(".")[0], found["reply"]


def _unreached(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        found = _UNREACHED.search(line) if "connection failed to " in line else None
        if found and (identity := _UUID.search(line)):
            yield identity["id"], found["words"]


def _ends(line: str, words: str, earlier: list[Try]) -> list[Try]:
    """Return the ends of the recipients for whom Haraka was still trying; it names those that failed already."""
    end = _try(line, None, "failed", words)
    last = {one.recipient: one for one in earlier if one.key == end.key}
    if not last:
        return [end]
    if words.startswith("Some recipients failed"):
        return []
    return [
        Try(end.key, recipient, "expired", "", end.at, stage="rcpt")
        for recipient, one in last.items()
        if one.outcome == "delayed"
    ]


def _of_message(line: str, outcome: Outcome, earlier: list[Try]) -> list[Try]:
    """Return what a line about the whole message ends; rcpts= counts those taken, put off and refused."""
    value = {match[1]: match[2] or match[3] or "" for match in _VALUE.finditer(line)}
    end = replace(
        _try(line, None, outcome, value.get("response", "")), host=value.get("host") or None, ip=value.get("ip") or None
    )
    if end.delivery:
        end = replace(end, delivery=replace(end.delivery, spoken_by="remote"))
    last = {one.recipient: one for one in earlier if one.key == end.key and one.recipient}
    if outcome != "delivered":
        return [] if last else [end]
    waiting = [recipient for recipient, one in last.items() if one.outcome == "delayed"]
    taken = int(counted[0]) if (counted := re.match(r"\d+", value.get("rcpts", ""))) else None
    if waiting and taken == len(waiting):
        return [replace(end, recipient=recipient) for recipient in waiting]
    return [] if last else [end]  # nobody names those who got it, beside those who did not


def _try(line: str, recipient: str | None, outcome: Outcome, words: str) -> Try:
    identity, time = _UUID.search(line), _TIME.search(line)
    at = time[0] if time else None
    said = delivery_from_words(None, None, words, "")
    if recipient and said.reply_code:  # the words in such a line are the remote host's
        said = replace(said, spoken_by="remote")
    return Try(
        key=identity["id"] if identity else "",
        recipient=recipient,
        outcome=outcome,
        words=words,
        at=(iso_date(at) if at[:1].isdigit() else " ".join(at.split())) if at else None,
        stage="rcpt" if recipient else None,
        delivery=said,
    )


def _unquoted(words: str) -> str:
    """Return the words without the quote that closes a logfmt value."""
    words = words.rstrip()
    return words[:-1] if words.endswith('"') and words.count('"') % 2 else words
