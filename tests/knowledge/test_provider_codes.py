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


def test_messages_that_differ_may_be_told_apart_by_their_reply_codes(message):
    one = replace(message, examples=("550 5.9.99 zzz",))
    other = replace(message, examples=("554-5.9.99 zzz",), reason="loop")
    reasons = provider_reasons([one, other])
    assert ("made", "5.9.99") not in reasons
    assert (reasons["made", "550 5.9.99"], reasons["made", "554 5.9.99"]) == ("virus", "loop")


@pytest.mark.parametrize(("reply", "reason"), [("550 5.7.9 zzz", "sender-authentication"), ("554 5.7.9 zzz", "policy")])
def test_yahoo_means_two_things_by_one_enhanced_code(knowledge, reply, reason):
    delivery = explain(read(f"host mx-eu.mail.am0.yahoodns.net[192.0.2.5] said: {reply}"), knowledge, "en").deliveries[
        0
    ]
    assert (delivery.provider, delivery.reason, delivery.basis) == ("yahoo", reason, "enhanced-code")


def test_a_code_that_says_little_says_no_more_beside_a_reply_code(knowledge):
    made = replace(knowledge, provider_reasons={("made", "550 5.7.1"): "virus"})
    assert made.reason_of_enhanced_code("5.7.1", "made", "550") == "policy"


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
