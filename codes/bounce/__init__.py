"""Reads bounces: what mail systems said, from a mail's source, a notice's text, log lines or one reply.

Pure Python, no Django, no knowledge of codes' meanings: `codes.explain` judges what is read here.
"""

from codes.bounce.reader import read
from codes.bounce.report import Attempt, Delivery, Evidence, Original, Report
from codes.bounce.unreadable import UnreadableInput

__all__ = ["Attempt", "Delivery", "Evidence", "Original", "Report", "UnreadableInput", "read"]
