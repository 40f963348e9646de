"""Times as mails and logs write them."""

from datetime import datetime
from email.utils import parsedate_to_datetime


def read_moment(value: str | None) -> datetime | None:
    """Read a time as ISO 8601 or as a mail's header writes it; None where it is neither."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(value or "")
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None
