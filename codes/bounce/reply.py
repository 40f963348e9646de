"""Takes SMTP replies apart, and finds in a text the one that decided.

A local mail system quotes the remote one, so the inner reply is the remote host's and the outer one only somebody's
reading of it. Numbers count as codes only where a reply can stand: at the start of a line, after words or signs that
introduce a reply, or directly before an enhanced code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from sys import intern
from typing import NamedTuple

from codes.bounce import labels

#: Numbers that are looked at in one text.
MOST_NUMBERS = 300

#: RFC 5321, 4.2: first digit 2 to 5. RFC 3463, 2: class, subject and detail.
#: What may not stand before is looked for last: an engine that knows the first character finds it faster.
_NUMBER = re.compile(r"[2-5](?<![\w.@/+%$€£-][2-5])\d\d(?![\w/@%€$£]|[.,]\d|-\d\d\d|:\d+\])")
_ENHANCED_REST = r"\.\d{1,3}\.\d{1,3}(?!\w|\.\w)"
_ENHANCED = rf"[245]{_ENHANCED_REST}"
_ENHANCED_AFTER = re.compile(rf"[\s\-:#'\"(,\[]{{1,6}}(?P<enhanced>{_ENHANCED})")
#: Subjects have one digit (RFC 3463, 3); "4.98.1" is a version.
_ENHANCED_ANYWHERE = re.compile(rf"[245](?<![\w./:-][245])(?=\.\d\.){_ENHANCED_REST}")
#: What stands before such a number where it is a version, or in the title of the mail that came back.
_NO_CODE_BEFORE = re.compile(
    r"\btitled \"[^\"\n]*$|"
    r"(?:(?:version|ver\.?|\bv|release|postfix|exim|sendmail|server)[\s/]*#?|"
    r"\b(?:upgrad|updat|bump|aggiorna|migra)\w*+(?: [\w-]++){0,3}? (?:from|to|da|a|alla|dalla)(?: \S+ (?:to|a))? )$",
    re.IGNORECASE,
)
#: Behind it, the day of a version, as in a change log, or what it counts.
_NO_CODE_AFTER = re.compile(
    r"[ \t]*[-–(\[]{1,2} ?\d{4}-\d\d-\d\d| (?:business )?(?:days|weeks|giorni|settimane|tage|wochen)\b", re.IGNORECASE
)
_ENHANCED_IN_BRACKETS = re.compile(rf"#\s?(?P<enhanced>{_ENHANCED})|\((?P<bare>{_ENHANCED})\)")
_TEXT_AFTER = re.compile(r"[ \t]*(?:[-:,]?'?\s*[^\s)\]};]|\s*$)|\s|\):\s*\S")
#: Behind words that introduce a reply the code may stand in brackets: "Errore SMTP: [550] utente inesistente".
_CLOSED_AFTER = re.compile(r"[)\]]:?\s+[\w<\"']")
_NOT_A_CODE_AFTER = re.compile(
    r"\s*[(,]\s?\d{1,3}(?:[.,]\d{1,2})?\s?%|,\s\w+:\s?\d{1,6}(?![\d.])|"
    r"\s*(?:bytes?|[kmg]i?b|eur|usd|euros?|sec(?:onds?)?|min(?:utes?)?|hours?|(?:business )?days?|weeks?|months?|ore|"
    r"giorni|settimane|mesi|minuti|secondi|stunden|tage|wochen|monate|jours|semaines|días|semanas|"
    r"kunden|x \d|(?-i:"  # a reply's sentence begins with a capital: "550 Messages should have a Date: header"
    r"recipients|destinatari|messages|messaggi|lines|righe|pages|pagine|people|persone|clienti|customers|clients|clientes|"
    r"utenti|users|subscribers|iscritti|contatti|contacts|pezzi|pieces|items|prodotti|articoli|ordini|orders|offerte|"
    r"rows|records))\b",
    re.IGNORECASE,
)

#: A column of numbers before what they count or name, as in a day's totals: "      452   Accepted         51.60%".
_COUNTED = re.compile(r"[ \t]{4,}\d{3}[ \t]{2,}\w|\d{3} {3,}[^\W\d_]")
#: Behind these a number is a port's, "SMTP auf Port 587", or that of a thing for sale.
_PORTS = ("port", "ports", "porta", "porte", "puerto", "poort")
_THINGS = ("artikel", "articolo", "article", "artículo", "artigo", "item")
#: Or that of a program's user: "EUID: 421 (421)".
_USERS = ("uid", "gid", "euid", "egid", "pid")
_NUMBERED = (*_PORTS, *_THINGS, *_USERS)
#: With these a program's source or a test that failed compares a reply: `assert reply == "550 5.1.1 no"`.
_COMPARED = ('== "', "== '", '!= "', "!= '")
#: What web servers answer and mail servers do not, and what they answer as the value of a JSON key (RFC 9110, 15.5);
#: KumoMTA says "400" by itself.
_OF_HTTP = ("401", "403", "404", "429")
_OF_HTTP_IN_JSON = (*_OF_HTTP, "400", "413", "422")
#: A list's dots between a name and its number, "Magazzino ...... 550"; Sendmail puts three right behind an address.
_LEADERS = ("....", " ...")

#: A line may begin with the marks of quoting and of transcripts before the code.
_MARKS = re.compile(r"[ \t>|*\"'(\[<#~-]*+(?:(?:<<<|<--?|<~|<\*\*|Out:|S:|Received >>>|Server:)[ \t]*+)?")
#: A transcript's mark of what the server said, where its lines were put on one.
_ARROW = re.compile(r"(?:<<<|>>>|<--|<\*\*) ?$")
#: A code that a program shows alone, above its next label: "Errore del server: 554", "Numero di errore: 0x800CCC79".
#: Postfix breaks its lines anywhere: "host mx.example.com said: 554", "Transaction failed: no such user".
_ALONE_ABOVE_LABEL = re.compile(r"\d{3}(?<!said: \d{3})[ \t]*(?=\n[ \t>]*[^\W\d_][^\n:@<]{2,40}:(?:[ \t]|\n))")
_LETTER = re.compile(r"\w")
#: Characters in which a reply's end is looked for, and those of its text; no server says more.
_REACH, _LONGEST_TEXT = 4000, 1500
#: What a reply is worth shows in its beginning: where more than a few stand in a text, only the decisive one is put
#: together, for each may hold all that follow.
_FEW, _BEGINNING = 8, 200
#: Characters of marks before a reply, however often it was quoted.
_LONGEST_MARKS = 120
_LAST_WORD = re.compile(r"\w+$")
_OPENED_BY_A_HOST = re.compile(r"(?:[.:][0-9a-f]{1,4}\],|\([0-9a-f]{8}\))$", re.IGNORECASE)
_REMOTE_MARKS = re.compile(r"<<<|<--?\s|<~|<\*\*|Out:|S:|>>>")


def _by_last_letter(phrases: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {last: tuple(phrase for phrase in phrases if phrase[-1] == last) for last in {one[-1] for one in phrases}}


_SAYS, _SAYS_WITH_COLON = _by_last_letter(labels.SAYS), _by_last_letter(labels.SAYS_WITH_COLON)
#: Before a label these make it a piece of a longer name, or of a link: "/reset?code=550".
_WITHIN_NAMES = ("_", "?", "&", "/")
#: What parts a label from its value: a sign, or the cells of a table.
_PARTED = re.compile(r"[:：;=|\t]|  ")
#: A line that shows the subject of the mail that came back, whose words never count.
SUBJECT_LINE = re.compile(
    r"^[ \t>*]{0,40}(?:subject|oggetto|betreff|objet|asunto|assunto|onderwerp|temat|ämne|emne|předmět|aihe|"
    r"件名|主题|主旨|제목|тема)"
    r"\*?[ \u00a0]?[:\t][^\n]*",
    re.IGNORECASE | re.MULTILINE,
)
#: Characters of a line before the beginning of a subject: "Subject: 550 toner cartridges left!!".
_LONGEST_LABEL = 40
#: With these a quotation opens.
QUOTATION_MARKS = ('"', "“", "„", "«")
#: Characters that may stand between the words that introduce a reply and the reply.
_OPENING = " \t\n\r[({<'\"“«"
#: The codes at the beginning of a reply and of each further line of it.
_CODES_AGAIN = re.compile(
    rf"(?P<code>[2-5](?<!\S[2-5])\d\d)(?:[\s\-:#'\"(]{{1,6}}(?P<enhanced>{_ENHANCED})[)\]]?)?(?P<parted>[-:\s]*)"
)
_MARKS_OF_LINES = re.compile(r"\n[ \t>|]*")
#: What follows a reply and is no part of it.
_END = re.compile(
    r"\n(?:\s*(?:Giving\s+up\s+on|QUIT\b|>>>|<<<|-->|<--|\.\.\.\s+while|(?:In|Out):\s|"
    r"Generating server|Server di generazione|Message hops|Dettagli|Was this helpful|"
    r"(?:Server|Servidor|Serveur|Serwer)(?: \w+)? ?:|"
    r"(?:Remote|Diagnostic|Status|Action|Final-Recipient|Original\s+message|Reporting-MTA)\b[^\n]*:|"
    r"\[(?:RCPT_TO|MAIL_FROM|DATA)\]|"
    r"\(expanded from: |<\S+>\.\.\. Deferred)|"  # what Sendmail says next
    r"[ \t]*\n|-{3,}|"
    r"[ \t]*[^\s:@a-z][^\n:@]{2,60}:[ \t]+[\w-]+(?:\.[\w-]+)+[ \t]*(?:\n|\Z))|"  # a label and a host
    r"\((?:in\s+reply\s+to|delivery\s+attempts)|\s(?:##|\[(?:RCPT_TO|MAIL_FROM|DATA)\])|>\s*#SMTP#",
)
#: Replies that follow a refusal and say nothing of their own.
_HOUSEKEEPING = re.compile(
    r"^(?:503\b.*(?:need|rcpt|recipient|valid|sequence|command)|554 5\.5\.1 .*no valid recipients|"
    r"(?:221|220|250|354)\b|\d{3}(?: \d\.\d+\.\d+)? (?:bye|closing connection)\b|"
    r"\d{3}(?: \d\.\d+\.\d+)? (?:for (?:an |more |further )?(?:explanation|information|details)|https?:))",
    re.IGNORECASE,
)
#: A server that checks the sender quotes what it heard of that one's host; the refusal is its own.
_ASKED_ABOUT_SENDER = re.compile(r"sender address rejected: un(?:verified|deliverable) address: [^\n]*$", re.IGNORECASE)

#: Exchange's own word that it gave up, "550 4.4.7 QUEUE.Expired; message expired", or has not yet (RFC 3463, 3.5).
_EXPIRED = re.compile(r"(?:550|400) 4\.4\.7 (?:QUEUE\.Expired|(?:message )?(?:delayed|expired))", re.IGNORECASE)

#: What a server answered, where the program that shows it leaves out the reply code, and the words before it.
_WITHOUT_CODE = re.compile(rf":\s+[\"'“«]?(?P<said>{_ENHANCED}[^\n]*)")
_SAYS_SO = (
    r"server (?:response|reply) (?:was|is)|"
    r"(?:server|serveur|servidor)(?: \w+){0,3} (?:responded|replied|said|answered|ha risposto|"
    r"a répondu|respondió|antwortete|respondeu)|antwort des \w*servers(?: lautete| war)?|"
    r"serverantwort (?:war|lautete?)|"
    r"risposta\s+del\s+server(?:\s+è\s+stata)?|réponse\s+du\s+serveur(?:\s+était)?|"
    r"respuesta\s+del\s+servidor(?:\s+fue)?|resposta\s+do\s+servidor(?:\s+foi)?|"
    r"server(?:reactie|antwoord) was|antwoord van de server was|odpowiedź serwera(?: to)?"
)
_SERVER_SAID = re.compile(rf"(?:{_SAYS_SO}|\bSmtp(?:Command)?Exception)\s?$", re.IGNORECASE)
#: .NET shows what the server answered without its reply code, which it words itself: "Mailbox unavailable."
_EXCEPTION_SAID = re.compile(
    rf"\bSmtp(?:FailedRecipients?)?Exception\b[^\n]{{0,300}}?(?:(?i:{_SAYS_SO}))\s?:\s+(?P<said>[^\n]*\w[^\n]*)"
)


class _Extent(NamedTuple):
    """Where a reply stands: its first line, its last, the next reply's line below it, and what its head says."""

    start: int
    last_start: int
    below: int | None
    code: str
    enhanced: str | None
    quoted: bool


