"""Puts together what was found for one recipient: the decisive reply, its codes, stage and outcome.

Report and notice readers both end here, so that a delivery is judged by the same rules wherever its words stood.
"""

from __future__ import annotations

import re
from dataclasses import replace

from codes.bounce import labels, words
from codes.bounce.addresses import find_addresses
from codes.bounce.dates import iso_date
from codes.bounce.delivery_status import RecipientStatus
from codes.bounce.hosts import host_and_ip, refusing_host
from codes.bounce.people import above_signature
from codes.bounce.reply import (
    SUBJECT_LINE,
    Reply,
    decisive_reply,
    enhanced_code_in,
    one_line,
    said_without_code,
    says_only_expired,
)
from codes.bounce.report import Delivery, Outcome, Speaker, Stage
from codes.bounce.stage import stage_in_transcript, stage_in_words

#: Marks before a local failure, and sentences behind it, that say nothing about it.
_MARKS_BEFORE = " \t\n\r\f\v:>\"'.,;)]-"
_WORDS_BEHIND = re.compile(
    r"(?:The mail system|Giving up on \S+|I'm not going to try again.*|"
    r"Please reply to \S+ if you feel this message to be in error\.?|_{5,}|-{3,})$",
    re.IGNORECASE,
)
#: A line that parts a footer from a notice's words, which stand above it.
_RULER = re.compile(r"^[ \t>]*[_=*-]{10,}[ \t]*$", re.MULTILINE)
#: Outlook draws it above the header of what it forwards.
_HEADS_FORWARDED = re.compile(rf"\s*(?:{labels.FROM_NAMES})[ \u00a0]?:", re.IGNORECASE)
_ALIAS_NAMED = re.compile(r"\((?:expanded|generated|ultimately generated) from:? [^)]*\)[: ]*")
#: How Exchange passes on what another host said, and AsyncOS ("5.3.0 - Other mail system problem 550-'no'"), and the
#: characters before that in which they do.
_PASSED_ON = re.compile(
    r"(?:[45]\d\d (?P<enhanced>[45]\.\d{1,3}\.\d{1,3}) (?:[^\n]*-> ?['\"]?|<\S+ #(?P=enhanced) smtp; ?)|"
    r"(?<![\w.])(?P<kind>[45]\.\d\.\d) - [A-Z][\w ]{3,60} \(?'?)$"
)
_LONGEST_AROUND = 300
_LONGEST_REPLY = 1200
#: Characters around a reply in which the words of its stage and outcome are looked for.
_CONTEXT = 8000


def delivery_from_status(status: RecipientStatus, paragraph: str, notice: str, session: str = "") -> Delivery:
    """Return the delivery that a group of a report tells, completed with the notice's words about the recipient.

    `notice` are the words that hold for this recipient alone, `session` those in which a transcript may stand.
    """
    spoken = _spoken(status)
    if status.outcome in ("delivered", "relayed", "expanded"):
        paragraph = notice = ""  # the notice speaks of those who were not reached
    reply = decisive_reply(spoken) if spoken and status.diagnostic_type != "x-unix" else None
    if reply and status.outcome in ("failed", "delayed") and (reply.reply_code or "")[:1] in ("2", "3"):
        reply = None  # "SMTP; 250 OK" of a failure, as AOL wrote it, is the answer to another command
    if reply is None or (status.diagnostic_type not in ("", "smtp") and not reply.quoted):
        from_notice = decisive_reply(paragraph) if paragraph else None
        if from_notice and (reply is None or from_notice.quoted) and _fits(from_notice, status):
            reply = from_notice
    elif says_only_expired(reply):
        last = decisive_reply(paragraph) if paragraph else None
        reply = last if last and last.quoted and not says_only_expired(last) else reply
    local = "" if reply else _local_words(_with_program(status, paragraph) or spoken or status.comment or paragraph)
    if local and words.GIVEN_UP.search(local):
        local = _last_failure(paragraph) or local
    host, ip = host_and_ip(status.remote)
    if not host or not ip:
        named, named_ip = refusing_host(f"{spoken}\n{paragraph}")
        host, ip = host or named, ip or (named_ip if not host or named in (None, host) else None)
    enhanced = _enhanced_code(reply, status.status, spoken if reply else local)
    outcome, became = _outcome(status.outcome, reply, status.status, f"{spoken}\n{paragraph}\n{notice}", local)
    return Delivery(
        recipient=status.recipient,
        original_recipient=status.original_recipient if status.original_recipient != status.recipient else None,
        outcome=outcome,
        became_permanent=became,
        reply_code=reply.reply_code if reply else None,
        enhanced_code=enhanced,
        reply_text=(reply.text if reply else local)[:_LONGEST_REPLY],
        spoken_by=_speaker(reply, host, status.diagnostic_type),
        stage=_stage(reply, f"{spoken}\n{paragraph or notice}", session, status.diagnostic_type),
        remote_host=host,
        remote_ip=ip,
        at=iso_date(status.at),
        retry_until=iso_date(status.retry_until),
    )


