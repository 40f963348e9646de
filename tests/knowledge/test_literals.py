"""Every match of an expression contains one of the plain texts that are found for it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes.knowledge.literals import required_literals
from codes.knowledge.matcher import Pattern, PatternError


@pytest.mark.parametrize(
    ("expression", "literals"),
    [
        pytest.param(r"\b5\.7\.515\b", {"5.7.515"}, id="escaped dots"),
        pytest.param(r"(mailbox|inbox) [^ ]+ is (full|over quota)", {" is full", " is over quota"}, id="alternatives"),
        pytest.param(r"a?bcde", {"abcde", "bcde"}, id="an optional letter"),
        pytest.param(r"\[bl2[01]\]", {"[bl20]", "[bl21]"}, id="a small class"),
        pytest.param(r"user.*not (found|known)", {"not found", "not known"}, id="the longer part counts"),
        pytest.param(r"(?i)HELLO.world", {"hello"}, id="lower case"),
        pytest.param(r"(full)?.*", set(), id="nothing has to be there"),
        pytest.param(r"full|[^ ]+", set(), id="nor in one of the alternatives"),
        pytest.param(r"such user(", set(), id="no expression at all"),
    ],
)
def test_literals_of_an_expression(expression, literals):
    assert required_literals(expression) == literals


EXPRESSIONS = st.recursive(
    st.sampled_from(["a", "b", "cd", "[ab]", "[^a]", ".", r"\b", r"\d", "e"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
        inner.map(lambda part: f"({part})?"),
        inner.map(lambda part: f"({part}){{1,3}}"),
        inner.map(lambda part: f"({part})*"),
    ),
    max_leaves=8,
)


@given(EXPRESSIONS, st.text(alphabet="abcde1 ", max_size=12))
def test_no_match_without_a_literal(expression, text):
    """Else the matcher would overlook a known message."""
    literals = required_literals(expression)
    if literals and re.search(expression, text):
        assert any(literal in text for literal in literals)


@pytest.mark.parametrize(
    "source", ["user", "*no*", "re:[0-9]+", "re:no|such user", "re:such user(", "re:such (?=user)"]
)
def test_patterns_that_are_refused(source):
    with pytest.raises(PatternError):
        Pattern(source).check()


@pytest.mark.parametrize(
    "source", ["no such user", "mail*box unavailable", r"re:\b(ofr|lpn)_416\b", "re:(full|over quota)"]
)
def test_patterns_that_are_taken(source):
    Pattern(source).check()
