"""Reads the machine-readable part of a delivery report (RFC 3464; RFC 6533 for UTF-8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from sys import intern

from codes.bounce.addresses import ADDRESS_TYPE, address_in_field
from codes.bounce.report import Outcome

_FIELD = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,60})[ \t]*:[ \t]*(.*)$")
_STATUS = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})(?!\d)")
_ACTIONS: dict[str, Outcome] = {
    "failed": "failed",
    "failure": "failed",
    "delayed": "delayed",
    "delay": "delayed",
    "delivered": "delivered",
    "relayed": "relayed",
    "expanded": "expanded",
}

_NO_ACTION = re.compile(r"[^a-z]+.*$")
_COMMENT = re.compile(r"\(([^()]*)\)")
_HOST_COMMENT = re.compile(r"\(.*?\)")
_TYPES_AGAIN = re.compile(r"\s*(?:smtp\s*;\s*)+", re.IGNORECASE)
#: A group with one of these is about a recipient.
_OF_A_RECIPIENT = frozenset({"final-recipient", "original-recipient", "action", "status"})

#: Where CommuniGate Pro says into which of its queues a message was put: "system;<example.com@SMTP>".
_NO_ADDRESS = re.compile(r"\s*system\s*;", re.IGNORECASE)

Fields = dict[str, str]


@dataclass(slots=True)
class RecipientStatus:
    """What the report says of one recipient; each text as it stands there, once for all who share it."""

    recipient: str | None
    original_recipient: str | None
    action: str
    outcome: Outcome | None
    status: str | None
    #: What the status field says in brackets: "4.0.0 (host name lookup failure)".
    comment: str
    diagnostic: str
    diagnostic_type: str
    remote: str
    at: str
    retry_until: str


@dataclass(frozen=True, slots=True)
class DeliveryStatus:
    """A whole message/delivery-status part."""

    message: Fields
    recipients: tuple[RecipientStatus, ...]

    @property
    def probed(self) -> bool:
        """Whether it answers a probe ("deliverable"): nothing was sent."""
        return any(status.action in ("deliverable", "undeliverable") for status in self.recipients)

    @property
    def reporting_host(self) -> str | None:
        """The host that wrote the report, without its type."""
        return named_host(self.message.get("reporting-mta", ""))


def read_delivery_status(text: str) -> DeliveryStatus:
    """Read the groups of fields; blank lines may be missing, and fields may stand in any order."""
    message: Fields = {}
    recipients = []
    for group in _groups(text):
        if not _OF_A_RECIPIENT.isdisjoint(group):
            recipients.append(_recipient(group))
            if "reporting-mta" in group and not message:
                message = group
        else:
            message = {**group, **message}
    told = tuple(status for status in recipients if status is not None)
    named = tuple(status for status in told if status.recipient)  # an action may stand among the message's fields
    return DeliveryStatus(message, named or told)


def named_host(value: str) -> str | None:
    """Return the host of a field such as "dns; mx.example.com (192.0.2.1)", without its type and comments."""
    rest = value.partition(";")[2] if ";" in value else value
    rest = (_HOST_COMMENT.sub("", rest) if "(" in rest else rest).strip().strip("<>").rstrip(".")
    return rest.split()[0].lower() if rest else None


def _groups(text: str) -> Iterator[Fields]:
    """Yield the groups of fields, folded lines joined; a second recipient begins a new group."""
    group: Fields = {}
    last = ""
    for line in _lines(text):
        if not line or line.isspace():
            if group:
                yield group
            group, last = {}, ""
            continue
        match = _FIELD.match(line)
        if match:
            name = match[1].lower()
            if name in ("final-recipient", "reporting-mta") and name in group:
                yield group
                group = {}
            last = name
            if name not in group:
                group[name] = match[2].strip()
            elif name == "diagnostic-code":
                group[name] += "\n" + match[2].strip()
        elif last and (line[0] in " \t" or last == "diagnostic-code"):
            group[last] += "\n" + line.strip()
    if group:
        yield group


def _lines(text: str) -> Iterator[str]:
    """Yield the lines one by one: a list of those of a long report would take more memory than what is read from it."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end].removesuffix("\r")
        start = end + 1
    yield text[start:].removesuffix("\r")


def _recipient(fields: Fields) -> RecipientStatus | None:
    action = _NO_ACTION.sub("", fields.get("action", "").strip().lower())
    said = fields.get("status", "")
    status = _STATUS.search(said)
    diagnostic_type, semicolon, diagnostic = fields.get("diagnostic-code", "").partition(";")
    if not semicolon or not ADDRESS_TYPE.fullmatch(diagnostic_type):
        diagnostic_type, diagnostic = "", fields.get("diagnostic-code", "")
    diagnostic = diagnostic.strip()
    repeated = _TYPES_AGAIN.match(diagnostic)
    final = fields.get("final-recipient", "")
    original = address_in_field(fields.get("original-recipient", ""))
    recipient = original if original and _NO_ADDRESS.match(final) else address_in_field(final)
    if not recipient and not original and not action and not status:
        return None
    return RecipientStatus(
        recipient=recipient or original,
        original_recipient=original,
        action=intern(action),
        outcome=_ACTIONS.get(action),
        status=intern(".".join(status.groups())) if status else None,
        comment=" ".join(_COMMENT.findall(said)) if "(" in said else "",
        diagnostic=intern(diagnostic[repeated.end() :] if repeated else diagnostic),
        diagnostic_type=intern(diagnostic_type.strip().lower()),
        remote=intern(fields.get("remote-mta", "")),
        at=fields.get("last-attempt-date", ""),
        retry_until=fields.get("will-retry-until", ""),
    )
