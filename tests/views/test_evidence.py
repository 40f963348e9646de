"""Marks in the pasted text."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from codes.explain.explanation import Evidence
from codes.views.evidence import Annotation


def piece(text: str, quote: str, what: str = "reply_text") -> Evidence:
    start = text.index(quote)
    return Evidence(what, quote, start, start + len(quote))


def html(annotation: Annotation) -> list[str]:
    return [line.html for line in annotation.all_lines()]


def test_the_shorter_statement_keeps_its_words_inside_a_longer_one():
    text = "said: 550 5.1.1 User unknown"
    annotation = Annotation(text, [[piece(text, "550 5.1.1 User unknown"), piece(text, "5.1.1")]])

    assert html(annotation) == [
        'said: <mark data-n="1">550</mark> <mark data-n="2">5.1.1</mark> '
        '<mark class="more" data-n="1">User unknown</mark>'
    ]


def test_a_statement_without_words_of_its_own_has_no_number():
    text = "550 5.1.1"
    annotation = Annotation(text, [[piece(text, "550 5.1.1"), piece(text, "550"), piece(text, "5.1.1")]])

    assert [each.number for each in annotation.pieces[0]] == [None, 1, 2]


def test_a_mark_that_goes_on_in_the_next_line_does_not_repeat_its_number():
    text = "a User\nunknown b"

    assert html(Annotation(text, [[piece(text, "User\nunknown")]])) == [
        'a <mark data-n="1">User</mark>',
        '<mark class="more" data-n="1">unknown</mark> b',
    ]


def test_numbers_run_on_and_the_same_words_keep_their_number():
    text = "550 unknown\n450 later"
    annotation = Annotation(text, [[piece(text, "550")], [piece(text, "450"), piece(text, "550")]])

    assert [[each.number for each in block] for block in annotation.pieces] == [[1], [2, 1]]
    assert 'id="m1"' in annotation.decisive_lines(0)[0].html
    assert 'id="m1"' not in annotation.decisive_lines(1)[0].html


def test_only_the_lines_that_decided_are_quoted():
    text = "one\ntwo 550\nthree"

    assert [line.number for line in Annotation(text, [[piece(text, "550")]]).decisive_lines(0)] == [2]


def test_offsets_outside_the_text_are_passed_over():
    assert Annotation("short", [[Evidence("x", "y", 3, 99), Evidence("x", "", 2, 2)]]).pieces == [[]]


@given(
    text=st.text(alphabet="ab<&\n 5", max_size=60),
    spans=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6),
)
def test_marking_changes_no_character_and_opens_no_tag(text, spans):
    evidence = [Evidence("x", text[start:end], start, end) for start, end in spans if start < end <= len(text)]

    shown = "\n".join(html(Annotation(text, [evidence])))

    assert unescape(re.sub(r"</?mark[^>]*>", "", shown)) == text
    assert shown.count("<mark") == shown.count("</mark>")