def delivery_from_words(recipient: str | None, alias: str | None, paragraph: str, notice: str) -> Delivery:
    """Return the delivery that a paragraph of a notice tells."""
    reply = decisive_reply(paragraph)
    answered = None if reply else said_without_code(paragraph)
    local = answered or ("" if reply else _local_words(paragraph))
    host, ip = refusing_host(paragraph)
    outcome, became = _outcome(None, reply, None, notice, local)
    return Delivery(
        recipient=recipient,
        original_recipient=alias,
        outcome=outcome,
        became_permanent=became,
        reply_code=reply.reply_code if reply else None,
        enhanced_code=(reply.enhanced_code or _code_around(reply, paragraph)) if reply else enhanced_code_in(local),
        reply_text=(reply.text if reply else local)[:_LONGEST_REPLY],
        spoken_by="remote" if answered else _speaker(reply, host, ""),
        stage=_stage(reply, paragraph, paragraph),
        remote_host=host,
        remote_ip=ip,
    )


def outcome_of_code(code: str | None) -> Outcome:
    """Return what a code says where nothing else does: 4 to be tried again, 5 failed, anything else done."""
    outcomes: dict[str, Outcome] = {"4": "delayed", "5": "failed"}
    return outcomes.get((code or "")[:1], "delivered")


def with_outcome(delivery: Delivery, outcome: Outcome) -> Delivery:
    """Return the delivery with an outcome that the kind of input decides."""
    return replace(delivery, outcome=outcome, became_permanent=False)


def classes_disagree(delivery: Delivery, status: str | None) -> bool:
    """Whether the reply code and the enhanced code, or the report's status, are of different classes."""
    if not delivery.reply_code:
        return False
    return any(code is not None and code[0] != delivery.reply_code[0] for code in (delivery.enhanced_code, status))


def _fits(reply: Reply, status: RecipientStatus) -> bool:
    """Whether a reply found beside the report can belong to it: no refusal for good while it is still tried."""
    return not (status.outcome == "delayed" and reply.reply_code is not None and reply.reply_code[0] == "5")


def _spoken(status: RecipientStatus) -> str:
    """Return the diagnostic with its lines as they stand; Domino folds in mid-word, so its lines are joined."""
    if status.diagnostic_type == "x-notes":
        return status.diagnostic.replace("\n", "")
    return status.diagnostic


def _with_program(status: RecipientStatus, paragraph: str) -> str:
    """Return the notice's words around what a local program said (x-unix): "Command died with status 127: ..."."""
    return (
        paragraph if status.diagnostic_type == "x-unix" and one_line(status.diagnostic) in one_line(paragraph) else ""
    )


def _local_words(text: str) -> str:
    """Return what the sending system says where no reply code stands, on one line."""
    text = above_signature(_above_footer(text))
    above, _end, last = SUBJECT_LINE.sub("", text).strip().lstrip(_MARKS_BEFORE).rpartition("\n")
    line = one_line(f"{above}\n{_WORDS_BEHIND.sub('', last)}")
    if alias := _ALIAS_NAMED.match(line):
        line = line[alias.end() :]
    return (line[:-80] + _WORDS_BEHIND.sub("", line[-80:])).strip(" :>\"'")


def _above_footer(text: str) -> str:
    """Return what stands above the ruler of a footer; below one that heads a forwarded notice it begins."""
    start = 0
    for ruler in _RULER.finditer(text):
        if start or not _HEADS_FORWARDED.match(text, ruler.end()):
            return text[start : ruler.start()]
        start = ruler.end()
    return text[start:]


