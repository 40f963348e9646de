"""Reads what people paste: log lines, one reply, a dialogue, the words of a notice as the screen showed them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from codes.bounce import events, logs, pec, words
from codes.bounce.addresses import find_addresses
from codes.bounce.dialogue import read_dialogue
from codes.bounce.exceptions import as_notice
from codes.bounce.language import language_of
from codes.bounce.notice import fields_shown, paragraphs, parted, shows_source, unquoted
from codes.bounce.people import above_signature, signed_with
from codes.bounce.plain import as_typed, plain_words
from codes.bounce.recipients import headed_to, recipients_named
from codes.bounce.reply import (
    QUOTATION_MARKS,
    SUBJECT_LINE,
    Reply,
    decisive_reply,
    enhanced_code_in,
    find_replies,
    one_line,
    parse_reply,
    said_without_code,
)
from codes.bounce.report import Delivery, Outcome, Report
from codes.bounce.systems import system_of, system_of_session
from codes.bounce.told import (
    deliveries_told,
    holds_report,
    lists_codes,
    names_something,
    recipient_in_reply,
    senders_in,
    warnings_about,
)
from codes.bounce.verdict import addresses_in, delivery_from_words, outcome_of_code, with_outcome

#: A command in the log of a session, behind a time, a number or a name.
_LOGGED_COMMAND = re.compile(r"\d\d:\d\d[^\n]{0,40}(?:-->?|>>>|CMD:|SENT:) ?\"?(?:MAIL FROM|RCPT TO)\b", re.IGNORECASE)
#: A text with at most this many lines may be one bare reply.
REPLY_LINES = 12
#: Lines of a sentence that a sending system says by itself; what is longer is a notice.
_LOCAL_LINES = 3
#: qmail and its children close their own sentences with an enhanced code: "(#5.1.1)", "(#5.1.1 - chkuser)".
_QMAIL_CODE = re.compile(r"\(#[245]\.\d{1,3}\.\d{1,3}\b[^)\n]{0,40}\)")
#: In its log qmail writes "_" for a blank and "/" for the end of a line: "Unable_to_chdir_to_maildir._(#4.2.1)/".
_IN_QMAILS_LOG = re.compile(r"\s*[^\s_]+(?:_[^\s_]+){2,}/\s*")
#: Both codes and the beginning of a sentence: a reply, wherever it stands. "550 5.1.1 means" goes on with somebody's.
_WHOLE_REPLY = re.compile(r"[45]\d\d [45]\.\d{1,3}\.\d{1,3}:? [^\W\d_a-z][\w'-]* [\w'<\[-]")
#: What Postfix says of a host that did not even greet it.
_REFUSED = re.compile(r"\bhost \S+ refused to talk\s+to me:")
#: The numbered clauses of a contract, "5.5.1   Undelivered media", are no codes.
_CLAUSE = re.compile(r"^[ \t>]*\d\.\d{1,2}(?:\.\d{1,2})?(?:[ \t]{2,}|\t)[^\W\d_]", re.MULTILINE)
_FEW_CLAUSES = 3
#: Settings of a mail system, "unknown_local_recipient_reject_code = 550", "check {", and what its tables answer.
_SETTING = re.compile(
    r"^[ \t>]*[a-z][a-z0-9]{0,40}(?:_[a-z0-9]{1,40}){1,8}[ \t]*=(?:[ \t]|$)|^\S+[ \t]+REJECT[ \t]|"
    r"^[ \t>]*[a-z][\w$(). :/-]{0,80} \{[ \t]*$",
    re.MULTILINE,
)
_FEW_SETTINGS = 3
#: Commands of another protocol, whose codes look alike: a transfer of files (RFC 959).
_OF_FTP = re.compile(
    r"^[^\n:>]{0,30}[:>]?[ \t]*\b(?:PASV|EPSV|RETR|STOR|CWD|TYPE [AI])\b|\b(?i:filezilla|s?ftp)\b", re.MULTILINE
)
_FEW_OF_FTP = 2
#: Near before a reply, whose it is; and codes that web servers answer as well (RFC 9110, 15.6).
_OF_SERVER = re.compile(
    r"\b(?:server|servidor|serveur|serwer|servern|serveren|servere|mx)\b[^\n]{0,60}$", re.IGNORECASE
)
_ALSO_OF_HTTP = ("500", "502", "503", "504")
_NEAR = 120
#: Characters of a notice that somebody copied no more of than its first sentence.
_SHORT_NOTICE = 160
#: A paragraph below a colon: what a letter shows of a notice.
_INTRODUCED = re.compile(r":[ \t>]*\n(?:[ \t>]*\n)+((?:[ \t>]*+[^\s>][^\n]*+\n?+)++)")
#: Subjects that a filter's list shows at least.
_FEW_SUBJECTS = 2
#: Characters of a subject before the one that it is about.
_SUBJECT_BEGINS = 60
#: Characters of somebody's question about a code.
_LONGEST_QUESTION = 400
_SAYS_A_WORD = re.compile(r"[^\W\d_]{2}")
#: Lines in which a program says that it does not reach its server.
_LINES_OF_PROGRAM = 4
#: Characters in which a notice says that it is one.
_OPENING = 400


def read_text(text: str) -> Report:
    """Return what a pasted text tells: log lines, an event, a dialogue, a reply, or the words of a notice."""
    base = Report(source_text=text)
    typed = as_typed(text)
    if log := logs.read_log(typed):
        report = report_of_log(log, text)
        return replace(report, deliveries=_named_beside(report.deliveries, typed))
    source, text = text, as_notice(plain_words(unquoted(typed)))
    if event := events.read_events(typed) or (events.read_events(text) if text != typed else None):
        return replace(base, kind=event.kind, is_bounce=True, system=event.system, deliveries=event.deliveries)
    if receipt := pec.receipt_in_text(text, source):
        return receipt.told_in(base)
    session = read_dialogue(text)
    if session is None and _LOGGED_COMMAND.search(text):
        session = read_dialogue("\n".join(logs.rows_in(typed)))
    if session is not None and (session or not words.NOTICE.search(text[:_OPENING])):
        session = _named_beside(session, text)
        base = replace(
            base, kind="transcript", is_bounce=bool(session), deliveries=session, system=system_of_session(text)
        )
        if words.NOTICE.search(text[:_OPENING]):  # a notice that shows the dialogue
            return replace(base, kind="notice", system=system_of("", text))
        return base
    notice, returned = parted(unquoted(pec.without_anomaly(text)))
    if len(notice.strip().splitlines()) <= REPLY_LINES and (delivery := _bare_reply(notice)):
        (delivery,) = _named_by_returned((delivery,), returned)
        refused = (delivery,) if delivery.outcome != "delivered" else ()
        warnings = warnings_about(refused)
        system = system_of("", notice) if delivery.spoken_by == "local" else None
        return replace(
            base, kind="reply", is_bounce=bool(refused), system=system, deliveries=refused, warnings=warnings
        )
    return _notice_on_a_screen(base, notice, returned)


def report_of_log(log: logs.Log, text: str = "") -> Report:
    """Return what log lines told, as every input is returned; `text` are the lines, where they are to be shown."""
    return Report(
        kind=log.kind,
        is_bounce=_tells_of_delivery(log.deliveries),
        system=log.system,
        reporting_host=log.reporting_host,
        deliveries=log.deliveries,
        source_text=text,
    )


def _named_beside(deliveries: tuple[Delivery, ...], text: str) -> tuple[Delivery, ...]:
    """Return what lines told without a recipient, with the one that whoever pasted them names beside them."""
    if len(deliveries) != 1 or deliveries[0].recipient or "@" not in text:
        return deliveries
    senders = senders_in(text)
    named = [address for address in recipients_named(text) or headed_to(text) if address.lower() not in senders]
    return (replace(deliveries[0], recipient=named[0]),) if len(named) == 1 else deliveries


def _notice_on_a_screen(base: Report, notice: str, returned: str) -> Report:
    language = language_of(notice)
    if _is_digest(notice):
        return replace(base, language=language)
    if _is_answer_of_machine(notice):
        return replace(base, kind="auto-reply", deliveries=(Delivery(outcome="none"),), language=language)
    refused_by_list = bool(returned) and words.LIST_REFUSAL.search(notice)
    if refused_by_list or _speaks_of_failure(notice):
        told = deliveries_told(notice, notice)
        if refused_by_list and not told:
            told = (delivery_from_words(None, None, notice, notice),)
        if all(one.outcome == "delivered" and one.reply_text == one.reply_code for one in told):
            told = ()  # a lone 250 tells nothing
        told = _named_by_returned(told, returned)
        if any(map(names_something, told)) or (told and (said_without_code(notice) or _speaks_of_a_message(notice))):
            system = system_of("", notice)
            warnings = warnings_about(told)
            return replace(
                base,
                kind="notice",
                is_bounce=True,
                system=system,
                deliveries=told,
                language=language,
                warnings=warnings,
            )
    if unreached := _own_server_unreached(notice):
        return replace(base, kind="notice", is_bounce=True, deliveries=(unreached,), language=language)
    if words.AWAY.search(notice.strip().partition("\n")[0]):
        return replace(base, kind="auto-reply", deliveries=(Delivery(outcome="none"),), language=language)
    return replace(base, language=language)


def _is_digest(notice: str) -> bool:
    """Whether a filter lists what it keeps back, whose subjects may well be those of bounces."""
    if not words.KEPT_BACK.search(notice[:_OPENING]) or len(SUBJECT_LINE.findall(notice)) < _FEW_SUBJECTS:
        return False
    return not find_replies(notice)


def _is_answer_of_machine(notice: str) -> bool:
    """Whether the subject shown says that a machine answered: "Automatic reply: your mail was not delivered"."""
    subject = SUBJECT_LINE.search(notice)
    said = subject[0].partition(":")[2].strip()[:_SUBJECT_BEGINS] if subject else ""
    return bool(said) and words.AWAY.search(said.partition(":")[0]) and not find_replies(notice)


def _named_by_returned(told: tuple[Delivery, ...], returned: str) -> tuple[Delivery, ...]:
    """Return the deliveries without the writer of the message that a notice shows, who is no recipient of it.

    One that then names nobody went to whom that message was written, where that was one and no mail system wrote it.
    """
    if not told or not shows_source(returned):
        return told
    fields = fields_shown(returned)
    writer = f"{fields.get('from', '')} {fields.get('return-path', '')}"
    to = [found.value for found in find_addresses(fields.get("to", ""))]
    writers = addresses_in(writer) - {address.lower() for address in to}
    others = tuple(one for one in told if (one.recipient or "").lower() not in writers)
    told = others or (replace(told[0], recipient=None),)
    if told[0].recipient or len(to) != 1 or not writer.strip() or fields.get("cc") or words.MAILER.search(writer):
        return told
    return (replace(told[0], recipient=to[0]), *told[1:])


def _own_server_unreached(notice: str) -> Delivery | None:
    """What a program says that does not reach the server through which it sends: the line, and those right below it."""
    if not words.OWN_SERVER_UNREACHED.search(notice):
        return None
    lines = notice.splitlines()
    first = next((number for number, line in enumerate(lines) if words.OWN_SERVER_UNREACHED.search(line)), 0)
    said = one_line("\n".join(takewhile(str.strip, lines[first : first + _LINES_OF_PROGRAM])))
    return Delivery(outcome="failed", reply_text=said, spoken_by="own-server", stage="connect")


def _speaks_of_a_message(notice: str) -> bool:
    """Whether words that name neither a recipient nor a code tell of a mail, and not of mail in general."""
    if logs.is_of_another_log(notice) or not words.OF_MAIL.search(notice):
        return False
    if len(notice.strip()) <= _SHORT_NOTICE or words.TO_ITS_SENDER.search(SUBJECT_LINE.sub("", notice)):
        return True
    return any(map(_is_short_notice, _INTRODUCED.findall(notice)))


def _is_short_notice(said: str) -> bool:
    return len(said) <= _SHORT_NOTICE and words.NOTICE.search(said) and words.OF_MAIL.search(said)


def _speaks_of_failure(notice: str) -> bool:
    """Whether a text has a notice's words, a reply, the fields of a report, or a local failure under an address."""
    if words.COMPARES.search(notice) and lists_codes(notice):
        return False
    if above_signature(notice) != notice and lists_codes(notice):
        return False  # a colleague announces what a server will say
    if len(_CLAUSE.findall(notice)) >= _FEW_CLAUSES and not find_replies(notice):
        return False
    if len(_SETTING.findall(notice)) >= _FEW_SETTINGS and not paragraphs(notice):
        return False
    if len(_OF_FTP.findall(notice)) >= _FEW_OF_FTP:
        return False
    if words.NOTICE.search(notice) or holds_report(notice) or said_without_code(notice) or _REFUSED.search(notice):
        return True
    reply = decisive_reply(notice)
    if reply and outcome_of_code(reply.reply_code) != "delivered":  # a 250 that somebody mentions tells nothing
        above = notice[: reply.start].rstrip(" \t(\"'>|#")
        both = _WHOLE_REPLY.match(notice, reply.start) is not None
        alone = bool(reply.enhanced_code) and (both or reply.quoted or above[-1:] in ("", ":", ";", "\n"))
        asked = _is_asked_about(reply, notice) or _is_shown(reply, notice)
        speaks = alone or words.OF_REPLIES.search(notice) or asked or _answers(reply, notice)
        says = len(reply.text) > len("550") and speaks and not _is_mentioned(reply, notice)
        return says and not lists_codes(notice)
    if words.GIVEN_UP.search(notice) and enhanced_code_in(notice) and paragraphs(notice):
        return True
    if not (words.LOCAL_FAILURE.search(notice) or words.DELIVERED.search(notice) or _QMAIL_CODE.search(notice)):
        return False
    return bool(paragraphs(notice))


