"""Reads SMTP dialogues: transcripts of telnet, openssl or swaks, and those that servers mail to their postmaster."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import dropwhile

from codes.bounce.addresses import find_addresses, first_address
from codes.bounce.patterns import Phrases
from codes.bounce.reply import parse_reply
from codes.bounce.report import Delivery, Stage
from codes.bounce.stage import stage_of_command
from codes.bounce.verdict import delivery_from_words, outcome_of_code, with_outcome

#: What logs write before a line of a session: a time, numbers in brackets, or hMailServer's cells.
_LOGGED = (
    r"(?:[^<>\n\]]{0,60}\]\s){1,3}|(?:[A-Z][a-z]{2} )?[ \t\d:./-]{8,40}[ \t]|"
    r"(?:(?:\"[^\"\n]{0,40}\"|\d{1,10})\t){1,8}\"|"
)
#: Who speaks, by the mark before the line; Postfix's "In" is what the client sent.
_CLIENT = re.compile(
    rf"^(?:{_LOGGED}[ \t>]*)(?:>>>|-->|~>|->|C:|In:|SENT:|CMD:|<SMTP-out>|CLIENT -> SERVER:)[ \t]*(?P<words>.*?)\"?$",
    re.IGNORECASE,
)
_SERVER = re.compile(
    rf"^(?:{_LOGGED}[ \t]*)(?:<<<|<--|<~\*?|<-|<\*\*|S:|Out:|RECEIVED:|RSP:|SERVER -> CLIENT:)[ \t]*(?P<words>.*?)\"?$",
    re.IGNORECASE,
)
_BARE_COMMAND = re.compile(
    r"^[ \t]*(?:EHLO|HELO|LHLO|STARTTLS|AUTH (?:LOGIN|PLAIN)|MAIL FROM:|RCPT TO:|DATA\b|BDAT\b|QUIT\b|RSET\b).*$",
    re.IGNORECASE,
)
_TELNET = re.compile(r"^Escape character is [^\n]*\n", re.MULTILINE)
#: Without one of these no dialogue is there.
_COMMAND = Phrases([r"HELO|EHLO|LHLO|STARTTLS|AUTH|MAIL\s+FROM|RCPT\s+TO|QUIT"])
#: Nor without a line that a client may have sent; most notices that name a command have none.
_CLIENT_LINE = Phrases(
    [
        r"(?:>>>|-->|~>|->|C:|In:|SENT:|CMD:|<SMTP-out>|CLIENT -> SERVER:)",
        r"^[ \t]*(?:EHLO|HELO|LHLO|STARTTLS|AUTH |MAIL FROM:|RCPT TO:|DATA\b|BDAT\b|QUIT\b|RSET\b)",
    ],
    multiline=True,
)
#: curl shows with one sign who speaks, which elsewhere is a mark of quoting.
_OF_CURL = re.compile(r"^\* +(?:Connected to|Trying) ", re.MULTILINE)
_CURLS_MARKS = re.compile(r"^[<>] ", re.MULTILINE)
_BARE_REPLY = re.compile(r"^[ \t]*[2-5]\d\d(?:[ -].*)?$")
#: Sendmail's heading above the recipients: the notice that shows such a dialogue tells itself what became of them.
_OF_A_NOTICE = re.compile(r"^[ \t>]*-+ ?The following addresses had ", re.IGNORECASE | re.MULTILINE)
#: Whom swaks, curl or `sendmail -v` was told to write to; a host may refuse the sender before it hears of a recipient.
_MEANT_FOR = re.compile(
    r"\b(?:swaks\b[^\n]{0,300}?[ \t](?:--to|-t)|curl\b[^\n]{0,300}?[ \t]--mail-rcpt|sendmail\b[^\n]{0,300}?[ \t]-v)[ =]"
    r"(?P<recipients>\S+@\S+)"
)
_BANNER = re.compile(r"^[ \t]*+(?:<<<|<-|Out:|S:)?[ \t]*+220[ -]\S+", re.IGNORECASE | re.MULTILINE)
#: The end of a message that is sent in chunks (RFC 3030): the reply to it is that to the message.
_LAST_CHUNK = re.compile(r"BDAT \d+ LAST\b", re.IGNORECASE)
_FIRST_LINE = re.compile(r"[2-5]\d\d-")
#: With these a host may greet (RFC 5321, 3.1 and 4.2.2).
GREETINGS = ("220", "421", "554")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One command and the reply to it; the command is empty for the greeting."""

    command: str
    reply: str
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line of a session: who said what, and when, where a log tells."""

    by_client: bool
    words: str
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """The lines of one connection to a host, as the log of a server that sends mail shows them."""

    ip: str | None = None
    spoken: list[Spoken] = field(default_factory=list)


def refusals_in(sessions: Iterable[Session]) -> tuple[Delivery, ...]:
    """Return what sessions in a log tell: what was refused, and of what a later try ended nothing.

    A session whose replies do not match its commands tells nothing: the log was cut, or two were mixed.
    """
    told = [
        replace(one, spoken_by="remote", remote_ip=one.remote_ip or session.ip)
        for session in sessions
        for one in _judged(_in_order(_from_greeting(session.spoken)) or [])
    ]
    refused: list[Delivery] = []
    tried: set[str] = set()
    told.sort(key=lambda one: one.at or "")
    for one in reversed(told):
        whom = (one.recipient or "").lower()
        if one.outcome == "failed" or (one.outcome == "delayed" and whom not in tried):
            refused.append(one)
        tried |= {whom} - {""}
    return tuple(reversed(refused))


def _from_greeting(session: list[Spoken]) -> list[Spoken]:
    """Return the lines from a greeting or a command on: what the log does not show the command of tells nothing."""
    if session and not session[0].by_client and session[0].words[:3] not in GREETINGS:
        return list(dropwhile(lambda line: not line.by_client, session))
    return session


def read_dialogue(text: str) -> tuple[Delivery, ...] | None:
    """Return the refusal that a dialogue shows, none where it went well, or None where the text is no dialogue."""
    if refused := _refused_greeting(text):
        return (refused,)
    if _OF_CURL.search(text):
        text = _CURLS_MARKS.sub(lambda mark: "C: " if mark[0] == "> " else "S: ", text)
    if not _COMMAND.search(text) or not _CLIENT_LINE.search(text) or _OF_A_NOTICE.search(text):
        return None
    spoken = _spoken(text)
    exchanges = _in_order(spoken, whole=True) or _below(spoken)
    commands = [stage_of_command(exchange.command) for exchange in exchanges]
    answered = [stage for exchange, stage in zip(exchanges, commands, strict=True) if exchange.reply]
    if len([stage for stage in answered if stage in ("ehlo", "mail", "rcpt", "data")]) < 2 and not (
        _BANNER.search(text) and any(answered)
    ):
        return None
    told = tuple(one for one in _judged(exchanges) if one.outcome != "delivered")
    if len(told) == 1 and told[0].stage in ("mail", "starttls") and (meant := _MEANT_FOR.search(text)):
        return tuple(replace(told[0], recipient=one.value) for one in find_addresses(meant["recipients"]))
    return told


def _refused_greeting(text: str) -> Delivery | None:
    """The refusal with which a host greets: `telnet` shows it right below its own words."""
    match = _TELNET.search(text)
    reply = parse_reply(text[match.end() :].partition("\nConnection closed")[0]) if match else None
    if reply is None or reply.reply_code is None or reply.reply_code[0] not in "45":
        return None
    told = with_outcome(delivery_from_words(None, None, reply.text, ""), outcome_of_code(reply.reply_code))
    return replace(told, stage="connect")


def _judged(exchanges: list[Exchange]) -> list[Delivery]:
    """Return a delivery for each recipient that was refused, or whose message was taken or refused in the end."""
    told: list[Delivery] = []
    taken: list[str | None] = []
    after_data = logging_in = False
    sender: Delivery | None = None  # refused, so that what answers the recipients sent along says nothing of them
    for exchange in exchanges:
        stage = stage_of_command(exchange.command)
        logging_in = stage == "auth" or (logging_in and stage is None)  # the lines after AUTH are no commands
        if stage == "mail":
            taken, sender = [], None
        reply = parse_reply(exchange.reply)
        code = reply.reply_code if reply else None
        recipient = first_address(exchange.command) if stage == "rcpt" else None
        ends = after_data or _LAST_CHUNK.match(exchange.command) is not None
        if code and code[0] in "45" and stage == "rcpt" and sender:
            told = [one for one in told if one is not sender] + [replace(sender, recipient=recipient)]
        elif code and code[0] in "45" and stage != "quit":
            at: Stage = "message" if ends else "auth" if logging_in else stage or "connect"
            refused = replace(_told_by(exchange, code), stage=at)
            # "no valid recipients" after DATA only repeats the refusals
            if stage != "data" or taken or all(one.outcome == "delivered" for one in told):
                whom = [recipient] if stage == "rcpt" else taken or [None]
                told += [replace(refused, recipient=one) for one in whom]
                sender = told[-1] if stage == "mail" else sender
            taken = [] if stage != "rcpt" else taken
        elif stage == "rcpt" and code:
            taken.append(recipient)
        elif ends and code and code[0] == "2" and stage in (None, "message", "data"):
            told += [replace(_told_by(exchange, code), recipient=one, stage="message") for one in taken]
            taken = []
        asked = code == "354" and not exchange.command.startswith("XEXCH50")  # Exchange's own data, not the message
        after_data = (after_data or asked) and stage not in ("mail", "ehlo")
    return told


def _told_by(exchange: Exchange, code: str) -> Delivery:
    found = with_outcome(delivery_from_words(None, None, exchange.reply, ""), outcome_of_code(code))
    return replace(found, at=exchange.at)


def _in_order(session: list[Spoken], *, whole: bool = False) -> list[Exchange] | None:
    """Return each command with its reply, the first with the first: several may be sent before any is answered.

    None where a reply is left over, or, in a `whole` session, a command: people and programs leave out what went well.
    """
    pairs: list[tuple[str, list[Spoken]]] = []
    waiting: deque[list[Spoken]] = deque()
    last: list[Spoken] = []
    in_message = False
    for line in session:
        if line.by_client or not pairs:
            last = []
            if not in_message and (line.words or not pairs):
                pairs.append((line.words if line.by_client else "", []))
                waiting.append(pairs[-1][1])
        if line.by_client:
            continue
        if last and last[-1].words[:3] == line.words[:3] and (_FIRST_LINE.match(last[-1].words) or not waiting):
            last.append(line)
        elif waiting:
            last = waiting.popleft()
            last.append(line)
            in_message = line.words.startswith("354")
            if in_message:  # the message's own lines follow, and the reply to it
                pairs.append(("", []))
                waiting.appendleft(pairs[-1][1])
        else:
            return None
    if whole and any(command and not replies and stage_of_command(command) != "quit" for command, replies in pairs):
        return None
    return [
        Exchange(_on_one_line(command), "\n".join(line.words for line in replies), replies[0].at if replies else None)
        for command, replies in pairs
        if command or replies
    ]


def _below(session: list[Spoken]) -> list[Exchange]:
    """Return each command with what was answered below it."""
    pairs: list[tuple[str, list[str]]] = [("", [])]
    for line in session:
        if line.by_client:
            pairs.append((line.words, []))
        else:
            pairs[-1][1].append(line.words)
            if line.words.startswith("354"):
                pairs.append(("", []))  # the message's own lines follow
    return [Exchange(_on_one_line(command), "\n".join(replies)) for command, replies in pairs if command or replies]


def _on_one_line(command: str) -> str:
    return " ".join(command.split())


def _spoken(text: str) -> list[Spoken]:
    """Return who says what in a transcript."""
    marked = sum(bool(_CLIENT.match(line)) for line in text.splitlines()) >= 2
    spoken: list[Spoken] = []
    for line in text.splitlines():
        client = _CLIENT.match(line) if marked else _BARE_COMMAND.match(line)
        server = _SERVER.match(line) or _BARE_REPLY.match(line)
        if client:
            spoken.append(Spoken(True, client["words"] if marked else line.strip()))
        elif server:
            spoken.append(Spoken(False, server.groupdict().get("words") or line.strip()))
        elif marked and spoken and spoken[-1].by_client and line[:1] in " \t" and line.strip():
            spoken[-1] = Spoken(True, f"{spoken[-1].words} {line.strip()}")  # Postfix folds long commands
    return spoken
