"""Terms are found as whole words, the longest name first, each once."""

import pytest

from codes.knowledge.entries import Term, Text
from codes.knowledge.glossary import Glossary


def term(slug: str, *names: str) -> Term:
    return Term(slug, Text(slug, slug), names, names, Text("Che cos’è.", "What it is."), "", (), 1)


GLOSSARY = Glossary(
    [term("pec", "PEC"), term("bounce", "bounce", "bounces"), term("soft-bounce", "soft bounce"), term("coda", "coda")],
    "it",
)


def found(text: str, *known: str) -> list[tuple[str, str]]:
    return [(text[each.start : each.end], each.term.slug) for each in GLOSSARY.mentions(text, set(known))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A bounce is back.", [("bounce", "bounce")], id="a word"),
        pytest.param("Bounces are back.", [("Bounces", "bounce")], id="another form, at the beginning"),
        pytest.param("A bounce, a bounce.", [("bounce", "bounce")], id="only the first"),
        pytest.param("A soft bounce.", [("soft bounce", "soft-bounce")], id="the longest name"),
        pytest.param("A soft\nbounce.", [("soft\nbounce", "soft-bounce")], id="over a line end"),
        pytest.param("L’ultima coda.", [("coda", "coda")], id="after an apostrophe"),
        pytest.param("Rebounced bouncer", [], id="parts of words"),
        pytest.param("bounce@example.com a.bounce.example /bounce/", [], id="addresses"),
        pytest.param("PEC, pec", [("PEC", "pec")], id="a capital"),
        pytest.param("pec", [], id="without its capital"),
        pytest.param("It is a bounce.", [("bounce", "bounce")], id="before a full stop"),
    ],
)
def test_what_is_found(text, expected):
    assert found(text) == expected


def test_what_is_known_is_not_found_again():
    assert found("A bounce in the coda.", "bounce") == [("coda", "coda")]


def test_a_glossary_without_terms_finds_nothing():
    assert list(Glossary([], "it").mentions("bounce", set())) == []