def _last_failure(paragraph: str) -> str:
    """Return the line of a history that says why nobody was reached; the last try comes first, as in PMDF's notices."""
    return one_line(next(filter(words.NO_ANSWER.search, paragraph.splitlines()), ""))


def _enhanced_code(reply: Reply | None, status: str | None, local: str) -> str | None:
    """The reply's own code first, then the report's status where it says more than X.0.0, then one beside them."""
    if reply and reply.enhanced_code and not reply.enhanced_code.endswith(".0.0"):
        return reply.enhanced_code
    if status and not status.endswith(".0.0"):
        return status
    if reply and reply.enhanced_code:
        return reply.enhanced_code
    found = enhanced_code_in(local)
    return found if found and (reply is None or found[0] == (reply.text)[:1]) else None


def _code_around(reply: Reply, text: str) -> str | None:
    """Return the enhanced code with which a system passes on a reply without one, "550 5.1.351 ... -> 550 no"."""
    around = _PASSED_ON.search(text, max(0, reply.start - _LONGEST_AROUND), reply.start)
    code = (around["enhanced"] or around["kind"]) if around else None
    return code if code and code[0] == (reply.reply_code or "")[:1] else None


def _outcome(
    action: Outcome | None, reply: Reply | None, status: str | None, context: str, local: str
) -> tuple[Outcome, bool]:
    """Return the outcome, and whether temporary trouble ended in it."""
    if action in ("delivered", "relayed", "expanded"):
        return action, False
    context = context[:_CONTEXT]
    code = reply.reply_code if reply else None
    if code and code[0] in "23" and action is None:
        return "delivered", False
    given_up = bool(words.GIVEN_UP.search(context))
    if action == "delayed" or (action is None and _still_tried(context, given_up=given_up)):
        return "delayed", False
    if action is None and not code and words.DELIVERED.search(context) and not given_up:
        return ("relayed" if words.NO_MORE_TOLD.search(context) else "delivered"), False
    if reply and given_up and words.GIVEN_UP.search(reply.text):
        return "expired", True  # "550 5.4.316 Message expired, connection refused"
    telling = status if status and not status.endswith(".0.0") else None
    temporary = code[0] == "4" if code else bool(telling and telling[0] == "4")
    if not code and not (telling and telling[0] == "5"):
        temporary = temporary or given_up or bool(words.NO_ANSWER.search(local))
    if temporary and action is None and not given_up and not local and not words.NOTICE.search(context):
        return "delayed", False  # a reply alone does not say that trying has ended
    if temporary:
        return "expired", True
    return "failed", bool(not code and status and status[0] == "4")


def _still_tried(context: str, *, given_up: bool) -> bool:
    """Whether a notice says that somebody still tries: "not delivered for 4 hours" has not given up by itself."""
    return words.STILL_TRIED.search(context) and (not given_up or words.ONLY_A_WARNING.search(context))


def _speaker(reply: Reply | None, host: str | None, diagnostic_type: str) -> Speaker:
    if reply is None:
        return "local"
    if reply.quoted or host or diagnostic_type == "smtp":
        return "remote"
    return "unknown"


def _stage(reply: Reply | None, context: str, transcript: str, diagnostic_type: str = "") -> Stage | None:
    """Return where it stopped; a local program's exit status (x-unix) comes after the message was taken."""
    context, transcript = context[:_CONTEXT], transcript[:_CONTEXT]
    if diagnostic_type == "x-unix" or (words.AFTER_ACCEPTANCE.search(context) and "in reply to" not in context):
        return "delivery"
    if reply and reply.reply_code in ("534", "535"):
        return "auth"  # RFC 4954, 6: they answer no other command
    shown = stage_in_transcript(f"{context}\n{transcript}", reply.text) if reply and reply.quoted else None
    return shown or stage_in_words(context) or (stage_in_transcript(transcript, reply.text) if reply else None)


def addresses_in(text: str) -> frozenset[str]:
    """Return the addresses of a header, in lower case."""
    return frozenset(found.value.lower() for found in find_addresses(text))
