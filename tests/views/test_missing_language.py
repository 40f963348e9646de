"""Where a text exists in one language only, the page shows it, marked, with a note."""

import pytest
from django.test import Client

from codes.knowledge import snapshot
from codes.models import ReplyCode

pytestmark = pytest.mark.django_db


@pytest.fixture
def _only_english(db):
    code = ReplyCode.objects.get(code="550")
    code.meaning_it, code.meaning_en, code.title_it, code.title_en = "", "Words in one language.", "", "One title"
    code.save()
    snapshot.current(fresh=True)


@pytest.mark.usefixtures("_only_english")
def test_the_other_language_is_shown_with_its_lang_and_a_note(client: Client):
    page = client.get("/it/codes/550/").content.decode()

    assert '<p lang="en">Words in one language.</p>' in page
    assert "Questo testo c’è solo in inglese." in page
    assert '<span lang="en">One title</span>' in page


@pytest.mark.usefixtures("_only_english")
def test_its_own_language_needs_no_note(client: Client):
    page = client.get("/en/codes/550/").content.decode()

    assert "<p>Words in one language.</p>" in page
    assert "in Italian only" not in page
