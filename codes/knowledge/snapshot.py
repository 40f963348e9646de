"""Builds the snapshot from the models, and keeps the newest one in memory."""

import ctypes
import gc
import logging
import sys
import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, connection

from codes.knowledge import revision
from codes.knowledge.entries import Knowledge
from codes.knowledge.reading import Reading

logger = logging.getLogger(__name__)

#: Seconds for which a process trusts its snapshot before it looks at the revision again.
LOOK_EVERY = 0.5


def build(before: Knowledge | None = None) -> Knowledge:
    """Read what changed since the snapshot before, or all.

    The numbers are read first, so that a change in between is seen next time.
    """
    return Reading(before, revision.numbers()).knowledge()


def _give_back() -> None:
    """Return to the system what the snapshot before and its search index held (glibc): it would be kept in pieces."""
    gc.collect()
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)


def ready(knowledge: Knowledge) -> None:
    """Build what is otherwise built on first use."""
    _ = knowledge.matcher, knowledge.provider_finder, knowledge.glossaries, knowledge.all_examples


class Keeper:
    """Keeps one snapshot per process and swaps it whole when the revision has changed.

    In a server a thread follows the revision, and readers are served by the snapshot before until the new one is
    ready. Elsewhere whoever reads looks now and then.

    Where the database is gone the last snapshot serves on, and no reader waits for the database: a thread of its own
    looks whether it is back.
    """

    def __init__(self) -> None:
        self._knowledge: Knowledge | None = None
        self._looked = 0.0
        self._lock = threading.Lock()
        self.database_is_gone = False
        #: Whether a thread calls `follow` all the time; readers then never look themselves.
        self.is_followed = False

    @property
    def revision(self) -> int:
        """Return the revision of the snapshot in memory, 0 where there is none."""
        return self._knowledge.revision if self._knowledge else 0

    def get(self, fresh: bool = False) -> Knowledge:
        """Return the snapshot; `fresh` looks at the revision now, for an editor who has just saved.

        Raises DatabaseError only where there is no snapshot yet.
        """
        knowledge = self._knowledge
        if knowledge is None or (fresh and not self.database_is_gone):
            with self._lock:
                return self._look()
        if self.is_followed or time.monotonic() - self._looked < LOOK_EVERY or not self._lock.acquire(blocking=False):
            return knowledge  # somebody else is looking; do not wait for a rebuild
        if self.database_is_gone:
            self._looked = time.monotonic()
            threading.Thread(target=self._look_aside, name="looks for the database", daemon=True).start()
            return knowledge
        try:
            return self._look()
        finally:
            self._lock.release()

    def follow(self) -> Knowledge:
        """Look now, and build what explanations need, for which the next one would wait; for a thread of its own.

        Raises DatabaseError only where there is no snapshot yet.
        """
        with self._lock:
            knowledge = self._look(ready)
        ready(knowledge)
        return knowledge

    def _look(self, prepare: Callable[[Knowledge], None] | None = None) -> Knowledge:
        """Return the snapshot of the revision in the database, `prepare`d before readers see it; the lock is held."""
        self._looked = time.monotonic()
        try:
            number = revision.current()
            if self._knowledge is None or number != self._knowledge.revision:
                knowledge = build(self._knowledge)
                if prepare and self._knowledge:
                    prepare(knowledge)
                self._knowledge = knowledge
                _give_back()
        except DatabaseError as error:
            if self._knowledge is None:
                raise
            if not self.database_is_gone:
                kept = self._knowledge.revision
                logger.warning("Without the database, pages stay at revision %s: %s", kept, type(error).__name__)
            self.database_is_gone = True
        else:
            if self.database_is_gone:
                logger.warning("The database is back, at revision %s", self._knowledge.revision)
            self.database_is_gone = False
        return self._knowledge

    def _look_aside(self) -> None:
        """Look in a thread, which has a connection of its own; the lock was taken for it."""
        try:
            self._look()
        finally:
            self._lock.release()
            connection.close()

    def kept(self) -> Knowledge:
        """Return the snapshot as it is, for whom a rebuild would take too long; build one only where there is none."""
        return self._knowledge or self.get()

    def forget(self) -> None:
        """Drop the snapshot, so that the next reader builds one."""
        self._knowledge = None
        self.database_is_gone = False


keeper = Keeper()


def current(fresh: bool = False) -> Knowledge:
    """Return this process's snapshot of the knowledge base."""
    return keeper.get(fresh)


def kept() -> Knowledge:
    """Return this process's snapshot, which may be some moments old."""
    return keeper.kept()
