"""Reads the words of a notice, whatever system wrote it: who was not reached, and the lines that say so.

A notice names each recipient at the start of a line or behind words such as "was not delivered to"; what follows, down
to the next recipient, belongs to it. The returned message below never counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from codes.bounce import labels, words
from codes.bounce.addresses import Address, find_addresses, first_address
from codes.bounce.patterns import Phrases
from codes.bounce.reply import decisive_reply

#: Characters of a notice that are looked at; what follows is the returned message or padding.
LONGEST_NOTICE = 200_000
#: Characters in which a notice that somebody forwarded shows what it is.
_HEAD = 3000

#: Characters of a line before the address that heads it, and behind it, that are looked at.
_LONGEST_BEFORE, _LONGEST_AFTER = 500, 2000

#: A line that an address heads may begin with marks, a label, or the codes of Sendmail's closing line.
_BEFORE_ADDRESS = re.compile(
    r"^[ \t>*•·-]*(?:[245]\d\d[ ](?:[245]\.\d+\.\d+[ ])?(?=<))?"
    rf"(?:(?:{labels.RECIPIENT_LABEL})(?:[ ]?[:：][ ]?|[ ]?\.{{2,}}[ ]?:?[ ]?|\t+|  +))?"
    r"[<\"'(\[]*(?:(?:mailto|smtp|rfc822)[:;] ?)?<?$",
    re.IGNORECASE,
)
_AFTER_ADDRESS = re.compile(
    r"^[>\"')\]]*(?:[ ]?[<\[(]mailto:[^>\])]*[>\])])*[>\"')\]]*"
    r"(?:\s*$|\s*[:;(,.]|\s*-+\s|\s{2,}\S|\s+(?:on|am)\s+\S|\s+(?:il|le|en|in data)\s+\d|"
    r"\s+(?:delivery|error|errore|unknown|invalid|user|mailbox|no such|not |failed|"
    r"host|said|does|is |was |has |could|relay))",
    re.IGNORECASE,
)
#: A label at whose colon an address stands that is no recipient's.
_OTHER_LABEL = re.compile(
    r"\b(?:id|identificativo(?: del)?(?: messaggio)?|token|ref(?:erence)?|mail from|from|da|von|de|sender|mittente|"
    r"absender|expéditeur|remitente|remetente|afzender|avsändare|afsender|avsender|nadawca|odes[ií]latel|contact|van|od|"
    r"från|fra)"
    r"[ \t]*[:\t][ \t]*<?$",
    re.IGNORECASE,
)
#: In a sentence too, who stands behind these sent the message: "they are not accepting mail from anna@example.org".
_SENDER_BEFORE = re.compile(r"\b(?:from|von)\s+[<\"'(]*$", re.IGNORECASE)
#: Where the people behind a mailing list are asked; mail to the list goes elsewhere.
_OF_A_LIST = re.compile(r"-(?:owner|request|bounces|admin|ctl)@|^owner-", re.IGNORECASE)
#: A mail system's own address, with which its notice may close as with a signature.
_CLOSES_A_LETTER = re.compile(
    r"^(?:mailer-daemon|postmaster|no-?reply|support|help(?:desk)?|abuse|info-?mail)@", re.IGNORECASE
)
#: A sentence with one of these tells what became of a message.
_TELLING = (words.NOTICE, words.STILL_TRIED, words.GIVEN_UP)
_SIGNS = " \t\n>:<\"'.*"
_TO_WORDS = Phrases([rf"(?:{labels.TO_A_RECIPIENT})[\s\pZ:>]*[<\"'(\[ ]*(?:mailto:)?\n?\z"])
_WRITTEN_TO = Phrases([rf"(?:{labels.WRITTEN_TO})[\s\pZ:>]*[<\"'(\[ ]*(?:mailto:)?\n?\z"])
#: The end of a letter: closing words, and below them a name, a number, an address, but nothing that a server says.
_CLOSINGS = Phrases([rf"^[ \t>]*(?:{labels.CLOSING})"], multiline=True)
_SIGNATURE = re.compile(
    rf"^[ \t>]*(?:{labels.CLOSING})(?!\w)[^\n:]{{0,60}}"
    r"(?:\n(?!.*(?:<|[45]\d\d[ -]|: ?$|@.*\n+[ \t>]*[245](?:\d\d|\.\d)))"
    r"(?![ \t>]*(?!e-?mail|mail|tel|cell|mob|fax|pec|web)\S+:).{0,80}){0,4}",
    re.IGNORECASE | re.MULTILINE,
)
_LINE_WITH_COLON = re.compile(r".*\w:[ \t]*<?$")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?;])\s+|\n[ \t>]*\n")
_END_OF_LINE = re.compile(r">?[ \t]*(?:\n|$)")
_FORWARDED_HEADER = re.compile(
    r"[ \t>*]*(?:from|da|von|de|van|od|från|fra|to|a|an|à|para|aan|do|till|til|komu|pro|cc|kopia|sent|inviato|"
    r"gesendet|envoyé|enviad[oa](?: el| em)?|verzonden|wysłano|skickat|sendt|odesláno|date|data|datum|fecha|subject|"
    r"oggetto|ogg|betreff|objet|asunto|assunto|onderwerp|temat|ämne|emne|předmět|reply-to|mail from|"
    r"x-[\w-]+|message-id)\**[ \u00a0]?:",
    re.IGNORECASE,
)
_EMPTY_LINES = re.compile(r"\n(?:[ \t>]*\n){3,}")
_QUOTED = re.compile(r"\s*>(?!>>+ )")
_MARK_OF_QUOTING = re.compile(r"^\s*>(?!>>)[ ]?")
_TO_FIELD = re.compile(r"[ \t>*]*(?:to|a|an|à|para|aan|do|till|til|komu) ?:", re.IGNORECASE)
_FROM_FIELD = re.compile(r"^[ \t>*]*(?:from|da|von|de|van|od|från|fra)\**[ \u00a0]?:", re.IGNORECASE | re.MULTILINE)
_ALIAS = re.compile(r"\((?:expanded|generated|ultimately generated) from:?\s*<?", re.IGNORECASE)
_ALIAS_ALONE = re.compile(rf"^[^@\n]*\n\s*{_ALIAS.pattern}([^()\n]+)\)", re.IGNORECASE | re.MULTILINE)
_TRANSCRIPT = re.compile(r"^[ \t>]*-+ ?Transcript of session follows ?-*", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What a notice says of one recipient."""

    recipient: str | None
    alias: str | None
    text: str


