"""Tells people's own addresses from recipients': of whoever signs, speaks of themselves, or is named beside a program.

Those who ask for help stand in a text beside the recipients, and a wrong recipient is worse than none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import takewhile

from codes.bounce import labels, words
from codes.bounce.addresses import find_addresses
from codes.bounce.patterns import Phrases

#: Below an address with which somebody signs stand numbers and pages, or nothing.
_LINE_OF_SIGNATURE = re.compile(
    r"[ \t>|•·–-]*(?:tele?|phone|mob|cell|fax|int\.|interno|www\.|https?:|"
    r"(?:ag|amtsgericht|hr[ab]|p\.? ?iva|c\.? ?f\.|rea|siret|siren|rcs|nip|regon|krs|ust-?id\S*|steuer\S*|vat|sitz)\b|"
    r"(?![245]\d\d[ -]|[245]\.\d)\+?\(?\d[\d ./()-]{5,})",
    re.IGNORECASE,
)
SIGNS = " \t\n>:<\"'.*"
#: The end of a letter: closing words, and below them a name, a number, an address, but nothing that a server says.
_CLOSINGS = Phrases([rf"^[ \t>]*(?:{labels.CLOSING})"], multiline=True)
_CLOSING = re.compile(rf"^[ \t>]*(?:{labels.CLOSING})(?!\w)", re.IGNORECASE | re.MULTILINE)
_SIGNATURE = re.compile(
    rf"[ \t>]*(?:{labels.CLOSING})(?!\w)[^\n:]{{0,60}}"
    r"(?:(?:\n[ \t>]*){1,3}(?!.*(?:<|(?<!\d)[45]\d\d[ -]|: ?$|@.*\n+[ \t>]*[245](?:\d\d|\.\d)))"
    r"(?!(?!e-?mail|mail|tel|cell|mob|fax|pec|web)\S+:).{0,80}){0,5}",
    re.IGNORECASE | re.MULTILINE,
)
#: A line of closing words, or the dashes above a signature.
_SIGNED = re.compile(rf"^[ \t>]*(?:--[ \t]*|(?:{labels.CLOSING})(?!\w)[^\n:]{{0,30}})$", re.IGNORECASE | re.MULTILINE)
_CLOSES = Phrases([rf"(?:{labels.CLOSING})"])
_CLOSED = re.compile(rf"(?<!\w)(?:{labels.CLOSING})(?!\w)[\s,.!;]*(?P<name>[^:@]*)$", re.IGNORECASE)
#: A name and a bracket: "in Marta's program (marta@example.com)".
_PERSON_BEFORE = re.compile(r"(?<!\w)[^\W\d_a-z][\w'-]+\s\($")
#: Somebody says who they are: "I am Anna from the office (anna@example.com)".
OF_MYSELF = Phrases(
    [
        r"(?:^|[.,;!?:\n(] ?)(?:io )?(?:sono|siamo|i am|i'm|this is|we are|ich bin|wir sind|hier ist|"
        r"je suis|nous sommes|ici|soy|somos|sou|ik ben|wij zijn|jestem)\s[^.!?@]{0,60}[(<,:]\s?$"
    ]
)
#: Characters before an address that may make it a contact.
_WORDS_OF_A_CONTACT = 40
#: Whoever a notice speaks to has sent the message: "Hello anna@example.com,".
_GREETED = re.compile(
    r"(?:^|\n)[ \t>*]*(?:hello|hi|hey|dear|good (?:morning|afternoon|evening)|ciao|salve|gentile|egregi[oa]|car[oai]|"
    r"buon(?:giorno|asera)|hallo|guten (?:tag|morgen)|liebe[rs]?|sehr geehrte[rs]?|bonjour|cher|chère|hola|"
    r"estimad[oa]|buenos días|olá|prezad[oa]|beste|geachte|hej|hei|dzień dobry) (?:\S+ ){0,2}[<\"']?$",
    re.IGNORECASE,
)
#: The longest word in small letters between the parts of a name: "von", "del", "srl".
_LONGEST_PARTICLE = 3
_WORD = re.compile(r"\w+")
#: Questions and lines with numbers are no names.
_NO_NAME = re.compile(r"[?\d]")
#: Lines above an address in which the name of whoever signs is looked for.
_LINES_OF_A_NAME = 3


def signed_with(text: str) -> frozenset[str]:
    """Return the addresses with which somebody signs, in lower case: whoever asks for help is no recipient."""
    if not _CLOSINGS.search(text):
        return frozenset()
    signatures = (_SIGNATURE.match(text, closing.start()) for closing in _CLOSING.finditer(text))
    return frozenset(
        found.value.lower()
        for signature in signatures
        if signature
        for line in takewhile(lambda line: not words.NOTICE.search(line), signature[0].splitlines())
        for found in find_addresses(line)
    )


def above_signature(text: str) -> str:
    """Return what stands above the closing words of a letter, below which no notice follows; else the whole text."""
    if "\n--" not in text and not _CLOSINGS.search(text):
        return text
    signed = list(_SIGNED.finditer(text))
    first = bisect_left(signed, True, key=lambda line: not words.NOTICE.search(text[line.end() :]))
    return text[: signed[first].start()] if first < len(signed) else text


def says_nothing(behind: str) -> bool:
    """Whether only numbers, pages and the like stand behind an address, or nothing at all."""
    return all(_LINE_OF_SIGNATURE.match(line) for line in behind.splitlines() if line.strip(f"{SIGNS})"))


def below_a_name(above: str) -> bool:
    """Whether one of the lines right above is a name: two words or more, each with a capital or very short."""
    for line in above.rpartition("\n")[0].splitlines()[: -_LINES_OF_A_NAME - 1 : -1]:
        if not line.strip(SIGNS):
            return False
        named = len(line.split()) > 1 and only_names(line) and any(map(str.isupper, line))
        if named and not _NO_NAME.search(line) and not words.NOTICE.search(line):
            return True
    return False


def of_somebody(before: str) -> bool:
    """Whether the words before an address make it that of whoever signs, speaks of themselves, or has a problem."""
    by_place = _PERSON_BEFORE.search(before) or _GREETED.search(before)
    return signs(before) or OF_MYSELF.search(before) or by_place is not None


def of_somebody_else(before: str) -> bool:
    """Whether the words before an address make it anybody's but a recipient's: whose it is, who is asked or gets it."""
    return of_somebody(before[-80:]) or is_contact(before) or labels.HANDED_ON.search(before[-40:])


def is_contact(before: str) -> bool:
    """Whether the words right before an address make it one to ask; those of the paragraph above are about another."""
    near = before[-_WORDS_OF_A_CONTACT:]
    paragraph = near.rpartition("\n\n")[2]
    return labels.CONTACT.search(paragraph if any(map(str.isalpha, paragraph)) else near)


def signs(before: str) -> bool:
    """Whether nothing but somebody's name stands between the closing words of a letter and an address."""
    closed = _CLOSED.search(before) if _CLOSES.search(before) else None
    return closed is not None and only_names(closed["name"])


def only_names(line: str) -> bool:
    """Whether every word begins with a capital or a digit, or is too short to tell: no sentence."""
    return all(len(word) <= _LONGEST_PARTICLE or not word[0].islower() for word in _WORD.findall(line))
