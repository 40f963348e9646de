"""Reads daticert.xml, the machine-readable part of the receipts of Italian certified mail (RFC 6109, 4.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from itertools import islice
from xml.etree import ElementTree

from codes.bounce.addresses import first_address
from codes.bounce.reply import one_line
from codes.bounce.report import Original

#: The receipts that users and providers get; an envelope (`posta-certificata`) is incoming mail and no receipt.
KINDS = frozenset(
    {
        "accettazione",
        "non-accettazione",
        "presa-in-carico",
        "avvenuta-consegna",
        "errore-consegna",
        "preavviso-errore-consegna",
        "rilevazione-virus",
    }
)
#: Characters of one file; a real one has 2000, more with hundreds of recipients.
LONGEST = 256_000
#: Tags that are read in all, 40 in a real file; characters of a text in which files are looked for, and their number.
MOST_TAGS = 8000
LOOKED_AT = 2_000_000
MOST_FILES = 50

_START = re.compile(r"<postacert\b[^<>]{0,300}>")
_END = "</postacert>"
#: An ampersand that begins no entity, and a bracket that begins no tag, as copied subjects and addresses have them.
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)|<(?![A-Za-z/!?])|<(?=[^\s<>]{1,254}@)")
#: What is read of XML that is broken: tags with the text behind them.
_TAG = re.compile(r"<([A-Za-z][\w.-]{0,40})([^<>]*)>([^<>]*)")
_ATTRIBUTE = re.compile(r"([\w.-]{1,40})\s*=\s*[\"']([^\"'<>]*)")
_NO_CONTENT = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<!\[CDATA\[.*|<!--.*", re.DOTALL)
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Facts:
    """What one receipt says, in its own words.

    `kind` is one of KINDS, `error` the flag `errore` (empty for "nessuno"), `detail` the text of the error,
    `sentence` the fixed words of the receipt where they were read, `recipients` whom it is about.
    """

    kind: str
    error: str = ""
    detail: str = ""
    sentence: str = ""
    recipients: tuple[str, ...] = ()
    at: str | None = None
    original: Original = field(default_factory=Original)


def read_postacert(text: str) -> list[Facts]:
    """Return what each <postacert> in a text says; envelopes and what cannot be read are left out.

    Only what stands between <postacert> and its end is parsed. A document type, the one place in which XML declares
    entities, comes before it: there is nothing to expand or to fetch, and an entity with a name is an error.
    """
    if "<postacert" not in text:
        return []
    found, tags = [], 0
    starts = list(islice(_START.finditer(text[:LOOKED_AT]), MOST_FILES))
    for number, start in enumerate(starts):
        limit = min(starts[number + 1].start() if number + 1 < len(starts) else len(text), start.start() + LONGEST)
        end = text.find(_END, start.end(), limit)
        xml = text[start.start() : end + len(_END) if end >= 0 else limit]
        tags += xml.count("<")
        if tags > MOST_TAGS:
            break
        if facts := _facts(list(_elements(xml))):
            found.append(facts)
    return found


def moment(day: str, hour: str, zone: str | None) -> str | None:
    """Return dd/mm/yyyy, hh:mm:ss and +0100 (RFC 6109, 4.2) as ISO 8601; None where they are no date."""
    with suppress(ValueError):
        at = datetime.strptime(f"{day.strip()} {hour.strip()}", "%d/%m/%Y %H:%M:%S").isoformat()
        known = re.fullmatch(r"\s*([+-]\d\d):?([0-5]\d)\s*", zone or "")
        return f"{at}{known[1]}:{known[2]}" if known else at
    return None


def _elements(xml: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield the name, attributes and own text of each element; of broken XML what its tags show."""
    xml = _BARE.sub(_escaped, _NOT_XML.sub(" ", xml))
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314 (no document type: see read_postacert)
    except ElementTree.ParseError:
        for tag in _TAG.finditer(_NO_CONTENT.sub("", xml)):
            yield tag[1].lower(), dict(_ATTRIBUTE.findall(tag[2])), unescape(tag[3])
        return
    for element in root.iter():
        yield str(element.tag).rpartition("}")[2].lower(), dict(element.attrib), element.text or ""


def _escaped(match: re.Match[str]) -> str:
    return "&lt;" if match[0] == "<" else "&amp;"


def _facts(elements: list[tuple[str, dict[str, str], str]]) -> Facts | None:
    """Return the facts (RFC 6109, 4.4); the first of each element counts, except where several may stand."""
    texts: dict[str, list[str]] = {}
    attributes: dict[str, dict[str, str]] = {}
    for name, attribute, text in elements:
        texts.setdefault(name, []).append(one_line(text))
        attributes.setdefault(name, attribute)

    def first(name: str) -> str:
        return next(iter(texts.get(name, ())), "")

    kind = attributes.get("postacert", {}).get("tipo", "").strip().lower()
    if kind not in KINDS:
        return None
    error = attributes.get("postacert", {}).get("errore", "").strip().lower()
    return Facts(
        kind=kind,
        error="" if error == "nessuno" else error,
        detail=first("errore-esteso"),
        recipients=_recipients(kind, texts),
        at=moment(first("giorno"), first("ora"), attributes.get("data", {}).get("zona")),
        original=Original(
            sender=first_address(first("mittente")),
            subject=first("oggetto") or None,
            message_id=first("msgid") or None,
        ),
    )


def _recipients(kind: str, texts: dict[str, list[str]]) -> tuple[str, ...]:
    """Return whom a receipt is about.

    `consegna` names the one recipient of a delivery, a failure or a delay, `ricezione` those that a provider took
    charge of, and `destinatari` everybody the mail was sent to: these count for (non-)acceptance, or where it is one.
    """
    named = [
        address
        for name in ("consegna", "ricezione")
        for text in texts.get(name, ())
        if (address := first_address(text))
    ]
    everybody = [address for text in texts.get("destinatari", ()) if (address := first_address(text))]
    if kind in ("accettazione", "non-accettazione", "presa-in-carico"):
        named = (named if kind == "presa-in-carico" else []) or everybody
    elif not named and len(set(everybody)) == 1:
        named = everybody
    return tuple(dict.fromkeys(named))
