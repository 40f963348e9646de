"""Finds, for a regular expression, a few plain texts of which every match contains at least one.

These texts go into one Set that finds the candidates in a reply; only their expressions are then tried. Python's own
parser takes the expression apart: RE2 knows nearly the same syntax, and where the parser does not, there are no texts.
"""

import re
import warnings
from collections.abc import Iterable
from re import _constants as tokens  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

#: More alternatives than this are not worth keeping apart.
MOST = 64

Texts = frozenset[str]
EMPTY: Texts = frozenset({""})


def required_literals(expression: str) -> Texts:
    """Return lower-case texts of which each match holds at least one; none where there is no such choice."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about syntax that Python may read otherwise one day
            tree = parser.parse(expression)
    except (re.error, RecursionError, OverflowError):
        return frozenset()
    whole, best = _sequence(tree)
    return _better(whole, best) or frozenset()


def _better(first: Texts | None, second: Texts | None) -> Texts | None:
    """Return the set whose shortest text is longer; of equals the smaller set."""
    choices = [texts for texts in (first, second) if texts and "" not in texts]
    return max(choices, key=lambda texts: (min(map(len, texts)), -len(texts)), default=None)


def _sequence(items: Iterable[tuple[Any, Any]]) -> tuple[Texts | None, Texts | None]:
    """Return all texts that the sequence can be, if they are few, and the best required ones."""
    run: Texts = EMPTY
    best: Texts | None = None
    is_whole = True
    for token, argument in items:
        exact, inner = _item(token, argument)
        if exact is not None and len(exact) * len(run) <= MOST:
            run = frozenset(before + after for before in run for after in exact)
            continue
        is_whole = False
        best = _better(_better(best, run), inner)
        run = exact if exact is not None else EMPTY
    return (run if is_whole else None), _better(best, run)


def _item(token: Any, argument: Any) -> tuple[Texts | None, Texts | None]:
    if token is tokens.LITERAL:
        return frozenset({chr(argument).lower()}), None
    if token is tokens.AT:
        return EMPTY, None
    if token is tokens.IN:
        return _one_of(argument), None
    if token is tokens.SUBPATTERN:
        return _sequence(argument[-1])
    if token is tokens.BRANCH:
        return _branches([_sequence(branch) for branch in argument[1]])
    if token in (tokens.MAX_REPEAT, tokens.MIN_REPEAT):
        return _repeated(*argument)
    return None, None


def _one_of(members: list[tuple[Any, Any]]) -> Texts | None:
    """Return the characters of a class, if they are few."""
    found: set[str] = set()
    for token, argument in members:
        if token is tokens.LITERAL:
            found.add(chr(argument).lower())
        elif token is tokens.RANGE and argument[1] - argument[0] < MOST:
            found.update(chr(number).lower() for number in range(argument[0], argument[1] + 1))
        else:
            return None
    return frozenset(found)


def _branches(branches: list[tuple[Texts | None, Texts | None]]) -> tuple[Texts | None, Texts | None]:
    """Join alternatives: a match holds a text of the one it took."""
    exact: set[str] | None = set()
    best: set[str] | None = set()
    for whole, inner in branches:
        exact = exact | whole if exact is not None and whole is not None else None
        required = _better(whole, inner)
        best = best | required if best is not None and required is not None else None
    return (
        frozenset(exact) if exact is not None and len(exact) <= MOST else None,
        frozenset(best) if best is not None and len(best) <= MOST else None,
    )


def _repeated(least: int, most: Any, inside: Any) -> tuple[Texts | None, Texts | None]:
    whole, best = _sequence(inside)
    if whole is not None and most != tokens.MAXREPEAT and most <= 8:
        texts: set[str] = set()
        power: Texts = EMPTY
        for count in range(most + 1):
            if count >= least:
                texts |= power
            if len(texts) > MOST or (count < most and len(power) * len(whole) > MOST):
                break
            power = frozenset(before + after for before in power for after in whole)
        else:
            return frozenset(texts), None
    return None, (_better(whole, best) if least else None)
