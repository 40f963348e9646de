"""What helpdesk people type leads to the right page: the table was written before the search was tuned."""

from pathlib import Path

import pytest
from django.utils import translation

from codes.knowledge.entries import Knowledge
from codes.search import index_of
from codes.views.searching import jump

TABLE = Path(__file__).with_name("queries.tsv")
ADDRESSES = {"reason": "reasons", "code": "codes", "message": "messages", "provider": "providers"}

pytestmark = pytest.mark.django_db


def rows() -> list[tuple[str, str, set[str]]]:
    """Return language, query and right pages of each row."""
    lines = [line.split("\t") for line in TABLE.read_text().splitlines() if not line.startswith("#")]
    return [(language, query, set(pages.split())) for language, query, pages in lines]


def pages_found(knowledge: Knowledge, language: str, query: str) -> list[str]:
    """Return the first three pages that a search leads to, or the one that it opens at once."""
    with translation.override(language):
        if target := jump(knowledge, query):
            return [target.split("/", 2)[2].strip("/")]
    documents = [hit.document for hit in index_of(knowledge).search(query, language).hits[:3]]
    return [f"{ADDRESSES.get(document.kind, document.kind + 's')}/{document.key}" for document in documents]


def test_the_right_page_is_first_in_90_and_among_three_in_98_of_100_queries(knowledge):
    table = rows()
    found = [pages_found(knowledge, language, query) for language, query, _pages in table]
    not_first = [row[1] for row, pages in zip(table, found, strict=True) if not row[2] & set(pages[:1])]
    missed = [row[1] for row, pages in zip(table, found, strict=True) if not row[2] & set(pages)]

    assert len(table) >= 80 and {row[0] for row in table} == {"it", "en"}
    assert len(not_first) <= len(table) * 0.10, not_first
    assert len(missed) <= len(table) * 0.02, missed
