"""Reads the words of PEC receipts, for where daticert.xml is missing: a paste from the screen, a forwarded text.

The sentences are those of the technical rules of 2 November 2005, which RFC 6109 describes in English, and of the two
families of texts that providers write.
"""

from __future__ import annotations

import re
from html import unescape

from codes.bounce.addresses import find_addresses
from codes.bounce.notice import own_words, unquoted
from codes.bounce.patterns import Phrases, lines_of
from codes.bounce.pec_xml import Facts, moment
from codes.bounce.reply import decisive_reply, enhanced_code_in, one_line
from codes.bounce.report import Original

#: Characters of a text, and receipts in it, that are looked at.
LOOKED_AT = 60_000
MOST_RECEIPTS = 50
#: Characters before a receipt's first sentence in which its title stands.
_TITLE = 200

#: One of these has to be there before anything else is tried; a blank stands for any white space and marks of quoting.
_SPEAKS = Phrases(
    line.replace(" ", r"[\s>]+")
    for line in lines_of(r"""
        stato rilevato (?:un|il seguente) (?:errore|problema)
        consegnato (?:nella casella|al destinatario|nelle (?:prime|dodici|ventiquattro)|entro)
        (?:accettato|rifiutato) dal sistema
        non \S{1,8} stato accettato
    """)
)
#: "è", "e'", or what a wrong character set made of it.
_IS = r"\S{1,3}"
#: What `errore-esteso` often begins with: a code, then the provider's name.
_CODE = r"[45]\.\d{1,3}\.\d{1,3} - "
#: The sentence of each receipt: its type, the error that the words themselves name, whether it is enough alone.
_SENTENCES: tuple[tuple[str, str, bool, re.Pattern[str]], ...] = tuple(
    (kind, error, alone, re.compile(pattern, re.IGNORECASE))
    for kind, error, alone, pattern in (
        ("", "virus", False, rf"{_IS} stato rilevato un problema di sicurezza(?: (?!il\b)[^\s.]{{1,200}})?"),
        ("non-accettazione", "", True, rf"{_IS} stato rilevato un problema che ne impedisce l.accettazione"),
        (
            "preavviso-errore-consegna",
            "",
            True,
            rf"(?:{_CODE}[^-]{{1,120}} - il messaggio )?"
            rf"non {_IS} stato consegnato (?:nelle|entro(?: le)?)(?: prime)? (?:dodici|12|ventiquattro|24) ore"
            r"(?: dal suo invio)?",
        ),
        ("errore-consegna", "", True, rf"{_IS} stato rilevato (?:un|il seguente) errore ?:? ?(?={_CODE})"),
        ("errore-consegna", "", False, rf"{_IS} stato rilevato (?:un|il seguente) errore"),
        ("errore-consegna", "", False, rf"il messaggio {_IS} stato rifiutato dal sistema"),
        (
            "avvenuta-consegna",
            "",
            False,
            rf"(?<!non ){_IS} stato (?:correttamente )?consegnato (?:nella casella di destinazione|al destinatario)",
        ),
        ("accettazione", "", False, rf"(?<!non ){_IS} stato accettato dal sistema ed? inoltrato"),
        ("presa-in-carico", "", False, rf"(?<!non ){_IS} stato accettato dal sistema"),
        ("non-accettazione", "", False, rf"il messaggio non {_IS} stato accettato"),
    )
)
#: RFC 6109, 4.2: the date at the head of every receipt.
_DAY = re.compile(
    r"\bil giorno (\d{1,2}/\d{1,2}/\d{4}) alle ore (\d{1,2}:\d\d:\d\d)(?: ?\(?([+-]\d{4})\b\)?)?", re.IGNORECASE
)
_HEAD = re.compile(
    r"\bmessaggio (?:con oggetto )?[\"“«](?P<subject>.{0,600}?)[\"”»] (?:proveniente|inviato) da:? "
    r"[\"“«<]?(?P<sender>[^\s\"“”«»<>]{3,254})[\"”»>]? ?,? ?ed? "
    r"(?:indirizzato|destinato) a(?:ll.utente|l destinatario)?\b:?",
    re.IGNORECASE,
)
_TO = re.compile(r"\b(?:indirizzato|destinato) a(?:ll.utente|l destinatario)?:? ", re.IGNORECASE)
_MARKS = re.compile(r"\bidentificativo (?:del )?messaggio\b|\bdaticert\.xml\b", re.IGNORECASE)
#: What follows the words of the error.
_AFTER = (
    r"(?:[. ]*\bil messaggio (?:non )?\S{1,3} stato (?:rifiutato|accettato)|[. ]*\bidentificativo (?:del )?messaggio|"
    r"[. ]*\bl.allegato daticert|$)"
)
_CAUSES = {
    "errore-consegna": re.compile(
        rf"stato rilevato (?:un|il seguente) errore ?:? ?(?P<why>.{{1,600}}?){_AFTER}", re.IGNORECASE
    ),
    "non-accettazione": re.compile(
        r"impedisce l.accettazione ?(?:a causa (?:di|del|dei|della|delle|dell.)? ?:?|[.:])? ?"
        rf"(?P<why>.{{1,600}}?){_AFTER}",
        re.IGNORECASE,
    ),
}
#: The envelope's own words around ordinary mail (pec.md, 6); those on the signature are no reason of a failure.
_ANOMALY = re.compile(
    r"(?:anomalia[\s>]+nel[\s>]+messaggio[\s>]+)?il[\s>]+giorno[\s>]+[\d/]{8,10}[^@\n]{0,60}stato[\s>]+ricevuto[\s>]+"
    r"il[\s>]+messaggio\b[^\x00]{0,3000}?tali[\s>]+dati[\s>]+non[\s>]+sono[\s>]+stati[\s>]+certificati[^\x00]{0,1000}?"
    r"(?:incluso[\s>]+in[\s>]+allegato\.?|\n[ \t>]*\n|\Z)",
    re.IGNORECASE,
)