@dataclass(slots=True)
class Reply:
    """One reply: `text` on one line, "550 5.1.1 User unknown", and where it stands in the text it came from."""

    text: str
    reply_code: str | None
    enhanced_code: str | None
    start: int
    end: int
    #: True where words or marks say that another host spoke, False where none do.
    quoted: bool = False


def find_replies(text: str) -> list[Reply]:
    """Return every reply in the text that begins with a reply code, in order; nested ones each count."""
    return [_reply_at(text, extent) for extent in _extents(text)]


def decisive_reply(text: str) -> Reply | None:
    """Return the reply that decided, or None where no reply code stands in the text.

    A quoted reply outranks an unquoted one, a refusal what only follows from it, and of equals the last attempt counts.
    """
    extents = _extents(text)
    if not extents:
        return None
    few = len(extents) <= _FEW
    weighed = [_reply_at(text, extent, _REACH if few else _BEGINNING) for extent in extents]
    number, decisive = max(enumerate(weighed), key=lambda item: (*_weight(item[1], text), item[0]))
    return decisive if few else _reply_at(text, extents[number])


def _extents(text: str) -> list[_Extent]:
    """Return where replies stand, in order: each begins with a head, which further lines of the same reply follow."""
    heads = list(_heads(text))
    extents: list[_Extent] = []
    position = 0
    while position < len(heads):
        start, code, enhanced, quoted = heads[position]
        following = position + 1
        while following < len(heads) and _continues(text, heads[following - 1], heads[following]):
            following += 1
        below = heads[following][0] if following < len(heads) and _line_of(text, heads[following][0]) else None
        extents.append(_Extent(start, heads[following - 1][0], below, code, enhanced, quoted))
        position = following
    return extents


