"""“Here”: what the house's own editors add, set apart and never touched by upgrades."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client

from codes.knowledge import snapshot
from codes.models import LocalNote

pytestmark = pytest.mark.django_db

PAGES = {
    ("reason", "user-unknown"): "/it/reasons/user-unknown/",
    ("replycode", "550"): "/it/codes/550/",
    ("enhancedcode", "X.1.1"): "/it/codes/5.1.1/",
    ("provider", "gmail"): "/it/providers/gmail/",
    ("signature", "user-unknown"): "/it/messages/user-unknown/",
}


def note(kind: str, key: str) -> LocalNote:
    """Save a note that tells what it stands on."""
    made = LocalNote(kind=kind, key=key, text_it=f"Coda di {key}, interno 4410.", text_en="")
    made.full_clean()
    made.save()
    return made


@pytest.mark.parametrize(("kind", "key"), PAGES)
def test_a_note_stands_apart_on_the_page_of_its_entry(client: Client, kind, key):
    assert 'class="here"' not in client.get(PAGES[kind, key]).content.decode()
    note(kind, key)

    snapshot.current(fresh=True)
    page = client.get(PAGES[kind, key]).content.decode()
    here = page.partition('<div class="here" role="note">')[2].partition("</div>\n</div>")[0]
    assert "Da noi" in here and f"Coda di {key}, interno 4410." in here


def test_an_explanation_shows_the_notes_of_everything_in_it_the_most_telling_first(client: Client):
    for kind, key in PAGES:
        note(kind, key)
    snapshot.current(fresh=True)
    page = client.post(
        "/it/explain/", {"text": "550 5.1.1 <a@gmail.com>: Recipient address rejected: User unknown"}
    ).content.decode()

    assert page.count('class="here"') == 1
    assert page.index("Coda di user-unknown") < page.index("Coda di X.1.1") < page.index("Coda di 550")


def test_an_upgrade_keeps_the_notes():
    note("reason", "user-unknown")
    call_command("load_knowledge", verbosity=0)

    assert LocalNote.objects.get().text_it == "Coda di user-unknown, interno 4410."


def test_a_note_needs_an_entry_and_a_text():
    with pytest.raises(ValidationError):
        note("reason", "no-such-reason")
    with pytest.raises(ValidationError):
        LocalNote(kind="replycode", key="550", text_it="", text_en="").full_clean()


def test_an_enhanced_code_is_named_without_its_class():
    assert note("enhancedcode", "5.1.1").key == "X.1.1"


def test_editors_add_a_note_from_the_entrys_page(admin_client: Client):
    page = admin_client.get("/it/reasons/user-unknown/").content.decode()
    assert "/admin/codes/localnote/add/?kind=reason&amp;key=user-unknown" in page
    form = admin_client.get("/admin/codes/localnote/add/?kind=reason&key=user-unknown").content.decode()
    assert 'value="user-unknown"' in form

    data = {"kind": "reason", "key": "user-unknown", "text_it": "Coda Rubrica", "text_en": ""}
    assert admin_client.post("/admin/codes/localnote/add/", data).status_code == 302
    assert "Coda Rubrica" in admin_client.get("/it/reasons/user-unknown/").content.decode()
