"""What a reader wants who types into the box: a code's page, a search, or an explanation."""

import re
from dataclasses import dataclass
from typing import Literal

MOST_WORDS = 6
LONGEST_WORDS = 80

QUOTES = " \t\r\n.,;:#\"'«»“”‘’`()[]<>"
ENHANCED = r"[245x]\.(?:0|[1-9]\d{0,2})\.(?:0|[1-9]\d{0,2})"
JUST_A_CODE = re.compile(
    rf"""
    (?:smtp[;:]?\s*|(?:error|errore|code|codice)\s+)? \#?
    (?: (?P<reply>[2-5]\d\d) [-\s]+ \#? (?P<enhanced>{ENHANCED})
      | (?P<lone>[2-5]\d\d)
      | (?P<single>{ENHANCED})
      | (?P<group>[2-5]xx|[245]\.x\.x|[245x]\.[0-7]\.x)
    ) -?
    """,
    re.VERBOSE,
)
#: A word of a search: letters, or a number too short to be anybody's; no host, no address, no path.
WORD = re.compile(
    r"(?:[^\W\d_]{1,30}(?:[-'’][^\W\d_]{1,30})*|[^\W\d_]{1,20}\d{1,3}|\d{1,4}|[245]\.\d{1,3}\.\d{1,3})[.,;:!?]?"
)
STARTS_WITH_CODE = re.compile(r"\W*(?:[2-5]\d\d\b|[245]\.\d{1,3}\.\d{1,3}\b)")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted; `code` (and the `reply` typed before it) or `words` go with the first two."""

    kind: Literal["code", "words", "notice"]
    code: str = ""
    reply: str = ""
    words: str = ""


def asked(text: str) -> Asked:
    """Tell a code, a few words and a notice apart; a known message among the words is for the explanation to find."""
    short = text[: LONGEST_WORDS + 40].strip(QUOTES)
    if len(text.strip()) > LONGEST_WORDS + 20:
        return Asked("notice")
    if found := JUST_A_CODE.fullmatch(short.lower()):
        code = found["enhanced"] or found["lone"] or found["single"] or found["group"]
        return Asked("code", code=code, reply=found["reply"] or "")
    words = searchable(text)
    return Asked("words", words=words) if words else Asked("notice")


def searchable(text: str) -> str:
    """Return the words of a short text that may stand in an address; empty where it is anything else."""
    text = text.strip()
    if len(text) > LONGEST_WORDS or "\n" in text or "@" in text or STARTS_WITH_CODE.match(text):
        return ""
    words = text.strip(QUOTES).split()
    if not 1 <= len(words) <= MOST_WORDS or not all(WORD.fullmatch(word.strip(QUOTES) or "-") for word in words):
        return ""
    return " ".join(word.strip(QUOTES) for word in words)