def unquoted(text: str) -> str:
    """Return the text without the marks of quoting, where most lines have them."""
    if ">" not in text:
        return text
    lines = text.splitlines()
    marked = [line for line in lines if ">" in line and _QUOTED.match(line)]
    if not marked or len(marked) * 2 < len([line for line in lines if line.strip()]):
        return text
    return "\n".join(_MARK_OF_QUOTING.sub("", line) for line in lines)


def own_words(text: str) -> str:
    """Return the part of a notice that its mail system wrote: up to where the returned message begins.

    A notice that was forwarded stands below a heading that looks like the returned message's; then the words above it
    are somebody's, and those below are the notice.
    """
    text = _EMPTY_LINES.sub("\n\n\n", text[:LONGEST_NOTICE])
    start = 0
    marks = words.MARKS_OF_RETURNED.all(text)
    for match in words.RETURNED_MESSAGE.finditer(text) if "message" in marks else ():
        above, below = text[start : match.start()], text[match.end() : match.end() + _HEAD]
        if words.FORWARDED.match(match[0].strip()) and not decisive_reply(above) and words.NOTICE.search(below):
            start = match.end()
            continue
        return above if above.strip() else _before_headers(text[start:])
    return _before_headers(text[start:]) if "headers" in marks else text[start:]


def signed_with(text: str) -> frozenset[str]:
    """Return the addresses with which somebody signs, in lower case: whoever asks for help is no recipient."""
    if not _CLOSINGS.search(text):
        return frozenset()
    return frozenset(
        found.value.lower() for signature in _SIGNATURE.findall(text) for found in find_addresses(signature)
    )


def _before_headers(text: str) -> str:
    """Return the words before a block of headers that no heading announces."""
    match = words.RETURNED_HEADERS.search(text)
    return text[: match.start()] if match and text[: match.start()].strip() else text


