"""Characters that nobody sees but that change what is seen: shown by their number."""

import re

#: They turn the direction of writing, so that a name reads other than it is; and the null character.
UNSEEN = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\0"
_UNSEEN = re.compile(f"[{UNSEEN}]")


def shown(page: str) -> str:
    """Return a page with each such character as U+202E in brackets; our own texts have none, so it is somebody's."""
    if not any(character in page for character in UNSEEN):  # quicker than the expression, and nearly always true
        return page
    return _UNSEEN.sub(lambda found: f"\u27e8U+{ord(found[0]):04X}\u27e9", page)
