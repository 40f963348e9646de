"""Which of the house's own notes belong on a page."""

from codes.knowledge.entries import Knowledge, LocalNote


def notes_on(
    knowledge: Knowledge,
    *,
    signature: str | None = None,
    reason: str | None = None,
    provider: str | None = None,
    enhanced_code: str | None = None,
    reply_code: str | None = None,
) -> list[LocalNote]:
    """Return the notes on whatever is named, the most telling first; an enhanced code is named with its class."""
    keys = (
        ("signature", signature),
        ("reason", reason),
        ("provider", provider),
        ("enhancedcode", f"X{enhanced_code[1:]}" if enhanced_code else None),
        ("replycode", reply_code),
    )
    return [knowledge.local_notes[kind, key] for kind, key in keys if key and (kind, key) in knowledge.local_notes]
