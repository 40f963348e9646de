"""Finds in the source text the pieces that decided, so that the page can mark them."""

from __future__ import annotations

import re
from dataclasses import replace

from codes.bounce.report import Delivery, Evidence, Report

#: Deliveries whose evidence is looked for; a page marks no more.
MOST_MARKED = 40
#: Characters of the source in which evidence is looked for.
_SEARCHED = 400_000
_STAGE_WORDS = {
    "mail": r"MAIL[ _]FROM",
    "rcpt": r"RCPT[ _]TO",
    "data": r"\bDATA\b",
    "message": r"end of DATA|end of data|END-OF-MESSAGE|final DATA",
    "ehlo": r"EHLO|HELO",
    "starttls": r"STARTTLS",
    "auth": r"\bAUTH\b",
}


def with_evidence(report: Report) -> Report:
    """Return the report with the evidence of each delivery filled in."""
    source = report.source_text[:_SEARCHED]
    marked = tuple(replace(one, evidence=tuple(_evidence(one, source))) for one in report.deliveries[:MOST_MARKED])
    return replace(report, deliveries=(*marked, *report.deliveries[MOST_MARKED:]))


def _evidence(delivery: Delivery, source: str) -> list[Evidence]:
    """Return the pieces in the order in which they stand; none overlaps another."""
    start, end = _decisive_place(delivery, source)
    around_start, around_end = max(0, start - 400), min(len(source), end + 400)
    found: list[Evidence] = []

    def look(what: str, needle: str | None, low: int, high: int) -> None:
        if not needle:
            return
        for match in re.finditer(needle, source[low:high], re.IGNORECASE):
            piece = Evidence(what, match[0], low + match.start(), low + match.end())
            if all(piece.end <= other.start or piece.start >= other.end for other in found):
                found.append(piece)
                return

    if end > start:
        look("reply_code", rf"(?<!\d){delivery.reply_code}(?!\d)" if delivery.reply_code else None, start, end)
        look("enhanced_code", _plain(delivery.enhanced_code), start, end)
        look("recipient", _plain(delivery.recipient), start, end)
        look("reply_text", _words_of(delivery), start, end)
        look("stage", _STAGE_WORDS.get(delivery.stage or ""), start, around_end)
        look("remote_host", _plain(delivery.remote_host or delivery.remote_ip), around_start, around_end)
    kinds = {piece.what for piece in found}
    for what, value in (
        ("enhanced_code", delivery.enhanced_code),
        ("recipient", delivery.recipient),
        ("remote_host", delivery.remote_host or delivery.remote_ip),
    ):
        if what not in kinds:
            look(what, _plain(value), around_start if end > start else 0, around_end if end > start else len(source))
            if not any(piece.what == what for piece in found):
                look(what, _plain(value), 0, len(source))
    return sorted(found, key=lambda piece: piece.start)


def _plain(value: str | None) -> str | None:
    if not value:
        return None
    return rf"(?<![\w.]){re.escape(value)}(?![\w])"


def _decisive_place(delivery: Delivery, source: str) -> tuple[int, int]:
    """Return where the decisive reply stands; line ends, marks of quoting and repeated codes may part its words.

    Possessive quantifiers keep the search linear.
    """
    words = _words_after_codes(delivery)
    again = rf"(?:{delivery.reply_code}[\s\-:]++(?:[245]\.[\d.]++\s++)?+)?+" if delivery.reply_code else ""
    for count in dict.fromkeys((len(words), 8, 3)):
        if not 0 < count <= len(words):
            continue
        needle = rf"[\s>|]++{again}".join(re.escape(word) for word in words[:count])
        first = None
        for match in re.finditer(needle, source):
            first = first or match
            start = _with_codes(delivery, source, match.start())
            around = source[max(0, start - 300) : match.end() + 80].lower()
            if not delivery.recipient or delivery.recipient.lower() in around or count < len(words):
                return start, match.end()
        if first:
            return _with_codes(delivery, source, first.start()), first.end()
    code = re.search(rf"(?<![\w.]){delivery.reply_code}(?![\w.])", source) if delivery.reply_code else None
    return code.span() if code else (0, 0)


def _with_codes(delivery: Delivery, source: str, start: int) -> int:
    """Return where the codes before the words begin."""
    before = source[max(0, start - 40) : start]
    for code in (delivery.reply_code, delivery.enhanced_code):
        if code and (found := before.rfind(code)) >= 0:
            return start - len(before) + found
    return start


def _words_after_codes(delivery: Delivery) -> list[str]:
    words = delivery.reply_text.split()[:40]
    for code in (delivery.reply_code, delivery.enhanced_code):
        if code and words and words[0] == code:
            words = words[1:]
    return words


def _words_of(delivery: Delivery) -> str | None:
    """Return a pattern for the words of the reply without its codes and the recipient's address."""
    words = _words_after_codes(delivery)[:25]
    if words and "@" in words[0]:
        words = words[1:]
    return r"[\s>|]++".join(re.escape(word) for word in words) or None