def _is_mentioned(reply: Reply, notice: str) -> bool:
    """Whether a letter names nothing but the codes, "(550 5.7.515)": that is no reply to anybody."""
    return len(notice) > _LONGEST_QUESTION and not _SAYS_A_WORD.search(reply.text)


def _is_asked_about(reply: Reply, notice: str) -> bool:
    return notice.endswith(QUOTATION_MARKS, 0, reply.start) and words.ASKS.search(notice)


def _is_shown(reply: Reply, notice: str) -> bool:
    """Whether a reply is a paragraph of its own, or stands behind a colon, below the words of somebody who asks."""
    above = notice[max(0, reply.start - _NEAR) : reply.start].rstrip(" \t>")
    shown = above.endswith("\n\n") or (above.endswith((":", ":\n")) and reply.reply_code not in _ALSO_OF_HTTP)
    return shown and words.ASKS.search(above)


def _answers(reply: Reply, notice: str) -> bool:
    """Whether words make a reply an answer to a mail that went to somebody, or a server's that is no web server's."""
    if not reply.quoted:
        return False
    near = notice[max(0, reply.start - _NEAR) : reply.start]
    of_server = reply.reply_code not in _ALSO_OF_HTTP and _OF_SERVER.search(near)
    return bool(of_server or paragraphs(notice))