def paragraphs(text: str, known: tuple[str, ...] = (), strangers: frozenset[str] = frozenset()) -> list[Paragraph]:
    """Return what the notice says of each recipient, in order.

    `text` is the notice's own words. `known` are recipients that headers or the report name, `strangers` addresses that
    cannot be recipients (who wrote the notice, and to whom).
    """
    if "@" not in text:
        return []
    wanted = frozenset(address.lower() for address in known)
    heads = _heads(text, wanted, strangers) or _named(text, wanted, strangers) or _in_sentence(text, strangers)
    if not heads and (hidden := _ALIAS_ALONE.search(text)):  # Exim may hide where it leads: "an undisclosed address"
        heads = [Address(found.value, *hidden.span()) for found in find_addresses(hidden[1])]
    if not heads:
        return []
    result = []
    transcript = _TRANSCRIPT.search(text) if "ranscript" in text else None
    for number, head in enumerate(heads):
        end = heads[number + 1].start if number + 1 < len(heads) else len(text)
        end = text.rfind("\n", 0, end) + 1 if number + 1 < len(heads) else end
        if transcript and head.end < transcript.start() < end:
            end = transcript.start()
        line_start = text.rfind("\n", 0, head.start) + 1
        body = text[line_start if text[line_start : line_start + 3].isdigit() else head.end : end]
        alias_at = _ALIAS.search(body)
        alias = first_address(body[alias_at.end() :]) if alias_at else None
        result.append(Paragraph(head.value, alias if alias != head.value else None, body))
    if len(result) > 1 and _CLOSES_A_LETTER.search(result[-1].recipient or "") and not result[-1].text.strip(_SIGNS):
        result.pop()
    return _with_shared_text(_joined(result), text, transcript)


def _joined(found: list[Paragraph]) -> list[Paragraph]:
    """Put together what Exchange says twice of a recipient: for people, and for administrators."""
    joined: dict[str, Paragraph] = {}
    for paragraph in found:
        key = (paragraph.recipient or "").lower()
        earlier = joined.get(key)
        text = f"{earlier.text}\n{paragraph.text}" if earlier else paragraph.text
        joined[key] = Paragraph(paragraph.recipient, paragraph.alias or (earlier.alias if earlier else None), text)
    return list(joined.values())


def _heads(text: str, wanted: frozenset[str], strangers: frozenset[str]) -> list[Address]:
    """Return the addresses that stand at the head of a line, all with the same indentation."""
    heads: list[Address] = []
    indentation = None
    for found in find_addresses(text):
        low, high = max(0, found.start - _LONGEST_BEFORE), found.end + _LONGEST_AFTER
        line_start = text.rfind("\n", low, found.start) + 1
        if line_start == 0 and low > 0:
            continue
        line_end = text.find("\n", found.end, high)
        before, after = text[line_start : found.start], text[found.end : line_end if line_end >= 0 else high]
        if not _BEFORE_ADDRESS.match(before) or not _AFTER_ADDRESS.match(after):
            continue
        if ":" in before and _TO_FIELD.match(before) and _inside_header(text, line_start):
            continue
        value = found.value.lower()
        if (value in strangers or _OF_A_LIST.search(value)) and value not in wanted:
            continue
        if _is_contact(text, line_start, before):
            continue
        depth = len(before) - len(before.lstrip(" \t"))
        if indentation is None:
            indentation = depth
        if line_start + depth < found.start and text[line_start + depth].isdigit() and not after.startswith(">..."):
            continue  # Sendmail's closing line "550 <a>... User unknown" names a recipient, a quoted reply does not
        if depth > indentation or (heads and heads[-1].value.lower() == value):
            continue
        heads.append(found)
    return heads


def recipients_named(text: str) -> list[str]:
    """Return the addresses behind words that make them recipients, each once."""
    return [found.value for found in _named(text, frozenset(), frozenset())]


