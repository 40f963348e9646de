"""The index: words are found in every form, and nothing that is typed breaks it."""

import pytest
from django.utils import translation

from codes.knowledge import snapshot
from codes.models import Synonym
from codes.search import index_of
from codes.search.marking import Marker

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(knowledge):
    return index_of(knowledge)


def first(index, query: str, language: str = "it") -> str:
    document = index.search(query, language).hits[0].document
    return f"{document.kind} {document.key}"


@pytest.mark.parametrize(
    ("typed", "same_as"),
    [("caselle piene", "casella piena"), ("perché è piena", "perche e piena"), ("MAILBOXES FULL", "mailbox full")],
)
def test_forms_accents_and_case_make_no_difference(index, typed, same_as):
    found, other = index.search(typed, "it"), index.search(same_as, "it")

    assert [hit.document for hit in found.hits[:5]] == [hit.document for hit in other.hits[:5]]


@pytest.mark.parametrize(
    ("typed", "taken_for"),
    [("caslla", "casella"), ("casellla", "casella"), ("csaella", "casella"), ("cazella", "casella"), ("xxsella", "")],
)
def test_one_typo_is_forgiven(index, typed, taken_for):
    assert index.search(typed, "it").query.corrected == taken_for


@pytest.mark.parametrize("typed", ["spm", "relat"])
def test_no_word_of_less_than_five_letters_nor_the_beginning_of_one_is_taken_for_another(index, typed):
    assert index.search(typed, "it").query.corrected == ""


@pytest.mark.parametrize(("query", "code"), [("errore 451", "451"), ("mailbox full 5.2.2", "5.2.2"), ("4xx", "4xx")])
def test_a_code_among_the_words_comes_first(index, query, code):
    assert first(index, query) == f"code {code}"


def test_synonyms_are_rows_that_an_editor_adds(index):
    assert not index.search("ingolfata", "it").hits

    Synonym.objects.create(slug="clogged", words=["ingolfata", "casella piena"])
    changed = index_of(snapshot.current(fresh=True))

    assert first(changed, "ingolfata") == "reason mailbox-full"


def test_exact_looks_for_no_other_words(index):
    query = index.search("blacklist exceded", "en", exact=True).query

    assert (query.corrected, query.variants, query.words[0].synonyms) == ("", (), ())


def test_words_are_marked_by_the_stems_they_were_found_by(index):
    marker = Marker(index.search("caselle piene", "it").query)

    marked = [piece for piece, hit in marker.pieces("La casella è piena, non le altre due.") if hit]
    assert marked == ["casella", "piena"]


def test_a_word_being_typed_finds_what_begins_with_it(index):
    assert "reason mailbox-full" in {
        f"{hit.document.kind} {hit.document.key}" for hit in index.search("mailb", "en").hits[:5]
    }


@pytest.mark.parametrize("typed", ['"', "(", "foo:bar", "* OR ?", "di la e", "\x00", "ß" * 3000, "5.1.1 " * 50])
def test_nothing_typed_breaks_it(index, typed):
    with translation.override("it"):
        index.search(typed, "it")
