"""Stalwart: `TIME INFO RCPT TO rejected (delivery.rcpt-to-rejected) queueId = 2, to = "a", code = 550, details = "no"`.

The queue id joins the tries. An event about a host or a whole message names no recipient, or the message's list: it is
told of those in its domain for whom nothing is settled yet. A `dsn-...` event is the last word on its recipient.
From memory of Stalwart crates/trc (names, text form), crates/smtp/src/outbound, crates/smtp/src/queue/dsn.rs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from codes.bounce.addresses import find_addresses
from codes.bounce.dates import iso_date
from codes.bounce.logs.story import Joint, Log, Try, told
from codes.bounce.report import Outcome, Stage
from codes.bounce.verdict import delivery_from_words, outcome_of_code

_LINE = re.compile(r"\(delivery\.(?P<event>[a-z-]{4,40})\)\s+(?P<fields>\S.*)$")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_COLOURS = re.compile(r"\x1b\[[\d;]{0,12}m")
#: Names follow a comma, or the brace that opens an error within the event.
_NEXT_FIELD = re.compile(r"(?:, |\{ )(?=[A-Za-z]{1,20} = )")
#: How a whole reply is written as one value.
_REPLY = re.compile(r"Code: (\d{3}), Enhanced code: (\d\.\d{1,3}\.\d{1,3}), Message: ?(.*)$")
JOINT = Joint(re.compile(r"\b(queueId = \d{1,20})\b"), re.compile(r"\(delivery\.completed\) (queueId = \d{1,20})\b"))
_NOTIFIED: dict[str, Outcome] = {"dsn-perm-fail": "failed", "dsn-temp-fail": "delayed", "dsn-success": "delivered"}
_STAGES: dict[str, Stage] = {
    "connect-error": "connect",
    "greeting-failed": "connect",
    "ehlo-rejected": "ehlo",
    "mail-from-rejected": "mail",
    "rcpt-to-rejected": "rcpt",
    "message-rejected": "message",
}
#: Where nobody answered, the next host or the next try may take the message.
_UNANSWERED = ("connect-error", "greeting-failed")
#: The lines of a message to more recipients are not told of each of them; notifications name everyone.
_MOST_NAMED = 10


@dataclass(slots=True)
class _Message:
    """Whom the lines about a message name, and what was told last of each, by address in lower case."""

    named: dict[str, str] = field(default_factory=dict)
    last: dict[str, Try] = field(default_factory=dict)

    def waiting(self, domain: str) -> list[str]:
        """Return those in a domain, or in all, for whom nothing is settled yet; no name where no line has one."""
        if len(self.named) > _MOST_NAMED:
            return []
        settled = {to for to, one in self.last.items() if one.outcome != "delayed"}
        end = f"@{domain}" if domain else ""
        return [self.named[to] for to in self.named if to not in settled and to.endswith(end)] if self.named else [""]

    def told_of(self, to: str, one: Try, event: str) -> Try:
        """Return what an event tells of a recipient; a notification that repeats an answer adds its enhanced code."""
        before = self.last.get(to.lower())
        if event in _NOTIFIED and before and one.words[:3].isdigit() and before.words[:4] == one.words[:4]:
            one = replace(one, words="", at=one.at if before.outcome == "delayed" else before.at)
        self.last[to.lower()] = one
        return replace(one, recipient=to or None)


def read(lines: list[str]) -> Log | None:
    """Return what Stalwart's lines about outgoing mail tell."""
    tries: list[Try] = []
    messages: dict[str, _Message] = {}
    for line in lines:
        found = _LINE.search(_COLOURS.sub("", line)) if "delivery." in line else None
        if found is None:
            continue
        parts = (part.partition(" = ") for part in _NEXT_FIELD.split(found["fields"]))
        fields = {name: _plain(value) for name, _sign, value in parts}
        key = fields.get("queueId", "")
        message = messages.setdefault(key, _Message()) if key else _Message()
        named = [address.value for address in find_addresses(fields.get("to", ""))]
        message.named.update((to.lower(), to) for to in named)
        time = _TIME.search(found.string, 0, found.start())
        if one := _try(found["event"], key, fields, iso_date(time[0]) if time else None):
            if not named or fields["to"].startswith("["):
                named = message.waiting(fields.get("domain", "").lower())
            tries += [message.told_of(to, one, found["event"]) for to in named]
    return Log("stalwart", told(tries)) if tries else None


def _plain(value: str) -> str:
    """Return a value without its quotes, and without the brace that closes an error."""
    value = value.strip().removesuffix("}").rstrip()
    return value[1:].removesuffix('"').replace('\\"', '"') if value.startswith('"') else value


def _try(event: str, key: str, fields: dict[str, str], at: str | None) -> Try | None:
    """Return what an event tells, of nobody yet."""
    code, words = fields.get("code", ""), fields.get("reason") or fields.get("details", "")
    if "Code: " in words and (reply := _REPLY.search(words)):
        code, words = reply[1], reply[3] if reply[2] == "0.0.0" else f"{reply[2]} {reply[3].removeprefix(reply[2])}"
    words = f"{code} {words}" if code and not words.startswith(code) else words
    words = words or ("null MX" if event == "null-mx" else "")  # its name says it all
    said = delivery_from_words(None, None, words, "")
    outcome = _NOTIFIED.get(event)
    if outcome == "failed" and said.outcome == "expired":
        outcome = "expired"  # nobody answered until the time was up
    elif said.reply_code and (event in _STAGES or event == "delivered"):
        outcome = outcome_of_code(said.reply_code)
    elif event in _UNANSWERED:
        outcome = "delayed"
    elif event == "null-mx":
        outcome = "failed"
    if outcome is None:
        return None
    said = replace(said, spoken_by="remote" if said.reply_code else "local")
    host, ip, status = fields.get("hostname", "").lower() or None, fields.get("remoteIp") or None, said.enhanced_code
    return Try(key, None, outcome, words, at, status=status, host=host, ip=ip, stage=_STAGES.get(event), delivery=said)
