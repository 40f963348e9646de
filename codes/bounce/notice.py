"""Reads the words of a notice, whatever system wrote it: who was not reached, and the lines that say so.

What follows a recipient's address, down to the next recipient, belongs to it. The returned message below never counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from codes.bounce import words
from codes.bounce.addresses import Address, find_addresses, first_address
from codes.bounce.recipients import recipients_in
from codes.bounce.reply import decisive_reply

#: Characters of a notice that are looked at; what follows is the returned message or padding.
LONGEST_NOTICE = 200_000
#: Characters in which a notice that somebody forwarded shows what it is.
_HEAD = 3000
_EMPTY_LINES = re.compile(r"\n(?:[ \t>]*\n){3,}")
#: So many lines with a mark of quoting are a quotation, whatever stands around them.
_LINES_OF_A_QUOTATION = 4
_QUOTED = re.compile(r"\s*(?:>(?!>>+ )|\|(?![^\n]*\|\s*$))")
_MARK_OF_QUOTING = re.compile(r"^\s*(?:>(?!>>)|\|(?!.*\|\s*$))[ ]?")
#: How often a text may have been quoted.
_MOST_QUOTED = 5
_ALIAS = re.compile(r"\((?:expanded|generated|ultimately generated) from:?\s*<?", re.IGNORECASE)
_ALIAS_ALONE = re.compile(rf"^[^@\n]*\n\s*{_ALIAS.pattern}([^()\n]+)\)", re.IGNORECASE | re.MULTILINE)
#: A line of a transcript that says what became of a recipient: it holds a code, or Sendmail's dots.
_SAID_OF_ONE = re.compile(r"\d{3}|>\.\.\. ")
#: Before what Sendmail said to the next host, about the next recipients.
_NEXT_SESSION = "\n... while talking to "
#: Sendmail's heading above the next recipients.
_NEXT_SECTION = re.compile(r"\n[ \t>]*-{3,} ?The following addresses had ", re.IGNORECASE)
#: How the next one begins, where somebody pasted several notices.
_NEXT_NOTICE = re.compile(
    r"^[ \t>]*(?:Hi\. This is the |This is the mail system at host |This message was created automatically by mail )",
    re.IGNORECASE | re.MULTILINE,
)
_REASON_GIVEN = re.compile(r"\(reason:\s*[245]\d\d[\s-]", re.IGNORECASE)
#: The header of the mail that came back, shown among a notice's words, and the characters that are looked through.
_FIELDS_SHOWN = re.compile(r"^[ \t]*(From|To|Cc|Return-Path):[ \t]*(\S[^\n]*)", re.IGNORECASE | re.MULTILINE)
_SHOWN_WITHIN = 20_000
#: A field that mail programs do not show above a mail that somebody answers or forwards.
_OF_A_SOURCE = re.compile(
    r"^[ \t]*(?:Received|Return-Path|Message-ID|MIME-Version|Content-Type|X-[\w-]+):", re.IGNORECASE | re.MULTILINE
)
_TRANSCRIPT = re.compile(r"^[ \t>]*-+ ?Transcript of session follows ?-*", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What a notice says of one recipient."""

    recipient: str | None
    alias: str | None
    text: str


def unquoted(text: str) -> str:
    """Return the text without the marks of quoting, however often it was quoted, where most lines have them."""
    for _again in range(_MOST_QUOTED):
        if ">" not in text and "|" not in text:
            return text
        lines = text.splitlines()
        marked = sum(_QUOTED.match(line) is not None for line in lines)
        if not marked or (marked < _LINES_OF_A_QUOTATION and marked * 2 < sum(map(bool, map(str.strip, lines)))):
            return text
        text = "\n".join(_MARK_OF_QUOTING.sub("", line) for line in lines)
    return text


def own_words(text: str) -> str:
    """Return the part of a notice that its mail system wrote: see `parted`."""
    return parted(text)[0]


def fields_shown(text: str) -> dict[str, str]:
    """Return what the first "From:", "To:", "Cc:" and "Return-Path:" of a text say, by their names in lower case."""
    fields: dict[str, str] = {}
    for found in _FIELDS_SHOWN.finditer(text[:_SHOWN_WITHIN]):
        fields.setdefault(found[1].lower(), found[2])
    return fields


def shows_source(returned: str) -> bool:
    """Return whether what a notice shows is a mail's source: the header of one that somebody answers is shorter."""
    return _OF_A_SOURCE.search(returned[:_SHOWN_WITHIN]) is not None


