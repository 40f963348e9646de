"""What the home page shows beside the box; the page of an empty box shows it too."""

from typing import Any

from codes.knowledge.entries import Knowledge
from codes.views import listing

#: The reasons a helpdesk meets most, with the code that people know them by.
MOST_READ = (
    ("user-unknown", "5.1.1"),
    ("mailbox-full", "x.2.2"),
    ("sender-authentication", "5.7.26"),
    ("blocklisted", "5.7.1"),
    ("greylisted", "450"),
    ("message-too-large", "5.3.4"),
    ("domain-not-found", "5.1.2"),
    ("connection-failed", "4.4.1"),
    ("spam-content", "5.7.1"),
    ("policy", "5.7.1"),
)
#: The codes named in the tile of each class.
MOST_SEEN = {
    "2": ("220", "250", "251", "252"),
    "3": ("334", "354"),
    "4": ("421", "450", "451", "452", "454"),
    "5": ("550", "551", "552", "553", "554"),
}
ESA = "cisco-esa"


def home_context(knowledge: Knowledge) -> dict[str, Any]:
    """Return the variables of parts/home_rest.html."""
    return {
        "box_only": True,
        "most_read": [
            (knowledge.reasons[slug], listing.verdict_of_reason(knowledge.reasons[slug]), code)
            for slug, code in MOST_READ
            if slug in knowledge.reasons
        ],
        "reason_count": len(knowledge.reasons),
        "classes": [
            (digit, [code for code in codes if code in knowledge.reply_codes]) for digit, codes in MOST_SEEN.items()
        ],
        "esa": knowledge.collections.get(ESA),
    }
