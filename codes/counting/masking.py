"""Reduces a machine's reply to its shape: the words stay, everything personal becomes a placeholder.

A word stays only where it is nothing but letters. Whatever holds a digit, a dot, an @, a slash, an underscore or an
equals sign goes, so that a form nobody thought of is masked too. Codes stay: they say what happened, not to whom.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

#: Characters of the longest shape.
LONGEST = 300
#: Letters of the longest word; beyond it is an id.
LONGEST_WORD = 22
#: Letters from which on a part of a known address or host is looked for in the words around it.
SHORTEST_NAME = 3

#: What a placeholder stands for in the made-up example of a shape.
MADE_UP = {
    "address": "anna@example.com",
    "host": "mx.example.com",
    "ip": "192.0.2.1",
    "link": "https://example.com/help",
    "number": "12345",
    "id": "4gQxZ71kqHz9tY",
    "name": "anna",
}

_REPLY_CODE = re.compile(r"[245]\d\d")
_ENHANCED_CODE = re.compile(r"#?([245]\.\d{1,3}\.\d{1,3})")
_BOTH_CODES = re.compile(r"([245]\d\d)-#?([245]\.\d{1,3}\.\d{1,3})")
_PLACEHOLDER = re.compile(r"\{(" + "|".join(MADE_UP) + r")\}")
_IP = re.compile(r"\d{1,3}(\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f]*:[0-9a-f:.%]*", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}:\d\d(:\d\d)?")
#: Addresses and links are found before the text is cut, since what may stand in them cuts. Two characters that no
#: text needs stand for them meanwhile.
_ADDRESS = re.compile(r"(?:\"[^\"]{0,64}\"|[^\s<>()\[\],;:\"]{0,200})@[^\s<>()\[\],;:\"]*")
_LINK = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s<>\"]*", re.IGNORECASE)
_FOUND = {"\ue000": "{link}", "\ue001": "{address}"}
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+")
#: Where a text is cut; braces are kept for placeholders.
_PIECES = re.compile(r"(\s+|[,;<>()\[\]|!?\"«»“”‘`*]+)")
_CALENDAR = frozenset(
    "mon tue wed thu fri sat sun jan feb apr jun jul aug sep oct nov dec"
    " lun mar mer gio ven sab dom gen mag giu lug ago set ott dic cet cest gmt utc est edt pst pdt".split()
)
#: After these, one word in quotes or angle brackets is somebody's name.
_OPENING, _CLOSING = "<\"'‘“«`", ">\"'’”»`"


def shape_of(reply: str, known: Iterable[str | None] = ()) -> str:
    """Return the shape of a reply: "550 5.1.1 <{address}>: no such user here".

    `known` are names that must not stay even where they look like words: the recipient's and the sender's address,
    hosts, the subject.
    """
    text = re.sub("[\ue000\ue001]", " ", _normal(reply)).replace("{", "(").replace("}", ")")
    text = _ADDRESS.sub("\ue001", _LINK.sub("\ue000", text))
    names = _names(known)
    codes: set[str] = set()
    pieces: list[str] = []
    for piece in _PIECES.split(text):
        if _PIECES.fullmatch(piece) or not piece:
            pieces.append(" " if piece.isspace() else piece)
        else:
            # A reply code stands at the beginning; in the middle it may be a part of a telephone number.
            pieces.append(_masked(piece, names, codes, first=not "".join(pieces).strip()))
    return _tidy("".join(_without_names(pieces)))


def _names(known: Iterable[str | None]) -> frozenset[str]:
    """Return the words of what is known to be personal, in lower case."""
    words = (word.casefold() for value in known if value for word in _LETTERS.findall(_normal(value)))
    return frozenset(word for word in words if len(word) >= SHORTEST_NAME)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _masked(piece: str, names: Collection[str], codes: set[str], *, first: bool) -> str:
    """Return a piece between blanks or brackets with what is personal in it masked, its outer punctuation kept."""
    core = piece.strip(".:'’-=&#/\\+~…")
    if not core:
        # A lone "::" is an IP address too.
        return "{ip}" if piece.count(":") > 1 else piece
    before, _core, after = piece.partition(core)
    if code := _code(piece.strip(".:"), codes, first=first):
        return code
    if code == "":
        return ""
    return f"{_outer(before)}{_kind(core, piece, names)}{_outer(after)}"


def _outer(punctuation: str) -> str:
    """Return punctuation without what belongs to a path, a sign or an IPv6 address."""
    return re.sub(r"[\\/+#~&-]+|:{2,}", "", punctuation)


def _code(word: str, codes: set[str], *, first: bool) -> str | None:
    """Return a code as it stays, the empty string where it only repeats itself, None for anything else."""
    if (both := _BOTH_CODES.fullmatch(word)) and (first or both[1] in codes):
        found = [both[1], both[2]]
    elif enhanced := _ENHANCED_CODE.fullmatch(word):
        found = [enhanced[1]]
    elif _REPLY_CODE.fullmatch(word.rstrip("-")) and (first or word.rstrip("-") in codes):
        found = [word.rstrip("-")]
    else:
        return None
    new = [code for code in found if code not in codes]
    codes.update(found)
    return " ".join(new)


def _kind(core: str, piece: str, names: Collection[str]) -> str:
    """Return a word as it is, or its placeholder."""
    if _WORD.fullmatch(core):
        return _plain(core, names)
    if found := next((placeholder for sign, placeholder in _FOUND.items() if sign in core), None):
        return found
    if core.lower().startswith("www."):
        return "{link}"
    if core.isdecimal() or _CLOCK.fullmatch(core):
        return "{number}"
    if _IP.fullmatch(core) or piece.count(":") > 2 or "::" in piece:
        return "{ip}"
    if ":" in core or "=" in core:
        return _labelled(core, names)
    halves = core.split("/")
    if len(halves) == 2 and not piece.startswith("/") and all(map(_WORD.fullmatch, halves)):
        return "/".join(_plain(half, names) for half in halves)
    return "{host}" if "." in core and "/" not in core and not core.replace(".", "").isdecimal() else "{id}"


def _labelled(core: str, names: Collection[str]) -> str:
    """Mask what stands behind a label: "queue-id=4gQx", "reason:text"; the label stays where it is a word."""
    label, sign, _value = re.split(r"([:=])", core, maxsplit=1)
    return f"{_plain(label, names)}{sign}{{id}}" if _WORD.fullmatch(label) else "{id}"


def _plain(word: str, names: Collection[str]) -> str:
    """Return a word of letters, unless it is a name, a part of a date, or looks made by a machine."""
    lower = word.casefold()
    if lower in _CALENDAR:
        return "{number}"
    if any(part in names for part in _LETTERS.findall(lower)):
        return "{name}"
    if max(map(len, _LETTERS.findall(word))) > LONGEST_WORD or len(word) > 2 * LONGEST_WORD:
        return "{id}"
    if len(re.findall(r"[^\W\d_A-Z](?=[A-Z])", word)) > 1 and not word.islower():
        return "{id}"
    return word


def _without_names(pieces: list[str]) -> list[str]:
    """Mask a single word in quotes or angle brackets: it is whose mailbox, which rule or which file."""
    masked = list(pieces)
    for number in range(1, len(pieces) - 1):
        opened, closed = pieces[number - 1][-1:], pieces[number + 1][:1]
        if opened and closed and opened in _OPENING and closed in _CLOSING and _WORD.fullmatch(pieces[number]):
            masked[number] = "{name}"
    return [re.sub(r"^(['’‘])[^\W\d_]+(['’])", r"\1{name}\2", piece) for piece in masked]


def _tidy(text: str) -> str:
    """Return a shape on one line, a run of the same placeholders as one, cut between words."""
    text = " ".join(text.split())
    text = re.sub(r"(\{\w+\})(?:[ ,;|:.&-]*\1)+", r"\1", text)
    text = re.sub(r"\{(?:number|id)\}(?:[ ,;|:.&-]*\{(?:number|id)\})+", "{id}", text)
    if len(text) > LONGEST:
        text = text[:LONGEST].rpartition(" ")[0] or text[:LONGEST]
    return text.strip()


def example_of(shape: str) -> str:
    """Return a made-up reply of this shape."""
    return _PLACEHOLDER.sub(lambda found: MADE_UP[found[1]], shape)


def pattern_of(shape: str) -> str:
    """Return a pattern for replies of this shape: its words, with `*` for what varies, without codes at its start."""
    words = re.sub(r"^(?:[245]\d\d\b[ -]*)?(?:[245]\.\d{1,3}\.\d{1,3}\b\s*)?", "", shape)
    pattern = " ".join(_PLACEHOLDER.sub("*", words).split())
    return pattern.strip(" *<>()[]\"'“”«»:;,.-")


def words_in(shape: str) -> int:
    """Return how many words a shape has that say something; one of placeholders alone helps nobody."""
    return len(_LETTERS.findall(_PLACEHOLDER.sub(" ", shape)))