def parted(text: str) -> tuple[str, str]:
    """Return the part of a notice that its mail system wrote, and what it shows of the returned message.

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
        return (above, text[match.end() :]) if above.strip() else _before_headers(text[start:])
    return _before_headers(text[start:]) if "headers" in marks else (text[start:], "")


def _before_headers(text: str) -> tuple[str, str]:
    """Return the words before a block of headers that no heading announces, and the rest."""
    match = words.RETURNED_HEADERS.search(text)
    if match and text[: match.start()].strip():
        return text[: match.start()], text[match.start() :]
    return text, ""


def paragraphs(text: str, known: tuple[str, ...] = (), strangers: frozenset[str] = frozenset()) -> list[Paragraph]:
    """Return what the notice says of each recipient, in order.

    `text` is the notice's own words. `known` are recipients that headers or the report name, `strangers` addresses that
    cannot be recipients (who wrote the notice, and to whom).
    """
    if "@" not in text:
        return []
    wanted = frozenset(address.lower() for address in known)
    heads = recipients_in(text, wanted, strangers)
    if not heads and (hidden := _ALIAS_ALONE.search(text)):  # Exim may hide where it leads: "an undisclosed address"
        heads = [Address(found.value, *hidden.span()) for found in find_addresses(hidden[1])]
    if not heads:
        return []
    result = []
    transcript = _TRANSCRIPT.search(text) if "ranscript" in text else None
    for number, head in enumerate(heads):
        end = heads[number + 1].start if number + 1 < len(heads) else len(text)
        line_end = text.rfind("\n", head.end, end) if number + 1 < len(heads) else -1
        end = line_end + 1 if line_end >= 0 else end
        if transcript and head.end < transcript.start() < end:
            end = transcript.start()
        if head.end and (following := _NEXT_NOTICE.search(text, head.end, end)):
            end = following.start()
        if section := _NEXT_SECTION.search(text, head.end, end):
            end = section.start()
        if len(heads) > 1 and (session := text.find(_NEXT_SESSION, head.end, end)) >= 0:
            end = session
        line_start = text.rfind("\n", 0, head.start) + 1
        start = line_start if text[line_start : line_start + 3].isdigit() else head.end
        if number and (own := _NEXT_NOTICE.search(text, heads[number - 1].end, head.start)):
            start = own.start()  # this one has an opening of its own
        body = text[start:end]
        alias_at = _ALIAS.search(body)
        alias = first_address(body[alias_at.end() :]) if alias_at else None
        result.append(Paragraph(head.value, alias if alias != head.value else None, body))
    return _with_shared_text(_without_aliases(_joined(result)), text, transcript)


def _without_aliases(found: list[Paragraph]) -> list[Paragraph]:
    """Leave out those under whose name somebody else was reached for: Sendmail closes with "550 <alias>... unknown"."""
    aliases = {paragraph.alias.lower() for paragraph in found if paragraph.alias}
    return [paragraph for paragraph in found if (paragraph.recipient or "").lower() not in aliases]


def _joined(found: list[Paragraph]) -> list[Paragraph]:
    """Put together what Exchange says twice of a recipient: for people, and for administrators."""
    joined: dict[str, Paragraph] = {}
    for paragraph in found:
        key = (paragraph.recipient or "").lower()
        earlier = joined.get(key)
        text = f"{earlier.text}\n{paragraph.text}" if earlier else paragraph.text
        joined[key] = Paragraph(paragraph.recipient, paragraph.alias or (earlier.alias if earlier else None), text)
    return list(joined.values())


def _with_shared_text(found: list[Paragraph], text: str, transcript: re.Match[str] | None) -> list[Paragraph]:
    """Give a recipient without words of its own those of the next one, or of the transcript."""
    result = list(found)
    for number in range(len(result) - 2, -1, -1):
        if len(result[number].text.strip(" :<>\"'\n")) < 4:
            result[number] = Paragraph(result[number].recipient, result[number].alias, result[number + 1].text)
    if transcript is None:
        return result
    session = text[transcript.end() :]
    return [_with_session(paragraph, session, len(result)) for paragraph in result]


def _with_session(paragraph: Paragraph, session: str, recipients: int) -> Paragraph:
    """Give a recipient the lines of a transcript; where its reply stands already, only those that name it."""
    lines = _session_of(session, paragraph.recipient, recipients)
    if lines is session and _REASON_GIVEN.search(paragraph.text):
        return paragraph
    return Paragraph(paragraph.recipient, paragraph.alias, f"{paragraph.text}\n{lines}")


def _session_of(session: str, recipient: str | None, recipients: int) -> str:
    """Return the lines of a transcript that speak of one recipient, or all where none names it."""
    if recipients < 2 or not recipient:
        return session
    lines = [line for line in session.splitlines() if recipient.lower() in line.lower()]
    return "\n".join(lines) if any(_SAID_OF_ONE.search(line) for line in lines) else session
