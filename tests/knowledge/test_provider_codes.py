"""What a provider means by a code comes from its known messages, and outranks the registry."""

from dataclasses import replace

import pytest

from codes.bounce import read
from codes.explain import explain
from codes.knowledge import snapshot
from codes.knowledge.provider_codes import provider_reasons


@pytest.fixture
def knowledge(db):
    return snapshot.current()


@pytest.fixture
def message(knowledge):
    """A known message of a made provider that says one thing by one code."""
    one = knowledge.signatures["gmail-user-unknown"]
    return replace(one, provider="made", reason="virus", codes=("550", "5.9.99"), evidence="attested")


def test_a_code_means_what_all_the_provider_s_messages_say(message):
    assert provider_reasons([message, message])["made", "5.9.99"] == "virus"


def test_messages_that_differ_settle_nothing(message):
    assert ("made", "5.9.99") not in provider_reasons([message, replace(message, reason="loop")])


def test_an_assumed_message_settles_nothing(message):
    assert provider_reasons([replace(message, evidence="assumed")]) == {}


def test_a_reply_code_is_left_to_its_stage(message):
    assert ("made", "550") not in provider_reasons([message])


def test_microsoft_s_own_code_is_known_without_its_words(knowledge):
    reply = "550 5.7.509 zzz [XX1EUR01.prod.outlook.com]"
    delivery = explain(read(reply), replace(knowledge, signatures={}), "en").deliveries[0]
    assert (delivery.reason, delivery.basis) == ("sender-authentication", "enhanced-code")


def test_the_registry_speaks_for_whoever_says_nothing_else(knowledge):
    assert knowledge.reason_of_enhanced_code("5.1.1", "made") == "user-unknown"
