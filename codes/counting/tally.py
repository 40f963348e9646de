"""Counts explanations in memory; a thread of each process adds the counts to the database every few seconds."""

from __future__ import annotations

import datetime
import logging
import os
import threading
import time
from collections import Counter

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from codes.counting.masking import shape_of, words_in
from codes.counting.recent import recent, this_hour
from codes.counting.storing import Counts, store
from codes.explain.explanation import ExplainedDelivery, Explanation

logger = logging.getLogger(__name__)

#: Different shapes that a process gathers between two flushes; the rest is not counted.
MOST_SHAPES = 2000
MOST_FEEDBACK = 200
#: Bases that leave their reply's shape.
UNRECOGNISED = ("class", "none")
#: Words of the shortest shape worth a look.
FEWEST_WORDS = 2
#: Characters of a reply that are looked at, and of one whose speaker is not known and which has no code.
LONGEST_REPLY, LONGEST_UNSURE = 1000, 250


class Tally:
    """What was explained since the last flush."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reasons: Counter[tuple[datetime.date, str]] = Counter()
        self._hours: Counter[tuple[datetime.datetime, str, str]] = Counter()
        self._shapes: Counter[tuple[datetime.date, str, str]] = Counter()
        self._feedback: Counter[tuple[datetime.date, str, str, bool, str]] = Counter()
        self._thread: threading.Thread | None = None
        self._process = 0

    def count(self, explanation: Explanation, *, is_news: bool = True) -> None:
        """Count an explanation, by hour too where `is_news`; never raises: an answer matters more than its count."""
        try:
            self._count(explanation, is_news)
        except Exception as error:  # noqa: BLE001
            # Its text could hold what was pasted.
            logger.error("An explanation was not counted: %s", type(error).__name__)  # noqa: TRY400
        self._keep_flushing()

    def _count(self, explanation: Explanation, is_news: bool) -> None:
        day = timezone.localdate()
        shapes = {
            (day, shape, delivery.basis)
            for delivery in explanation.deliveries
            if (shape := shape_of_delivery(delivery, explanation))
        }
        reasons = {(day, delivery.reason) for delivery in explanation.deliveries}
        hour = this_hour()
        hours = {(hour, delivery.reason, delivery.provider or "") for delivery in explanation.deliveries}
        with self._lock:
            self._reasons.update(reasons)
            if is_news:
                self._hours.update(hours)
            for key in shapes:
                if key in self._shapes or len(self._shapes) < MOST_SHAPES:
                    self._shapes[key] += 1

    def hear(self, kind: str, key: str, right: bool, missing: str) -> None:
        """Count what a reader said of an entry's explanation; of their words what is personal is masked."""
        said = (timezone.localdate(), kind, key, right, shape_of(missing[:LONGEST_REPLY]))
        with self._lock:
            if said in self._feedback or len(self._feedback) < MOST_FEEDBACK:
                self._feedback[said] += 1
        self._keep_flushing()

    def flush(self) -> None:
        """Add what was gathered to the database; where it does not answer, the counts are kept for the next time."""
        with self._lock:
            counts = Counts(self._reasons, self._hours, self._shapes, self._feedback)
            self._reasons, self._hours, self._shapes, self._feedback = Counter(), Counter(), Counter(), Counter()
        try:
            store(counts)
        except DatabaseError as error:
            logger.warning("Counts were not stored, and are kept for now: %s", type(error).__name__)
            with self._lock:
                self._reasons.update(counts.reasons)
                self._hours.update(counts.hours)
                self._feedback.update(counts.feedback)
                for key, count in counts.shapes.items():
                    if len(self._shapes) < MOST_SHAPES:
                        self._shapes[key] += count

    def _keep_flushing(self) -> None:
        """Start the thread of this process where it is not yet running; a forked process needs its own."""
        if not settings.FLUSH_EVERY or (self._process == os.getpid() and self._thread and self._thread.is_alive()):
            return
        with self._lock:
            if self._process == os.getpid() and self._thread and self._thread.is_alive():
                return
            self._process = os.getpid()
            self._thread = threading.Thread(target=self._run, name="tally", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while True:
            time.sleep(settings.FLUSH_EVERY)
            try:
                if self._reasons or self._shapes or self._feedback:
                    self.flush()
                recent.read()
            except DatabaseError:
                pass  # the next time
            except Exception as error:  # noqa: BLE001
                logger.error("Counts were lost: %s", type(error).__name__)  # noqa: TRY400
            finally:
                connection.close()


def shape_of_delivery(delivery: ExplainedDelivery, explanation: Explanation) -> str:
    """Return the shape of the reply that nobody explains, or the empty string where there is none to keep.

    Only what a mail system said is kept: of a text that may as well be a person's, nothing.
    """
    said = delivery.said
    if delivery.basis not in UNRECOGNISED or not said.reply_text.strip():
        return ""
    has_code = said.reply_code or said.enhanced_code
    if not has_code and (
        not explanation.is_bounce or said.spoken_by == "unknown" or len(said.reply_text) > LONGEST_UNSURE
    ):
        return ""
    original = explanation.original
    known = (
        said.recipient, said.original_recipient, original.sender, original.subject, original.message_id,
        said.remote_host, explanation.reporting_host, said.queue_id, *original.hosts,
    )  # fmt: skip
    shape = shape_of(said.reply_text[:LONGEST_REPLY], known)
    return shape if words_in(shape) >= FEWEST_WORDS else ""


#: The one of this process.
tally = Tally()
