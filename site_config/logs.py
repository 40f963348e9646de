"""Log lines that hold nothing of what people paste."""

import json
import logging
import threading
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

#: For `logging.config`: the formatter of every handler of ours.
FORMATTER = {
    "()": "site_config.logs.PrivateFormatter",
    "format": "{asctime} {levelname} {name}: {message}",
    "style": "{",
}
#: The same as JSON, one object a line.
JSON_FORMATTER = {"()": "site_config.logs.JsonFormatter"}


def formatter(form: str) -> dict[str, str]:
    """Return the formatter for "text" or "json"."""
    return JSON_FORMATTER if form == "json" else FORMATTER


class PrivateFormatter(logging.Formatter):
    """Says where and how something failed, never with what.

    An exception's message may quote a mail, and an address may hold a name somebody typed: an exception becomes its
    type and the places it came through, a request its method and the pattern of its address.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, from a copy: other handlers still get the record as it was."""
        return super().format(self.private(record))

    @staticmethod
    def private(record: logging.LogRecord) -> logging.LogRecord:
        """Return a copy of a record without what people paste."""
        record = logging.makeLogRecord(record.__dict__)
        record.exc_text = None  # what another formatter has made of the exception
        if record.name == "django.security.DisallowedHost":
            # The host, which is all that the message holds, tells an operator what ALLOWED_HOSTS lacks.
            record.msg, record.args, record.exc_info = record.getMessage()[:300], None, None
        elif request := getattr(record, "request", None):
            record.msg, record.args = _described(request, getattr(record, "status_code", "")), None
        elif record.name.startswith("_granian"):
            record.msg, record.args = "\n".join(_without_message(record.getMessage())), None
        return record

    def formatException(self, ei: Any) -> str:  # noqa: N802 (the name is logging's)
        """Return the places and the type of the exception and of those that led to it, without their messages."""
        error = ei[1]
        if error is None:
            return "  no exception"
        return "\n".join(line for link in _chain(error) for line in _places(link))


class JsonFormatter(PrivateFormatter):
    """Writes an object a line: time (UTC), level, logger, message, and the places of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line of JSON."""
        record = self.private(record)
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _described(request: Any, status: Any) -> str:
    match = getattr(request, "resolver_match", None)
    where = f"/{match.route}" if match else "an address not resolved"
    return f"{status} {getattr(request, 'method', '')} {where}".strip()


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield the exceptions that led to one, the first first."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _chain(before)
    yield error


def _places(error: BaseException) -> Iterator[str]:
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} {frame.name}"
    yield f"  {type(error).__module__}.{type(error).__qualname__}"


def _without_message(told: str) -> Iterator[str]:
    """Yield what granian tells, as text, of an exception that escaped Django, as in the middle of a response."""
    first, *lines = told.splitlines() or [""]
    yield first
    for line in lines[1:]:
        if line.startswith('  File "'):
            yield line
        elif not line.startswith("  "):  # the exception itself, and maybe the lines of its message
            yield f"  {line.partition(':')[0]}"
            return


def log_failed_threads() -> None:
    """Let a thread that fails say so in the log; Python's own way prints the exception's message."""

    def log(failure: threading.ExceptHookArgs) -> None:
        name = failure.thread.name if failure.thread else "a thread"
        logging.getLogger(__name__).error("%s failed", name, exc_info=failure.exc_value)

    threading.excepthook = log
