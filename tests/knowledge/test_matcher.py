"""How known messages are found in a reply."""

from dataclasses import replace

import pytest

from codes.knowledge.entries import Knowledge
from codes.knowledge.matcher import Matcher


def found(knowledge: Knowledge, reply: str) -> str | None:
    """The slug of the known message that decides."""
    match = knowledge.matcher.strongest(reply)
    return match.signature.slug if match else None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reply", "bare"),
    [
        pytest.param("550 Compte désactivé", "550 Compte desactive", id="French"),
        pytest.param("550 Użytkownik nie istnieje", "550 Uzytkownik nie istnieje", id="Polish"),
        pytest.param("550 Conta não existe", "550 Conta nao existe", id="Portuguese"),
    ],
)
def test_accents_make_no_difference(knowledge: Knowledge, reply: str, bare: str) -> None:
    assert found(knowledge, reply) == found(knowledge, bare) is not None


@pytest.mark.django_db
def test_words_of_links_and_addresses_name_no_subject(knowledge: Knowledge) -> None:
    assert found(knowledge, "550 xyzzy quota") == "topic-quota"
    assert found(knowledge, "550 xyzzy https://help.example.org/quota <quota@example.org>") is None


@pytest.mark.django_db
def test_a_link_still_tells_what_says_more_than_a_subject(knowledge: Knowledge) -> None:
    of_a_provider = replace(knowledge.signatures["topic-quota"], provider="google")
    of_anybody = replace(knowledge.signatures["virus"], patterns=("help.example.org/quota",))
    match = Matcher([of_a_provider, of_anybody]).strongest("550 xyzzy https://help.example.org/quota")
    assert match is not None
    assert match.signature is of_anybody


@pytest.mark.django_db
def test_a_phrase_that_says_little_outranks_none_that_names_a_cause(knowledge: Knowledge) -> None:
    """Not even where it is a provider's and the other one anybody's."""
    of_a_provider = replace(knowledge.signatures["topic-quota"], provider="google")
    of_anybody = knowledge.signatures["greylisted"]
    match = Matcher([of_a_provider, of_anybody]).strongest("451 quota in order, but greylisted")
    assert match is not None
    assert match.signature is of_anybody
