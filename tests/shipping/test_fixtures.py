"""What is shipped: both languages everywhere, nothing twice, and every example goes to its own message."""

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


def said(shipped: list[Shipped]):
    """Yield each bilingual text: the entry, the field without language, Italian, English."""
    for entry in shipped:
        for name in entry.plain:
            if name.endswith("_it"):
                yield entry, name[:-3], entry.plain[name], entry.plain[f"{name[:-3]}_en"]


def test_both_languages_everywhere(shipped):
    missing = [f"{entry.name}: {name}" for entry, name, it, en in said(shipped) if bool(it) != bool(en)]
    assert missing == []
    untitled = [entry.name for entry, name, it, _en in said(shipped) if name == "title" and not it]
    assert untitled == []


def test_the_two_languages_differ(shipped):
    """A sentence that is the same in both was forgotten; one word or name may be."""
    same = [
        f"{entry.name}: {name}" for entry, name, it, en in said(shipped) if it and it == en and len(str(it).split()) > 3
    ]
    assert same == []


def test_no_text_stands_twice(shipped):
    places = defaultdict(list)
    for entry, name, it, en in said(shipped):
        for language, text in (("it", it), ("en", en)):
            if isinstance(text, str) and len(text) > 60:
                places[text].append(f"{entry.name}: {name}_{language}")
    assert [names for names in places.values() if len(names) > 1] == []


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


def test_placeholders_are_known_and_the_same_in_both_languages(shipped):
    wrong = []
    for entry, name, it, en in said(shipped):
        if entry.kind.name != "reason" or isinstance(it, list):
            continue
        italian, english = (set(re.findall(r"\{(\w+)\}", text)) for text in (it, en))
        if italian != english or italian - set(
            "sent recipient domain host date code reply queue_id reporting_host".split()
        ):
            wrong.append(f"{entry.name}: {name} {italian ^ english}")
        if name in ("reply", "reply_delayed") and it and not (it.startswith("{sent}") and en.startswith("{sent}")):
            wrong.append(f"{entry.name}: {name} does not begin with {{sent}}")
    assert wrong == []


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