def without_anomaly(text: str) -> str:
    """Return a text without the words of an "ANOMALIA MESSAGGIO", which wraps what is to be read."""
    return _ANOMALY.sub("", text, count=1) if "certificati" in text[:LOOKED_AT] else text


def facts_in_words(text: str) -> list[Facts]:
    """Return what the receipts in a text say, in their order.

    What a returned or quoted message below a notice says does not count, unless the words above it are a person's.
    """
    text = text[:LOOKED_AT]
    if not _SPEAKS.search(unescape(text)):
        return []
    above = own_words(unquoted(text))
    if found := _receipts(above):
        return found
    if decisive_reply(above) or enhanced_code_in(above):
        return []
    return _receipts(text)


def _receipts(text: str) -> list[Facts]:
    """Return the receipts in a text; each begins with its day, or there is one without."""
    flat = one_line(re.sub(r"(?m)^[ \t>*]+", "", unescape(text)).replace("**", ""))
    days = list(_DAY.finditer(flat))[:MOST_RECEIPTS]
    if not days:
        return [facts] if (facts := _receipt("", flat, None)) else []
    found = []
    for number, day in enumerate(days):
        begin = days[number - 1].end() if number else 0
        end = days[number + 1].start() if number + 1 < len(days) else len(flat)
        if facts := _receipt(flat[max(begin, day.start() - _TITLE) : day.start()], flat[day.start() : end], day):
            found.append(facts)
    return found


def _receipt(title: str, words: str, day: re.Match[str] | None) -> Facts | None:
    """Return what one receipt says: `title` stands above it, `words` are its sentences on one line."""
    hits = ((kind, error, alone, pattern.search(words)) for kind, error, alone, pattern in _SENTENCES)
    kind, error, alone, sentence = next((hit for hit in hits if hit[3]), ("", "", False, None))
    if sentence is None:
        return None
    head = _HEAD.search(words)
    if not (alone or day or head or _MARKS.search(words)):
        return None
    before = f"{title} {words[: sentence.start()]}"
    cause = _CAUSES[kind].search(words) if kind in _CAUSES else None
    return Facts(
        kind=kind or _kind_of_virus(before, words[sentence.end() :]),
        error=error,
        detail=cause["why"].strip(" -:,") if cause else "",
        sentence=sentence[0].strip(" :"),
        recipients=_recipients(before, head, words[: sentence.start()]),
        at=moment(day[1], day[2], day[3]) if day else None,
        original=Original(
            sender=head["sender"].rstrip(".,;") if head else None, subject=(head["subject"] or None) if head else None
        ),
    )


def _kind_of_virus(before: str, after: str) -> str:
    """Return the type of a receipt about a virus: refused on the way out, on arrival, or told among providers."""
    if re.search(r"accettazione", before, re.IGNORECASE) or re.search(r"stato accettato", after[:300], re.IGNORECASE):
        return "non-accettazione"
    return "errore-consegna" if re.search(r"mancata consegna", before, re.IGNORECASE) else "rilevazione-virus"


def _recipients(before: str, head: re.Match[str] | None, words: str) -> tuple[str, ...]:
    """Return the addresses between "indirizzato a" and the sentence; without them the one that the title names."""
    if head and head.end() <= len(words):
        return tuple(dict.fromkeys(found.value for found in find_addresses(words[head.end() :])))
    to = list(_TO.finditer(before))
    named = [found.value for found in find_addresses(before[to[-1].end() :])] if to else []
    return tuple(dict.fromkeys(named))