def _tells_of_delivery(deliveries: tuple[Delivery, ...]) -> bool:
    return any(delivery.outcome in ("failed", "expired", "delayed", "delivered") for delivery in deliveries)


def _bare_reply(text: str) -> Delivery | None:
    """One reply and nothing else: 5xx failed, 4xx delayed, 2xx and 3xx no bounce."""
    if _IN_QMAILS_LOG.fullmatch(text):
        text = text.strip().strip("/").replace("_", " ").replace("/", "\n")
    if local := _local_failure(text):
        return local
    text = re.sub(r"^\s*(?:smtp\s*;|remote server returned)\s*'?", "", text, flags=re.IGNORECASE)
    reply = parse_reply(text)
    if reply is None:
        code = re.fullmatch(r"\s*[#(<]*([245]\.\d{1,3}\.\d{1,3})\b[)>]*[\s:;-]*(\S[^\n]*)?\s*", text)
        if code is None or enhanced_code_in(text) is None:
            return None
        return with_outcome(delivery_from_words(None, None, text, ""), outcome_of_code(code[1]))
    recipient = recipient_in_reply(reply.text)
    if recipient is None and "@" in text:  # somebody's sentence around the reply
        named = paragraphs(text, strangers=signed_with(text))
        recipient = named[0].recipient if len(named) == 1 else None
    delivery = delivery_from_words(recipient, None, text, "")
    return with_outcome(delivery, outcome_of_code(reply.reply_code))


def _local_failure(text: str) -> Delivery | None:
    """What the sending system itself says: no reply code, but its own words or an enhanced code as qmail writes it."""
    if len(text.strip().splitlines()) > _LOCAL_LINES or decisive_reply(text) or words.NOTICE.search(text):
        return None
    if not (_QMAIL_CODE.search(text) or words.LOCAL_FAILURE.search(text)):
        return None
    heads = paragraphs(text)
    told = delivery_from_words(heads[0].recipient if len(heads) == 1 else None, None, text, text)
    code = told.enhanced_code or ""
    passing = code.startswith("4") or words.STILL_TRIED.search(text) or words.NO_ANSWER.search(text)
    given_up = words.GIVEN_UP.search(text)
    outcome: Outcome = "expired" if given_up else "delayed" if passing and not code.startswith("5") else "failed"
    return replace(told, outcome=outcome, became_permanent=given_up, spoken_by="local")