def _reply_at(text: str, extent: _Extent, reach: int = _REACH) -> Reply:
    """Return the reply of an extent; within `reach` characters of its last line's beginning its end is looked for."""
    end = _end_of(text, extent.last_start, reach)
    if extent.below is not None:
        end = min(end, extent.below)
    return _assemble(text, extent.start, end, extent.code, extent.enhanced, extent.quoted)


def enhanced_code_in(text: str) -> str | None:
    """Return an enhanced code that stands in a text without a reply code: "(#5.1.1)" first, then a bare 5.1.1."""
    if match := _ENHANCED_IN_BRACKETS.search(text):
        return match["enhanced"] or match["bare"]
    for match in _ENHANCED_ANYWHERE.finditer(text):
        before = text[max(0, match.start() - 50) : match.start()]
        if not (_NO_CODE_BEFORE.search(before) or _NO_CODE_AFTER.match(text, match.end())):
            return match[0]
    return None


def said_without_code(text: str) -> str | None:
    """Return what a server answered, from its enhanced code on, where no reply code stands before it.

    An exception tells of a refusal even where it shows neither code.
    """
    for match in _WITHOUT_CODE.finditer(text):
        if _SERVER_SAID.search(text, max(0, match.start() - 80), match.start()):
            return _balanced(match["said"].strip())
    shown = _EXCEPTION_SAID.search(text) if "Exception" in text else None
    return _balanced(shown["said"].strip()) if shown else None


