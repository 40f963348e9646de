"""Finds the JSON objects in a text: one, several, one a line or in lists, and what services wrap them in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from codes.bounce.events.event import as_objects

#: Objects that cannot be read in one text; after so many it is no list of events.
MOST_BROKEN = 100
#: Wrappers inside wrappers: a queue's record, a notification, a bus's event, a list.
_DEEPEST = 5
#: Lists in which programming interfaces and queues hand out events.
_LISTS = ("items", "Bounces", "events", "results", "Records")
DECODER = json.JSONDecoder(strict=False)
#: Where the first object begins.
_OPENING = re.compile(r"\{\s*\"")
_BETWEEN = re.compile(r"[\s\[\],]*")
_NEXT_LINE = re.compile(r"\n[\s\[,]*(?=\{)")


def from_first_object(text: str) -> str | None:
    """Return the text from its first object on, below the words of whoever pasted it; None where there is none."""
    opening = _OPENING.search(text) if "{" in text else None
    return text[opening.start() :] if opening else None


def objects_in(text: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a text that begins with one; one that cannot be read does not spoil the others."""
    position = _after_blanks(text, 0)
    broken = 0
    while position < len(text) and broken < MOST_BROKEN:
        if text[position] != "{":
            if not broken and position == _after_blanks(text, 0):
                return  # words come first: this is a text, and no list of events
            position = _next_object(text, position)
            continue
        try:
            value, end = DECODER.raw_decode(text, position)
        except (ValueError, RecursionError) as problem:
            broken += 1
            reached = problem.pos if isinstance(problem, json.JSONDecodeError) else position
            line = text.rfind("\n", position + 1, reached + 1)
            position = _next_object(text, max(position, line))
        else:
            yield from _unwrapped(value, 0)
            position = _after_blanks(text, end)


def _after_blanks(text: str, position: int) -> int:
    found = _BETWEEN.match(text, position)
    return found.end() if found else position


def _next_object(text: str, position: int) -> int:
    """Return where the next line begins that opens an object."""
    found = _NEXT_LINE.search(text, position)
    return found.end() if found else len(text)


def _unwrapped(value: dict[str, Any], depth: int) -> Iterator[dict[str, Any]]:
    """Yield the events in an object: those in a list, in a notification's text, in a bus's detail; else itself."""
    inner: list[dict[str, Any]] = []
    for name in _LISTS:
        inner += as_objects(value.get(name))
    inner += [one for one in (value.get("Sns"), value.get("event-data")) if isinstance(one, dict)]
    if value.get("source") == "aws.ses" and isinstance(value.get("detail"), dict):  # EventBridge
        inner.append(value["detail"])
    for name in ("Message", "body"):  # SNS, SQS
        text = value.get(name)
        if isinstance(text, str) and text.lstrip().startswith("{"):
            try:
                message = json.loads(text, strict=False)
            except (ValueError, RecursionError):
                continue
            inner += as_objects([message])
    if not inner or depth >= _DEEPEST:
        yield value
        return
    for one in inner:
        yield from _unwrapped(one, depth + 1)
