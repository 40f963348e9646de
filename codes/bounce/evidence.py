"""Finds in the source text the pieces that decided, so that the page can mark them.

Plain searches, no patterns made for each text: compiling those took longer than reading the mail.
"""

from __future__ import annotations

from functools import cached_property

from codes.bounce.report import Delivery, Evidence, Report

#: Deliveries of one input whose evidence is worth looking for; a page marks no more.
MOST_MARKED = 40
#: Characters of the source in which evidence is looked for.
_SEARCHED = 400_000
#: Characters around the decisive reply in which its host and stage are looked for.
_AROUND = 400
#: Characters that may part the words of a reply: white space, marks of quoting.
_BETWEEN = " \t\n>|_"  # qmail logs blanks as underscores
_STAGE_WORDS = {
    "mail": ("MAIL FROM", "MAIL_FROM"),
    "rcpt": ("RCPT TO", "RCPT_TO"),
    "data": ("DATA",),
    "message": ("end of DATA", "END-OF-MESSAGE", "final DATA"),
    "ehlo": ("EHLO", "HELO"),
    "starttls": ("STARTTLS",),
    "auth": ("AUTH",),
}


def evidence_in(report: Report) -> list[tuple[Evidence, ...]]:
    """Return the evidence of each delivery, as far as it is worth looking for."""
    finder = EvidenceFinder(report.source_text)
    return [finder.evidence(delivery) for delivery in report.deliveries[:MOST_MARKED]]


class EvidenceFinder:
    """Looks for pieces in one source text, without regard to case."""

    def __init__(self, source_text: str) -> None:
        self._text = source_text

    @cached_property
    def source(self) -> str:
        """The text as far as it is searched."""
        return self._text[:_SEARCHED]

    @cached_property
    def folded(self) -> str:
        """The same in lower case; a few characters grow when folded, and offsets would then be wrong."""
        folded = self.source.lower()
        return folded if len(folded) == len(self.source) else self.source

    def evidence(self, delivery: Delivery) -> tuple[Evidence, ...]:
        """Return the pieces in the order in which they stand; none overlaps another."""
        start, end, words_start = self._decisive_place(delivery)
        low, high = (max(0, start - _AROUND), end + _AROUND) if end > start else (0, len(self.source))
        host = delivery.remote_host or delivery.remote_ip
        found: list[Evidence] = []
        if end > start:
            self._look(found, "reply_code", delivery.reply_code, start, end)
            self._look(found, "enhanced_code", delivery.enhanced_code, start, end)
            self._look(found, "recipient", delivery.recipient, start, end)
            if words_start < end:
                self._add(found, "reply_text", words_start, end)
            for words in _STAGE_WORDS.get(delivery.stage or "", ()):
                self._look(found, "stage", words, start, high)
        for what, value in (
            ("enhanced_code", delivery.enhanced_code),
            ("recipient", delivery.recipient),
            ("remote_host", host),
        ):
            self._look(found, what, value, low, high)
            self._look(found, what, value, 0, len(self.source))
        return tuple(sorted(found, key=lambda piece: piece.start))

    def _look(self, found: list[Evidence], what: str, value: str | None, low: int, high: int) -> None:
        """Add the first place of a value that no other piece covers, unless that kind was found already."""
        if not value or what in [piece.what for piece in found]:
            return
        needle = value.lower()
        at = self.folded.find(needle, low, high)
        while at >= 0:
            end = at + len(needle)
            if self._stands_alone(at, end) and self._add(found, what, at, end):
                return
            at = self.folded.find(needle, at + 1, high)

    def _add(self, found: list[Evidence], what: str, start: int, end: int) -> bool:
        for piece in found:
            if piece.start < end and start < piece.end:
                return False
        found.append(Evidence(what, self.source[start:end], start, end))
        return True

    def _stands_alone(self, start: int, end: int) -> bool:
        before, after = self.folded[start - 1 : start], self.folded[end : end + 1]
        if "_" in {before, after} and "@" in self.folded[start:end]:
            return False
        return not (before.isalnum() or before == ".") and not after.isalnum()

    def _decisive_place(self, delivery: Delivery) -> tuple[int, int, int]:
        """Return where the decisive reply begins and ends, and where its words without codes and recipient begin."""
        words = _words_after_codes(delivery)
        for count in dict.fromkeys((len(words), 8, 3)):
            if not 0 < count <= len(words):
                continue
            if place := self._nearest(delivery, words[:count], strict=count == len(words)):
                start, end = place
                own = next((number for number, word in enumerate(words[:count]) if "@" not in word), count)
                words_start = self.folded.find(words[own].lower(), start, end) if own < count else end
                return self._with_codes(delivery, start), end, words_start if words_start >= 0 else end
        if delivery.reply_code:
            at = self.folded.find(delivery.reply_code)
            while at >= 0 and not self._stands_alone(at, at + 3):
                at = self.folded.find(delivery.reply_code, at + 1)
            if at >= 0:
                return at, at + 3, at + 3
        return 0, 0, 0

    def _nearest(self, delivery: Delivery, words: list[str], *, strict: bool) -> tuple[int, int] | None:
        """Return the first place of the words, or with `strict` the first one beside the recipient if there is any."""
        recipient = (delivery.recipient or "").lower()
        first = None
        at = self.folded.find(words[0].lower())
        while at >= 0:
            end = self._follow(delivery, words, at)
            if end is not None:
                first = first or (at, end)
                if not recipient or not strict or recipient in self.folded[max(0, at - 300) : end + 80]:
                    return at, end
            at = self.folded.find(words[0].lower(), at + 1)
        return first

    def _follow(self, delivery: Delivery, words: list[str], at: int) -> int | None:
        """Return where the words end that begin here, line ends and repeated codes between them allowed."""
        position = at + len(words[0])
        for word in words[1:]:
            position = self._skip(position)
            code = delivery.reply_code
            if code and self.folded.startswith(code, position) and not word.startswith(code):
                position = self._skip_codes(delivery, position)
            if not self.folded.startswith(word.lower(), position):
                return None
            position += len(word)
        return position

    def _skip(self, position: int) -> int:
        while position < len(self.source) and self.source[position] in _BETWEEN:
            position += 1
        return position

    def _skip_codes(self, delivery: Delivery, position: int) -> int:
        for code in (delivery.reply_code, delivery.enhanced_code):
            if code and self.folded.startswith(code, position):
                position += len(code)
                while position < len(self.source) and self.source[position] in " -:\t":
                    position += 1
        return position

    def _with_codes(self, delivery: Delivery, start: int) -> int:
        """Return where the codes before the words begin."""
        low = max(0, start - 40)
        for code in (delivery.reply_code, delivery.enhanced_code):
            if code and (at := self.folded.rfind(code, low, start)) >= 0:
                return at
        return start


def _words_after_codes(delivery: Delivery) -> list[str]:
    words = delivery.reply_text.split()[:40]
    for code in (delivery.reply_code, delivery.enhanced_code):
        if code and words and words[0] == code:
            words = words[1:]
    return words