def parse_reply(text: str) -> Reply | None:
    """Read a text that is one reply and nothing else, "550 5.1.1 User unknown"; None where it is not."""
    stripped = text.strip().strip("«»“”")
    return next((reply for reply in find_replies(stripped) if reply.start <= 2), None)


def without_numbers(text: str) -> str:
    """Return the text without the numbers that look like reply codes, for one in which the reader saw no reply."""
    return _NUMBER.sub(" ", text)


def one_line(text: str) -> str:
    """Return the text with white space collapsed to single blanks."""
    return " ".join(text.split())


def _heads(text: str) -> Iterator[tuple[int, str, str | None, bool]]:
    for match in islice(_NUMBER.finditer(text), MOST_NUMBERS):
        start, code = match.start(), intern(match[0])  # a report of thousands says the same few
        line = _marks_before(text, start)
        before = text[max(0, start - 60) : start].lower()
        signed = before.rstrip(_OPENING).rstrip(":：;=| ")
        if before.endswith(_COMPARED):
            continue
        if signed.endswith(_NUMBERED) and _LAST_WORD.search(signed)[0] in _NUMBERED:  # type: ignore[index]
            continue
        last = signed[-1:]
        said = (_is_label(signed, _SAYS.get(last, ())) and not signed.endswith(_LEADERS)) or (
            _is_label(signed, _SAYS_WITH_COLON.get(last, ()))
            and (_PARTED.search(before, len(signed)) is not None or signed.rpartition("\n")[2].strip() in labels.ERROR)
        )
        said = said or _ARROW.search(text, max(0, start - 5), start) is not None
        after = _ENHANCED_AFTER.match(text, match.end())
        enhanced = intern(after["enhanced"]) if after and after["enhanced"][0] == code[0] else None
        introduced = bool(enhanced or said or line is not None)
        introduced = introduced or _follows_colon(text, start) or _opens_quotation(text, start)
        if after and not enhanced and introduced and "\n" not in text[match.end() : after.start("enhanced")]:
            enhanced = after["enhanced"]  # the two disagree: both are kept, a warning says so
        if not enhanced and code in (_OF_HTTP_IN_JSON if signed.endswith('"') else _OF_HTTP):
            continue
        listed = text[match.end() : match.end() + 2] == "-'"  # AsyncOS: 550-'Unknown user'
        if not enhanced and not listed:
            only_titles = not said and _in_subject(text, start, max(0, start - _LONGEST_LABEL))
            if not introduced or only_titles:
                continue
            if line is not None and not said and _COUNTED.match(text, start - len(line)):
                continue
            closed = said and _CLOSED_AFTER.match(text, match.end())
            if not (closed or _TEXT_AFTER.match(text, match.end())) or _NOT_A_CODE_AFTER.match(text, match.end()):
                continue
        quoted = bool(listed or said or (line and _REMOTE_MARKS.search(line)))
        yield start, code, enhanced, quoted


