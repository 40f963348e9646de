"""What is shipped: complete, without personal data, and every example goes to its own message."""

import re
from collections import defaultdict

import pytest
from django.conf import settings

from codes.knowledge.matcher import Matcher, Pattern, normalised
from codes.shipping.reading import Shipped, read_folder

ESA_CODES = "211 214 220 221 250 251 354 421 450 451 452 453 500 501 502 503 504 550 551 552 553 554".split()


@pytest.fixture(scope="module")
def shipped() -> list[Shipped]:
    """Return the shipped entries."""
    return read_folder(settings.BASE_DIR / "fixtures")


def test_codes_of_the_facts_are_complete(shipped):
    keys = defaultdict(set)
    for entry in shipped:
        keys[entry.kind.name].add(entry.key[0])
    assert set(ESA_CODES) <= keys["replycode"]
    assert len(keys["replycode"]) >= 86
    assert len(keys["enhancedcode"]) >= 81
    assert len(keys["reason"]) >= 36
    assert keys["codeclass"] == set("2345")
    assert keys["codesubject"] == set("01234567")


def test_collection_of_esa_codes_is_the_articles_list(shipped):
    collection = next(entry for entry in shipped if entry.key == ("cisco-esa",) and entry.kind.name == "collection")
    assert [key[0] for key in collection.plain["codes"]] == ESA_CODES
    assert collection.plain["title_it"] == "Codici supportati da Cisco ESA"
    assert collection.plain["title_en"] == "Codes supported by Cisco ESA"


#: Public role addresses of providers, which their replies name.
ROLE_ADDRESSES = {"abuse@corp.mail.ru", "delist@microsoft.com", "tosa@rx.t-online.de"}


def test_no_personal_data(shipped):
    """Addresses are of example domains, but for a few roles."""
    example = re.compile(r"@(?:[\w-]+\.)*(?:example\.(?:com|it|net|org)|[\w-]+\.example|example)$", re.IGNORECASE)
    foreign = [
        f"{entry.name}: {address}"
        for entry in shipped
        for address in re.findall(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", str(entry.plain))
        if address not in ROLE_ADDRESSES and not example.search(address)
    ]
    assert foreign == []


@pytest.mark.django_db
def test_every_example_goes_to_its_own_message(knowledge):
    matcher = Matcher(knowledge.signatures.values())
    stolen = []
    for signature in knowledge.signatures.values():
        for example in signature.examples:
            matches = matcher.matches(example)
            winner = matches[0].signature.slug if matches else None
            if winner != signature.slug:
                stolen.append(f"{signature.slug}: “{example}” goes to {winner}")
    assert stolen == []


@pytest.mark.django_db
def test_every_pattern_has_an_example(knowledge):
    idle = [
        f"{signature.slug}: {source}"
        for signature in knowledge.signatures.values()
        for source in signature.patterns
        if not any(Pattern(source).find(normalised(example)) for example in signature.examples)
    ]
    assert idle == []


@pytest.mark.django_db
def test_every_source_is_in_the_snapshot(knowledge):
    assert all(reason.sources for reason in knowledge.reasons.values() if reason.group != "outcome")
