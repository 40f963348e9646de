"""What the box and the API do with what was handed in: explain it, count what it was, say why it cannot be read."""

import logging
import secrets

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from codes.bounce import UnreadableInput
from codes.bounce.report import Report
from codes.counting.tally import tally
from codes.explain import Explanation
from codes.explain import explain as explained
from codes.explain.failures import sentence_for
from codes.knowledge.entries import Knowledge
from codes.views.intake import BINARY, EMPTY, Refused

logger = logging.getLogger(__name__)

#: Statuses of what the reader cannot read; whatever is not listed is a file of the wrong kind.
STATUSES = {"empty": 400, "too-large": 413, "too-long": 413}


def explanation_of(
    report: Report, knowledge: Knowledge, language: str, origin: str, *, among_many: bool = False
) -> Explanation:
    """Return the explanation of what was read, worded in `language`, and count it.

    What comes `among_many`, perhaps weeks old, says nothing of what others see now.
    """
    explanation = explained(report, knowledge, language, origin)
    _meter(explanation)
    tally.count(explanation, is_news=not among_many)
    return explanation


def _meter(explanation: Explanation) -> None:
    from codes.monitoring.meters import meters  # in the worker: see there

    for delivery in explanation.deliveries:
        meters().explanations.labels(delivery.reason, delivery.basis).inc()


def refusal(unreadable: UnreadableInput) -> Refused:
    """Return the sentence and the status for what the reader cannot read."""
    own: dict[str, Promise] = {"empty": EMPTY, "binary": BINARY}
    message = own.get(unreadable.code) or sentence_for(unreadable.code)
    return Refused(message, STATUSES.get(unreadable.code, 415))


def failure(error: Exception) -> Refused:
    """Log where our own program failed, and return what a reader is told of it."""
    incident = secrets.token_hex(4)
    logger.error("Incident %s: an input could not be explained", incident, exc_info=error)
    sentence = _("Something went wrong here while reading this. It is our fault; incident number %(number)s.")
    return Refused(sentence % {"number": incident}, 500)
