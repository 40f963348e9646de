"""Finds what a sending service's interface answered instead of taking a message: the words in a JSON object."""

from __future__ import annotations

from collections.abc import Iterator

from codes.bounce.events.objects import DECODER, from_first_object

#: What interfaces call the words of an error.
_WORDS = ("message", "errormessage", "error_description", "description", "detail", "title")
#: Objects in objects that are looked into.
_DEEPEST = 5


def answer_in(text: str) -> str | None:
    """Return the words of the answer that stands in a text, or None where no object holds any.

    A program's words may stand before it: 'POST /v3/mail/send 403 {"errors": ...'.
    """
    answer = from_first_object(text)
    if answer is None:
        return None
    try:
        value, _end = DECODER.raw_decode(answer)
    except (ValueError, RecursionError):
        return None
    return "\n".join(dict.fromkeys(_words(value, 0))) or None


def _words(value: object, depth: int) -> Iterator[str]:
    """Yield the words of an error in an object, and of those inside it."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _words(one, depth + 1)
    elif isinstance(value, dict):
        found = {str(name).lower(): said for name, said in value.items()}
        said = next((said for name in _WORDS if isinstance(said := found.get(name), str) and said), None)
        if said:
            yield said
        for inner in value.values():
            yield from _words(inner, depth + 1)
