"""Gives a log its lines back: joins those that a terminal or a mail program broke, parts those that a form glued.

What another program writes before each line, a number, a file, a service, is taken away.
"""

from __future__ import annotations

import re
from itertools import pairwise

from codes.bounce.logs.syslog import TIME

#: Lines above which a text was not copied from a screen.
_MOST_LINES = 400
#: Lines, with an empty one behind each, that make a text that somebody's program spaced out, and not paragraphs.
_FEW_SPACED = 6
#: Nobody breaks shorter lines.
_NARROWEST = 50
#: How a line of any log begins.
_BEGINS = re.compile(
    rf"(?:<\d+>)?(?:\d )?(?:{TIME})|@4[0-9a-f]{{15,23}} |[A-Z][a-z]{{2}} [A-Z][a-z]{{2}} +\d|\[[A-Z]{{4,9}}\] |"
    r"[\w.-]{1,60} ?[\w./-]{0,60}\[\d+\]: |date(?:time)?=\d{4}-|\[?\d\d:\d\d:\d\d[\d.,]*\]? |"
    r"\[?(?:[A-Z][a-z]{2},? )?\d{1,4}[/.-](?:\d\d|[A-Z][a-z]{2})[/.-]\d{2,4}[ T,:]|"
    r"<(?:bounce|success) |\w{6}-\w{6,11}-\w{2,4} |(?:\*\*|[=-]>|==|<=) \S+@|"
    r"(?:new|end|info|bounce) msg \d|(?:starting )?delivery \d+: |status: local \d"
)
#: What begins the lines of some logs; behind a line that begins otherwise it only goes on.
_BEGINS_ITS_LIKE = re.compile(r"[{#|\"]|\d{10}[. ]")
#: What goes on begins in the middle of a sentence, or with what never opens one.
_MIDDLE = re.compile(r"[a-z0-9(<\[{=,;:'\"/.>)\]-]|[A-Z]{1,3}=|(?:TO|FROM|From|To):\s?<|(?:Reason|Response):\s?\"")
#: A field that follows a comma belongs to it, wherever the line above broke.
_FIELD = re.compile(r"\s*[a-z_]{2,20}=")
#: Characters by which a line that opened a bracket may be shorter than the longest, which may be one unbroken word.
_UNEVEN = 16
_ENDS = (".", "!", "?", ")", "]", ">")
_PAIRS = (("(", ")"), ("[", "]"), ("<", ">"), ("{", "}"))


#: A form that drops the ends of lines leaves few, and long ones.
_MOST_GLUED, _SHORTEST_GLUED = 20, 200
#: Where the next line begins within one: its time, and the words of a mail system behind it.
_NEXT = re.compile(
    rf"(?<!\s)\s++(?=(?:{TIME})\s+[\w.-]+\s+[\w./-]+\[\d+\]: |"
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\S* \w{6}-\w{6,11}-\w{2,4} |"
    r"@4[0-9a-f]{15,23} |[A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d \d{4} (?:Info|Warning|Critical): )"
)


#: What an editor, `docker compose logs` or a table writes before each line.
_GUTTERS = (
    re.compile(r"[ \t]{0,8}\d{1,6}(?:[:.]?\t|: )"),
    re.compile(r"[\w.-]{1,40} +\| "),
    re.compile(r"[ \t]*\| ?"),
)
_TABLE_ENDS = re.compile(r"[ \t]*\|[ \t]*$")


def without_gutter(lines: list[str]) -> list[str]:
    """Return the lines without what another program wrote before each, where a log's line begins behind it."""
    for gutter in _GUTTERS:
        marked = [gutter.match(line) for line in lines]
        begun = [mark for mark in marked if mark and _begins(mark.string[mark.end() :], "")]
        if begun and not any(_BEGINS.match(mark.string.lstrip()) for mark in begun):
            bare = (line[mark.end() :] if mark else line for line, mark in zip(lines, marked, strict=True))
            return [_TABLE_ENDS.sub("", line) for line in bare] if "|" in begun[0][0] else list(bare)
    return lines


def parted(lines: list[str]) -> list[str]:
    """Return the lines of a log, those that were put on one parted again; of very many, the empty ones are left out."""
    filled = [line for line in lines if line.strip()]
    if len(filled) > _MOST_GLUED:
        return lines if len(filled) <= _MOST_LINES else filled
    return [piece for line in lines for piece in (_NEXT.split(line) if len(line) > _SHORTEST_GLUED else (line,))]


def rejoined(lines: list[str], widths: list[int]) -> list[str]:
    """Return the lines of a log, each put together from the pieces into which it was broken, and no empty ones.

    `widths` are the lengths of the lines as they were pasted, with what stood before them. Across an empty line nothing
    goes on, unless one stands behind nearly every line.
    """
    texts = [line for line in lines if line.strip()]
    if not 1 < len(texts) <= _MOST_LINES or not any(len(line) >= _NARROWEST and _begins(line, line) for line in texts):
        return texts
    filled = [(line, width) for line, width in zip(lines, widths, strict=True) if line.strip()]
    several = [width for line, width in filled if " " in line.strip()]  # one long word may be wider than the window
    widest = max(several, default=max(widths))
    broken = [width for (line, width), (below, _width) in pairwise(filled) if not _begins(below, line)]
    hard = len(broken) > 1 and set(broken) == {widest}  # a terminal fills its lines, a mail program breaks at blanks
    spaced = len(filled) >= _FEW_SPACED and len(lines) >= 2 * len(filled) - 1
    joined: list[str] = []
    last, room = "", 0  # the piece above, and the room behind it
    for line, width in filled if spaced else zip(lines, widths, strict=True):
        if joined and line.strip() and last and _goes_on(joined[-1], last, line, room):
            joined[-1] += line.lstrip() if hard and not room else f" {line.strip()}"
        elif line.strip():
            joined.append(line)
        last, room = line.strip() and line, widest - width
    return joined


def _begins(line: str, begun: str) -> bool:
    """Whether a line begins as those of a log do, below one that has begun so."""
    line = line.lstrip()
    if _BEGINS_ITS_LIKE.match(line):
        return not _BEGINS.match(begun)
    return _BEGINS.match(line) is not None


def _goes_on(begun: str, last: str, line: str, room: int) -> bool:
    """Whether a line goes on with what was begun: its first word had no room above, and the sentence was not over."""
    first = line.split(None, 1)[0]
    if _begins(line, begun):
        return False
    started = _begins(begun, begun)
    if started and _indentation(line) > _indentation(begun):
        return True
    if not started or begun.split(None, 1)[0].count(",") > 1:  # the latter is a row of a table
        return False
    if last.rstrip().endswith(",") and _FIELD.match(line):
        return True
    is_open = any(begun.count(opening) > begun.count(closing) for opening, closing in _PAIRS)
    if 1 + len(first) <= room - (_UNEVEN if is_open else 0):
        return False
    return is_open or not last.rstrip().endswith(_ENDS) or _MIDDLE.match(line.lstrip()) is not None


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())
