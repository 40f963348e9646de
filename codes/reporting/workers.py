"""Reads and explains many messages on all cores, in batches; what comes back is counted already."""

from __future__ import annotations

import gc
import io
import logging
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace

from django.utils import translation

from codes.bounce import UnreadableInput, read
from codes.bounce.files import Content
from codes.explain import Explanation, explain
from codes.explain.failures import sentence_for
from codes.explain.rows import rows_of
from codes.forking import close_connections, die_with
from codes.knowledge.entries import Knowledge
from codes.reporting.rows import Table
from codes.reporting.summary import Summary

logger = logging.getLogger(__name__)

#: A batch ends at so many messages, or at so many bytes.
MOST_IN_BATCH = 100
LARGEST_BATCH = 2 << 20
#: Batches for each process that wait or have been explained out of turn: what is in memory at a time.
AHEAD = 3

_FIRST = b"From: MAILER-DAEMON@example.com\nSubject: Undelivered mail\n\n<a@example.com>: 550 No\n"

Message = tuple[str, Content]


@dataclass(slots=True)
class Part:
    """What a batch of messages, consecutive ones, tells."""

    summary: Summary = field(default_factory=Summary)
    #: Lines of the CSV file, empty where none is wanted.
    csv: str = ""
    #: Names of what could not be read, with the code that says why.
    unreadable: list[tuple[str, str]] = field(default_factory=list)


class WorkerDiedError(Exception):
    """A worker was killed, most likely for want of memory."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker needs to know: the language, and whether known messages count and lines of CSV are wanted."""

    language: str
    with_signatures: bool = True
    with_csv: bool = False


def parts_of(messages: Iterable[Message], knowledge: Knowledge, task: Task, processes: int) -> Iterator[Part]:
    """Yield what the messages tell, batch after batch in their order.

    Processes are started here and end with the iterator. Linux forks them, so that they share the knowledge in memory;
    elsewhere, where forking is not safe, each reads it from the database. Raises WorkerDiedError.
    """
    forks = sys.platform == "linux"
    if forks:
        _prepare(knowledge, task)
    close_connections()
    gc.collect()
    gc.freeze()  # what is inherited stays shared: collecting garbage would touch, and so copy, all of it
    waiting: deque[Future[Part]] = deque()
    executor = ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context("fork" if forks else "spawn"),
        initializer=_start,
        initargs=(task, os.getpid()),
    )
    try:
        for batch in batches(messages):
            waiting.append(executor.submit(_explain, batch))
            if len(waiting) > processes * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise WorkerDiedError from error
    finally:
        executor.shutdown(wait=True, cancel_futures=True)
        gc.unfreeze()


def batches(messages: Iterable[Message]) -> Iterator[list[Message]]:
    """Yield the messages in lists that are quick to hand over."""
    batch: list[Message] = []
    size = 0
    for message in messages:
        batch.append(message)
        size += len(message[1]) if isinstance(message[1], bytes) else 0
        if len(batch) >= MOST_IN_BATCH or size >= LARGEST_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class _Worker:
    """What this process explains with."""

    knowledge: Knowledge | None = None
    task: Task


def _prepare(knowledge: Knowledge, task: Task) -> None:
    """Put ready what a worker needs; a first bounce builds what is built on first use."""
    _Worker.task = task
    _Worker.knowledge = knowledge if task.with_signatures else replace(knowledge, signatures={})
    explain(read(_FIRST), _Worker.knowledge, task.language)


def _start(task: Task, parent: int) -> None:
    """Make a process ready; Ctrl+C is for its parent, which then ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with(parent)
    translation.activate(task.language)
    if _Worker.knowledge is None:  # nothing was inherited
        import django

        django.setup()
        from codes.knowledge import snapshot

        _prepare(snapshot.current(), task)
        close_connections()


def _explain(batch: list[Message]) -> Part:
    knowledge, task = _Worker.knowledge or Knowledge(), _Worker.task
    part = Part()
    lines = io.StringIO()
    table = Table(lines, task.language) if task.with_csv else None
    for name, content in batch:
        explanation = _explained(content)
        if isinstance(explanation, str):
            part.summary.count_unreadable(explanation)
            part.unreadable.append((name, explanation))
            if table:
                table.unreadable(name, str(sentence_for(explanation)))
        else:
            rows = rows_of(name, explanation, knowledge, task.language)
            part.summary.count(explanation.is_bounce, rows)
            if table:
                table.message(rows, explanation)
    part.csv = lines.getvalue()
    return part


def _explained(content: Content) -> Explanation | str:
    """Return what a message means, or the code that says why it could not be read."""
    knowledge, task = _Worker.knowledge or Knowledge(), _Worker.task
    if isinstance(content, UnreadableInput):
        return content.code
    try:
        return explain(read(content), knowledge, task.language)
    except UnreadableInput as error:
        return error.code
    except Exception:
        logger.exception("A message could not be explained")  # one fault of ours must not cost the report on all
        return "fault"