def _is_label(signed: str, known: tuple[str, ...]) -> bool:
    """Whether one of the known labels ends the text, and not a longer name: "reject_code = 550" is a setting.

    Gmail's replies end with "gsmtp", which introduces nothing.
    """
    if not signed.endswith(known):
        return False
    return any(_stands_alone(signed[: -len(label)][-1:], label) for label in known if signed.endswith(label))


def _stands_alone(before: str, label: str) -> bool:
    """Whether a label is no piece of a longer word; signs part themselves, and accents are no part of a name."""
    if not label[0].isalnum():
        return True
    return not (before.isascii() and before.isalnum()) and before not in _WITHIN_NAMES


def _marks_before(text: str, position: int) -> str | None:
    """Return the marks between the beginning of the line and the position, or None where other words stand there."""
    line_end = text.rfind("\n", max(0, position - 40), position)
    if line_end < 0 and position > 40:
        return None
    line = text[line_end + 1 : position]
    return line if _MARKS.fullmatch(line) else None


def _follows_colon(text: str, position: int) -> bool:
    """Whether a colon and a blank, a quote or a bracket stand before the position: a port follows its colon at once.

    A host's address does as well, "mx.example.com: [192.0.2.1], 550 no such user", and Exchange 5.5's number of the
    fault, "MSEXCH:IMS:SEDE:EX 3550 (000B09B6) 550 no such user".
    """
    before = text[max(0, position - 12) : position]
    opened = before.rstrip(_OPENING)
    return opened != before and (opened.endswith((":", ";")) or bool(_OPENED_BY_A_HOST.search(opened)))


def _opens_quotation(text: str, position: int) -> bool:
    """Whether a quotation begins at the position, and not of a code alone: what does “550 no such user” mean?"""
    if not text.startswith(QUOTATION_MARKS, max(0, position - 1), position):
        return False
    before = text[max(0, position - 2) : position - 1]
    return (before in ("", "(") or before.isspace()) and text[position + 3 : position + 4] in (" ", "-")


def _continues(
    text: str, head: tuple[int, str, str | None, bool], following: tuple[int, str, str | None, bool]
) -> bool:
    """Whether the second head is a further line of the first one's reply: "550-5.1.1 ...", "550 5.1.1 ..."."""
    (start, code, enhanced, _), (next_start, next_code, next_enhanced, _) = head, following
    if code != next_code or (enhanced and next_enhanced and enhanced != next_enhanced):
        return False
    return text[start + 3 : start + 4] == "-" and "\n\n" not in text[start:next_start]


def _in_subject(text: str, position: int, low: int = 0) -> bool:
    """Whether the position is on a line that shows a mail's subject, which begins at `low` or behind it."""
    line_start = text.rfind("\n", low, position) + 1
    if line_start == 0 and low > 0:
        return False
    return SUBJECT_LINE.match(text, line_start, position) is not None


