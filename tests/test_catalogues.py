"""Every message of the program exists in Italian."""

import gettext
import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

from codes.catalogues import Message, compile_catalogues, messages_of

CATALOGUE = settings.LOCALE_SOURCES / "it" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


@pytest.fixture(scope="module")
def entries() -> dict[tuple[str, str], polib.POEntry]:
    return {(entry.msgctxt or "", entry.msgid): entry for entry in polib.pofile(str(CATALOGUE))}


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    return list(messages_of(settings.BASE_DIR))


def test_every_message_is_translated(entries, messages):
    missing = [
        f"{message.place}: {message.id}"
        for message in messages
        if message.key not in entries or not entries[message.key].translated()
    ]

    assert len(messages) > 500
    assert missing == []


def test_plurals_are_translated_as_plurals(entries, messages):
    wrong = [message.id for message in messages if message.plural and len(entries[message.key].msgstr_plural) != 2]

    assert wrong == []


def test_the_catalogue_holds_nothing_that_the_program_does_not_say(entries, messages):
    assert set(entries) - {message.key for message in messages} == set()


def test_translations_keep_the_placeholders(entries):
    for entry in entries.values():
        for translation in entry.msgstr_plural.values() or [entry.msgstr]:
            allowed = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
            assert set(PLACEHOLDER.findall(translation)) <= allowed, entry.msgid
        last = list(entry.msgstr_plural.values())[-1] if entry.msgstr_plural else entry.msgstr
        assert set(PLACEHOLDER.findall(last)) == set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid)), (
            entry.msgid
        )


def test_catalogues_are_compiled_without_tools(tmp_path: Path):
    assert compile_catalogues(settings.LOCALE_SOURCES, tmp_path) == 1

    with (tmp_path / "it" / "LC_MESSAGES" / "django.mo").open("rb") as compiled:
        italian = gettext.GNUTranslations(compiled)
    assert italian.gettext("Not delivered") == "Non consegnato"
    assert italian.ngettext("%(count)s delivered", "%(count)s delivered", 2) == "%(count)s consegnati"
