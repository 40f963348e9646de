"""Log lines say where and how something failed, never with what."""

import io
import json
import logging
import sys
import threading
from types import SimpleNamespace

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from site_config.logs import FORMATTER, JsonFormatter, PrivateFormatter, log_failed_threads

SECRET = "mario.rossi@example.com"


@pytest.fixture
def log():
    """Return a logger's `error` and what it has written."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PrivateFormatter(FORMATTER["format"], style="{"))
    logger = logging.getLogger("django.request.test")
    logger.propagate = False
    logger.addHandler(handler)
    yield logger, stream
    logger.removeHandler(handler)


def request(route: str | None = "<language>/explain/") -> WSGIRequest:
    made = RequestFactory().post(f"/it/{SECRET}/", {"text": SECRET})
    made.resolver_match = SimpleNamespace(route=route) if route else None
    return made


def test_an_exception_is_its_places_and_type_and_those_of_its_cause(log):
    logger, stream = log
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(SECRET) from error
    except ValueError:
        logger.exception("It failed")
    written = stream.getvalue()
    assert SECRET not in written
    assert "ERROR django.request.test: It failed" in written
    assert written.index("builtins.KeyError") < written.index("builtins.ValueError")
    assert written.count("test_logs.py") == 2


def test_an_exception_that_hides_its_cause_hides_it_here_too(log):
    logger, stream = log
    try:
        try:
            raise KeyError(SECRET)
        except KeyError:
            raise ValueError(SECRET) from None
    except ValueError:
        logger.exception("It failed")
    assert "KeyError" not in stream.getvalue()


def test_what_another_formatter_made_of_the_exception_is_not_taken_over(log):
    logger, stream = log
    try:
        raise ValueError(SECRET)
    except ValueError:
        record = logger.makeRecord("x", logging.ERROR, "file", 1, "It failed", (), sys.exc_info())
    logging.Formatter().format(record)
    assert SECRET in record.exc_text
    logger.handle(record)
    assert SECRET not in stream.getvalue()
    assert SECRET in record.exc_text, "other handlers keep what they had"


def test_a_request_is_its_method_and_the_pattern_of_its_address(log):
    logger, stream = log
    logger.error("%s: %s", "Internal Server Error", f"/it/{SECRET}/", extra={"request": request(), "status_code": 500})
    assert stream.getvalue().endswith(": 500 POST /<language>/explain/\n")


def test_an_address_that_leads_nowhere_is_not_repeated(log):
    logger, stream = log
    logger.error("Bad Request: %s", f"/{SECRET}", extra={"request": request(None), "status_code": 400})
    assert stream.getvalue().endswith(": 400 POST an address not resolved\n")


def test_a_refused_host_is_named_since_the_operator_needs_it():
    record = logging.makeLogRecord(
        {
            "name": "django.security.DisallowedHost",
            "msg": "Invalid HTTP_HOST header: 'new.example'.",
            "request": request(),
        }
    )
    assert PrivateFormatter().format(record) == "Invalid HTTP_HOST header: 'new.example'."


def test_granian_s_words_on_an_exception_lose_its_message():
    told = (
        "Application callable raised an exception\n"
        "Traceback (most recent call last):\n"
        '  File "views.py", line 17, in stream\n'
        f"    raise ValueError(text)\n"
        f"ValueError: {SECRET}\n"
        f'  File "{SECRET}", line 1, in mail\n'
    )
    written = PrivateFormatter().format(logging.makeLogRecord({"name": "_granian.utils", "msg": told}))
    assert written.splitlines() == [
        "Application callable raised an exception",
        '  File "views.py", line 17, in stream',
        "  ValueError",
    ]


def test_a_thread_that_fails_tells_the_log_and_not_its_message(monkeypatch, capsys, caplog):
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    log_failed_threads()
    thread = threading.Thread(target=lambda: int(SECRET), name="flusher")
    thread.start()
    thread.join()
    assert [record.getMessage() for record in caplog.records] == ["flusher failed"]
    assert SECRET not in capsys.readouterr().err


def test_json_lines_say_the_same_and_no_more():
    try:
        raise ValueError(SECRET)
    except ValueError:
        record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "It %s", ("failed",), sys.exc_info())
    record.request = request()
    record.status_code = 500
    line = JsonFormatter().format(record)
    assert "\n" not in line
    told = json.loads(line)
    assert (told["level"], told["logger"], told["message"]) == (
        "ERROR",
        "django.request",
        "500 POST /<language>/explain/",
    )
    assert told["exception"].endswith("builtins.ValueError")
    assert told["time"].endswith("+00:00")
    assert SECRET not in line