def _end_of(text: str, start: int, reach: int) -> int:
    if alone := _ALONE_ABOVE_LABEL.match(text, start):
        return alone.end()
    match = _END.search(text, start, min(len(text), start + reach))
    end = match.start() if match else min(len(text), start + reach)
    opening = text[start - 1 : start]
    if text[max(0, start - 2) : start] == "('":
        return min(end, (text.find("])", start) + 1) or end)
    closing = {"'": "'", '"': '"', "“": "”", "«": "»", "<": ">"}.get(opening)
    if closing and (found := text.rfind(closing, start, end)) > start + 3:
        end = found
    return end


def _line_of(text: str, position: int) -> bool:
    """Whether only marks stand before the position on its line."""
    low = max(0, position - _LONGEST_MARKS)
    line_start = text.rfind("\n", low, position) + 1
    if line_start == 0 and low > 0:
        return False
    return not _LETTER.search(text[line_start:position].replace("Out", "").replace("S:", ""))


def _assemble(text: str, start: int, end: int, code: str, enhanced: str | None, quoted: bool) -> Reply:
    """Join the lines of a reply and drop the codes that each of them repeats."""
    raw = text[start : min(end, start + _LONGEST_TEXT)]
    if text[max(0, start - 2) : start] == "('":
        raw = _without_list(raw)

    def once(match: re.Match[str]) -> str:
        """Drop what only repeats the reply's codes."""
        if match["code"] != code or match["enhanced"] not in (None, enhanced):
            return match[0] if match.start() else match[0].removeprefix(code)
        return " " if match["enhanced"] or match["parted"] else match[0]

    said = _CODES_AGAIN.sub(once, f"{raw} ")
    if "\n" in said:
        said = _MARKS_OF_LINES.sub(" ", said)
    said = _balanced(one_line(said).strip(" -:,"))
    if enhanced:
        said = enhanced + " " + said.removeprefix("#").removeprefix(enhanced).lstrip(" :;-")
    return Reply(intern(f"{code} {said}".strip()), code, enhanced or _enhanced_inside(said, code), start, end, quoted)


def _without_list(raw: str) -> str:
    """Return what AsyncOS prints as a Python list, "550', ['5.1.1 no', 'user'])", as one text."""
    code, _comma, items = raw.partition(", [")
    texts = [first or second for first, second in re.findall(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"", items)]
    return " ".join([code.strip("'"), *texts])


def _balanced(words: str) -> str:
    """Drop closing quotes and brackets whose opening stands before the reply."""
    while words and (
        (words[-1] in "'\"" and words.count(words[-1]) % 2) or (words[-1] in ">])" and _closed_too_often(words))
    ):
        words = words[:-1].rstrip()
    return words


def _closed_too_often(words: str) -> bool:
    opening = {">": "<", "]": "[", ")": "("}[words[-1]]
    return words.count(words[-1]) > words.count(opening)


def _enhanced_inside(words: str, code: str) -> str | None:
    """Return an enhanced code that stands later in a reply, where its class agrees: "... no such user (#5.1.1)"."""
    found = enhanced_code_in(words)
    return found if found and found[0] == code[0] else None


def says_only_expired(reply: Reply) -> bool:
    """Whether a reply is the sending system's own after its last try: what the other host said then names the cause."""
    return _EXPIRED.match(reply.text) is not None


def _weight(reply: Reply, text: str) -> tuple[int, int, int, int]:
    """How much a reply decides: refusals before the rest, no housekeeping, quoted before not, words before none.

    A code that a comma follows, or a bracket closes, is only mentioned, "Server Error: 550, Error Number: 0x800CCC79",
    and so is one in a subject.
    """
    refusal = reply.reply_code is not None and reply.reply_code[0] in "45"
    speaks = len(reply.text) > 3 and text[reply.start + 3 : reply.start + 4] not in ",)"
    titled = _in_subject(text, reply.start)
    of_sender = reply.quoted and _ASKED_ABOUT_SENDER.search(text, max(0, reply.start - 300), reply.start)
    decides = refusal and not titled and not of_sender and not _HOUSEKEEPING.match(reply.text)
    return (int(decides), int(not says_only_expired(reply)), int(reply.quoted), int(speaks))
