"""Reads SMTP dialogues: transcripts of telnet, openssl or swaks, and those that servers mail to their postmaster."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from codes.bounce.addresses import find_addresses, first_address
from codes.bounce.patterns import Phrases
from codes.bounce.reply import parse_reply
from codes.bounce.report import Delivery, Stage
from codes.bounce.stage import stage_of_command
from codes.bounce.verdict import delivery_from_words, outcome_of_code, with_outcome

#: What logs write before a line of a session: a time and a number in brackets, or hMailServer's cells.
_LOGGED = r"[^<>\n\]]{0,60}\]\s|(?:(?:\"[^\"\n]{0,40}\"|\d{1,10})\t){1,8}\"|"
#: Who speaks, by the mark before the line; Postfix's "In" is what the client sent.
_CLIENT = re.compile(
    rf"^(?:{_LOGGED}[ \t>]*)(?:>>>|-->|~>|->|C:|In:|SENT:|CMD:|<SMTP-out>)[ \t]*(?P<words>.*?)\"?$", re.IGNORECASE
)
_SERVER = re.compile(
    rf"^(?:{_LOGGED}[ \t]*)(?:<<<|<--|<~\*?|<-|<\*\*|S:|Out:|RECEIVED:|RSP:)[ \t]*(?P<words>.*?)\"?$", re.IGNORECASE
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
        r"(?:>>>|-->|~>|->|C:|In:|SENT:|CMD:|<SMTP-out>)",
        r"^[ \t]*(?:EHLO|HELO|LHLO|STARTTLS|AUTH |MAIL FROM:|RCPT TO:|DATA\b|BDAT\b|QUIT\b|RSET\b)",
    ],
    multiline=True,
)
#: curl shows with one sign who speaks, which elsewhere is a mark of quoting.
_OF_CURL = re.compile(r"^\* +(?:Connected to|Trying) ", re.MULTILINE)
_CURLS_MARKS = re.compile(r"^[<>] ", re.MULTILINE)
_BARE_REPLY = re.compile(r"^[ \t]*[2-5]\d\d(?:[ -].*)?$")
#: Whom swaks, curl or `sendmail -v` was told to write to; a host may refuse the sender before it hears of a recipient.
_MEANT_FOR = re.compile(
    r"\b(?:swaks\b[^\n]{0,300}?[ \t](?:--to|-t)|curl\b[^\n]{0,300}?[ \t]--mail-rcpt|sendmail\b[^\n]{0,300}?[ \t]-v)[ =]"
    r"(?P<recipients>\S+@\S+)"
)
_BANNER = re.compile(r"^[ \t]*+(?:<<<|<-|Out:|S:)?[ \t]*+220[ -]\S+", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One command and the reply to it; the command is empty for the greeting."""

    command: str
    reply: str


def read_dialogue(text: str) -> tuple[Delivery, ...] | None:
    """Return the refusal that a dialogue shows, none where it went well, or None where the text is no dialogue."""
    if refused := _refused_greeting(text):
        return (refused,)
    if _OF_CURL.search(text):
        text = _CURLS_MARKS.sub(lambda mark: "C: " if mark[0] == "> " else "S: ", text)
    if not _COMMAND.search(text) or not _CLIENT_LINE.search(text):
        return None
    exchanges = _exchanges(text)
    commands = [stage_of_command(exchange.command) for exchange in exchanges]
    answered = [stage for exchange, stage in zip(exchanges, commands, strict=True) if exchange.reply]
    if len([stage for stage in answered if stage in ("ehlo", "mail", "rcpt", "data")]) < 2 and not (
        _BANNER.search(text) and any(answered)
    ):
        return None
    told = _refusals(list(zip(exchanges, commands, strict=True)))
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


def _refusals(exchanges: list[tuple[Exchange, Stage | None]]) -> tuple[Delivery, ...]:
    """Return one delivery for each recipient that was refused; a refused message comes back for all that were taken."""
    refused: list[Delivery] = []
    taken: list[str | None] = []
    after_data = logging_in = False
    for exchange, stage in exchanges:
        logging_in = stage == "auth" or (logging_in and stage is None)  # the lines after AUTH are no commands
        reply = parse_reply(exchange.reply)
        code = reply.reply_code if reply else None
        recipient = first_address(exchange.command) if stage == "rcpt" else None
        if code and code[0] in "45" and stage != "quit":
            at: Stage = "message" if after_data else "auth" if logging_in else stage or "connect"
            told = with_outcome(delivery_from_words(None, None, exchange.reply, ""), outcome_of_code(code))
            told = replace(told, stage=at)
            if stage != "data" or taken or not refused:  # "no valid recipients" after DATA only repeats the refusals
                whom = [recipient] if stage == "rcpt" else taken or [None]
                refused += [replace(told, recipient=one) for one in whom]
            taken = [] if stage != "rcpt" else taken
        elif stage == "rcpt" and code:
            taken.append(recipient)
        after_data = (after_data or code == "354") and stage not in ("mail", "ehlo")
    return tuple(refused)


def _exchanges(text: str) -> list[Exchange]:
    marked = sum(bool(_CLIENT.match(line)) for line in text.splitlines()) >= 2
    exchanges: list[list[str]] = [["", ""]]
    speaker = ""
    for line in text.splitlines():
        client = _CLIENT.match(line) if marked else _BARE_COMMAND.match(line)
        server = _SERVER.match(line) or _BARE_REPLY.match(line)
        if client:
            exchanges.append([client["words"] if marked else line.strip(), ""])
            speaker = "client"
        elif server:
            words = server.groupdict().get("words") or line.strip()
            if words.startswith("354"):
                exchanges[-1][1] += words
                exchanges.append(["", ""])  # the message's own lines follow
            else:
                exchanges[-1][1] += ("\n" if exchanges[-1][1] else "") + words
            speaker = "server"
        elif marked and speaker == "client" and line[:1] in " \t" and line.strip() and exchanges[-1][1] == "":
            exchanges[-1][0] += " " + line.strip()  # Postfix folds long commands
    return [Exchange(re.sub(r"\s+", " ", command), reply) for command, reply in exchanges if command or reply]
