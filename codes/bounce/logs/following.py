"""Reads a log while it grows: each line goes, with the earlier ones about its message, to the readers of whole logs."""

from __future__ import annotations

from collections import Counter, OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from codes.bounce.logs import JOINTS, LONGEST_LINE, LONGEST_ROW, read_log
from codes.bounce.logs.story import Log
from codes.bounce.report import Delivery, Outcome

#: Characters of lines that are kept; beyond it, the ids that no line has borne for the longest time are forgotten.
MOST_CHARACTERS = 16 << 20
#: Lines that are kept for one id, and those about others that are read with a line that tells an end by itself: one
#: message may have a thousand recipients, each with its line.
LINES_OF_ID = 1000
LINES_BESIDE = 8
#: Ids lead to other ids: qmail's delivery to its message, and the message to the bounce about it.
_STEPS = 2
#: The heading of rows: Exchange's files, PowerMTA's.
_HEADINGS = ("#Fields:", "type,")
FINAL: frozenset[Outcome] = frozenset({"failed", "expired"})


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    ids: tuple[str, ...]
    tells: bool


@dataclass(slots=True)
class _Story:
    """The lines that bear one id, and whether one of them told of a delivery."""

    lines: deque[_Line] = field(default_factory=lambda: deque(maxlen=LINES_OF_ID))
    has_told: bool = False
    characters: int = 0


class Following:
    """Takes lines one by one, those of many messages mixed, and returns what each of them ends."""

    def __init__(self, outcomes: Iterable[Outcome] = FINAL, most_characters: int = MOST_CHARACTERS) -> None:
        """Tell of deliveries with these outcomes."""
        self._outcomes = frozenset(outcomes)
        self._most = most_characters
        self._stories: OrderedDict[str, _Story] = OrderedDict()  # the longest silent first
        #: How many characters of lines are kept now.
        self.characters = 0
        self._number = 0
        self._heading = ""

    def read(self, text: str) -> Log | None:
        """Return what a line brings to its end, with what earlier lines told of it; None where it ends nothing."""
        if text.startswith(_HEADINGS):
            self._heading = text[:LONGEST_LINE]
            return None
        alone = self._read([text[:LONGEST_ROW]])
        if len(text) >= LONGEST_LINE:
            return self._new(alone, None)
        self._number += 1
        ids = dict.fromkeys(name for joint in JOINTS for name in joint.ids_in(text))
        line = _Line(self._number, text, tuple(ids), alone is not None)
        found = self._with_others(line, alone) if self._ends(alone, line) else None
        self._keep(line)
        for joint in JOINTS:
            if over := joint.over_in(text):
                self._forget(over)
        return found

    def _ends(self, alone: Log | None, line: _Line) -> bool:
        """Whether a line may end a delivery: it says so itself, or says nothing of one of which others have told."""
        if alone:
            return any(one.outcome in self._outcomes for one in alone.deliveries)
        return any(name in self._stories and self._stories[name].has_told for name in line.ids)

    def _with_others(self, line: _Line, alone: Log | None) -> Log | None:
        earlier = self._earlier(line.ids)
        if alone:
            recipients = [one.recipient for one in alone.deliveries if one.recipient]
            beside = [one for one in earlier if one.tells][-LINES_BESIDE:]
            earlier = [
                one for one in earlier if not one.tells or one in beside or any(name in one.text for name in recipients)
            ]
        lines = [one.text for one in earlier]
        return self._new(self._read([*lines, line.text]), self._read(lines)) if lines else self._new(alone, None)

    def _new(self, now: Log | None, before: Log | None) -> Log | None:
        """Return what is told now and was not told before."""
        if now is None:
            return None
        known = Counter(map(_about, before.deliveries if before else ()))
        new = []
        for one in now.deliveries:
            if one.outcome not in self._outcomes:
                continue
            if known[_about(one)] > 0:
                known[_about(one)] -= 1
            else:
                new.append(one)
        return replace(now, deliveries=tuple(new)) if new else None

    def _read(self, lines: list[str]) -> Log | None:
        return read_log("\n".join([self._heading, *lines] if self._heading else lines))

    def _earlier(self, ids: Iterable[str]) -> list[_Line]:
        """Return the lines that bear one of the ids, or one of those beside them, the last LINES_OF_ID."""
        found: dict[int, _Line] = {}
        seen: set[str] = set()
        wanted = set(ids)
        for _step in range(_STEPS + 1):
            new = [line for name in wanted - seen if name in self._stories for line in self._stories[name].lines]
            found.update((line.number, line) for line in new)
            seen |= wanted
            wanted = {name for line in new for name in line.ids}
        return [found[number] for number in sorted(found)[-LINES_OF_ID:]]

    def _keep(self, line: _Line) -> None:
        for name in line.ids:
            story = self._stories.setdefault(name, _Story())
            self._stories.move_to_end(name)
            gone = len(story.lines[0].text) if len(story.lines) == LINES_OF_ID else 0
            story.lines.append(line)
            story.has_told = story.has_told or line.tells
            story.characters += len(line.text) - gone
            self.characters += len(line.text) - gone
        while self.characters > self._most:
            self._forget(next(iter(self._stories)))

    def _forget(self, name: str) -> None:
        if story := self._stories.pop(name, None):
            self.characters -= story.characters


def _about(delivery: Delivery) -> tuple[str | None, str, str]:
    return (delivery.queue_id, (delivery.recipient or "").lower(), delivery.outcome)
