"""What the reader returns: what the mail systems said, without judgement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "delivery-report",
    "notice",
    "log",
    "reply",
    "transcript",
    "event",
    "complaint",
    "auto-reply",
    "read-receipt",
    "pec-receipt",
    "other",
]
Outcome = Literal["failed", "expired", "delayed", "delivered", "relayed", "expanded", "none"]
Stage = Literal["connect", "ehlo", "starttls", "auth", "mail", "rcpt", "data", "message", "delivery", "quit"]

#: Whose words a reply is: another host's, the sending system's own, those of the server of whoever shows them (it
#: refused a client or, at its administrator's word, a message, or took no call of a program); or it does not show.
Speaker = Literal["remote", "local", "own-server", "unknown"]


@dataclass(frozen=True, slots=True)
class Original:
    """The mail that was not delivered, as far as its headers came back."""

    sender: str | None = None
    date: str | None = None
    subject: str | None = None
    message_id: str | None = None
    #: Names and addresses of the hosts in its Received lines, the last hop first.
    hosts: tuple[str, ...] = ()


# Those below are made for every mail and not frozen: a frozen one takes three times as long to make. Nobody changes
# them all the same; `dataclasses.replace` makes another one.


@dataclass(slots=True)
class Attempt:
    """One try to deliver. `at` is ISO 8601 as far as the input tells, without a zone where it tells none."""

    at: str | None
    reply: str
    outcome: Outcome


@dataclass(slots=True)
class Evidence:
    """A piece of the source text that shows something; offsets count code points of `Report.source_text`."""

    what: str
    quote: str
    start: int
    end: int


@dataclass(slots=True)
class Delivery:
    """What became of one recipient.

    `reply_text` is the decisive reply: the one of the host that said no, or the sending system's own words where
    nobody else spoke (`spoken_by` says which). `reply_code` and `enhanced_code` are in the input or None.
    """

    recipient: str | None = None
    original_recipient: str | None = None
    outcome: Outcome = "failed"
    became_permanent: bool = False
    reply_code: str | None = None
    enhanced_code: str | None = None
    reply_text: str = ""
    spoken_by: Speaker = "unknown"
    stage: Stage | None = None
    remote_host: str | None = None
    remote_ip: str | None = None
    at: str | None = None
    attempts: tuple[Attempt, ...] = ()
    retry_until: str | None = None
    queue_id: str | None = None
    #: It arrived, and its recipient called it spam.
    complained: bool = False


@dataclass(slots=True)
class Report:
    """What one input tells."""

    kind: Kind = "other"
    is_bounce: bool = False
    system: str | None = None
    reporting_host: str | None = None
    language: str | None = None
    original: Original = Original()
    #: When a mail was written, as its own header says: that of the notice, not of what came back.
    date: str | None = None
    deliveries: tuple[Delivery, ...] = ()
    #: Slugs of what was odd: "classes-disagree", "incomplete"...; the explanation words them.
    warnings: tuple[str, ...] = ()
    source_text: str = ""
    #: Dressed as a bounce, without report or reply, and asking for a click.
    suspicious: bool = False