def _named(text: str, wanted: frozenset[str], strangers: frozenset[str]) -> list[Address]:
    """Return the addresses behind words that make them recipients.

    The whole notice belongs to one that stands alone, and to each of several on one line.
    """
    named = []
    for found in find_addresses(text):
        before = text[max(0, found.start - 80) : found.start]
        if found.value.lower() in wanted or (
            found.value.lower() not in strangers
            and not _OF_A_LIST.search(found.value)
            and _names_recipient(text, found, before)
        ):
            named.append(found)
    named = _once_each(named)
    if len(named) > 1 and all(
        "\n" in text[one.end : after.start] for one, after in pairwise(sorted(named, key=lambda found: found.start))
    ):
        return named
    return [Address(found.value, 0, 0) for found in named]


def _in_sentence(text: str, strangers: frozenset[str]) -> list[Address]:
    """Return the only address that the sentences name in which the notice says that something was not delivered."""
    found: dict[str, Address] = {}
    for sentence in _SENTENCE_ENDS.split(text) if "@" in text else ():
        if "@" not in sentence or not (any(table.search(sentence) for table in _TELLING)):
            continue
        for address in find_addresses(sentence):
            before = sentence[max(0, address.start - 40) : address.start]
            value = address.value.lower()
            line_start = sentence.rfind("\n", 0, address.start) + 1
            if _FORWARDED_HEADER.match(sentence, line_start) and _FROM_FIELD.search(sentence):
                continue  # to whom the notice went
            if _SENDER_BEFORE.search(before):
                continue
            if value not in strangers and not _OTHER_LABEL.search(before) and not labels.CONTACT.search(before):
                found.setdefault(value, address)
    return [Address(address.value, 0, 0) for address in found.values()] if len(found) == 1 else []


def _names_recipient(text: str, found: Address, before: str) -> bool:
    """Whether words before the address make it a recipient, or it closes a line "Unknown user: anna@example.com"."""
    if _WRITTEN_TO.search(before):
        return True
    if labels.CONTACT.search(before[-40:]):
        return False
    if _TO_WORDS.search(before):
        return True
    line = before.rsplit("\n", 1)[-1]
    return bool(
        ":" in line
        and _LINE_WITH_COLON.match(line)
        and not _OTHER_LABEL.search(line)
        and not _FORWARDED_HEADER.match(line)
        and _END_OF_LINE.match(text[found.end : found.end + 10])
    )


def _once_each(addresses: list[Address]) -> list[Address]:
    return list({address.value.lower(): address for address in reversed(addresses)}.values())[::-1]


def _inside_header(text: str, line_start: int) -> bool:
    """Whether the line stands in a block From/Sent/To/Subject, the header of a forwarded notice."""
    around = (
        text[max(0, line_start - 300) : line_start].splitlines()[-4:]
        + text[line_start : line_start + 300].splitlines()[1:3]
    )
    return sum(bool(_FORWARDED_HEADER.match(line)) for line in around) >= 1


def _is_contact(text: str, line_start: int, before: str) -> bool:
    """Whether prose that wraps onto this line asks to write to the address."""
    previous = text[max(0, line_start - 120) : max(0, line_start - 1)].rsplit("\n", 1)[-1]
    return bool(previous.strip()) and "<" not in before and bool(labels.CONTACT.search(previous[-30:]))


def _with_shared_text(found: list[Paragraph], text: str, transcript: re.Match[str] | None) -> list[Paragraph]:
    """Give a recipient without words of its own those of the next one, or of the transcript."""
    result = list(found)
    for number in range(len(result) - 2, -1, -1):
        if len(result[number].text.strip(" :<>\"'\n")) < 4:
            result[number] = Paragraph(result[number].recipient, result[number].alias, result[number + 1].text)
    if transcript is None:
        return result
    session = text[transcript.end() :]
    return [
        paragraph
        if re.search(r"\(reason:\s*[245]\d\d\s", paragraph.text, re.IGNORECASE)
        else Paragraph(
            paragraph.recipient,
            paragraph.alias,
            f"{paragraph.text}\n{_session_of(session, paragraph.recipient, len(result))}",
        )
        for paragraph in result
    ]


def _session_of(session: str, recipient: str | None, recipients: int) -> str:
    """Return the lines of a transcript that speak of one recipient, or all where none names it."""
    if recipients < 2 or not recipient:
        return session
    lines = [line for line in session.splitlines() if recipient.lower() in line.lower()]
    return "\n".join(lines) if any(re.search(r"\d{3}", line) for line in lines) else session
