"""A database that is gone: pages and explanations go on, what needs it says so, and all heals."""

import time

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.test import Client

from codes.knowledge import snapshot

pytestmark = pytest.mark.django_db


class Gone:
    """Stands before the database while it is gone."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, execute, sql, params, many, context):
        self.asked += 1
        raise OperationalError("server closed the connection, mario.rossi@example.com")


@pytest.fixture
def gone(monkeypatch):
    """Take the database away, after a snapshot was built."""
    snapshot.current(fresh=True)
    monkeypatch.setattr(snapshot, "LOOK_EVERY", 0)
    # The thread that looks for the database would ask another connection, to which it never went.
    monkeypatch.setattr(snapshot.Keeper, "_look_aside", lambda keeper: keeper._lock.release())
    away = Gone()
    with connection.execute_wrapper(away):
        yield away
    snapshot.keeper.forget()


@pytest.fixture
def editor(admin_client: Client) -> Client:
    admin_client.raise_request_exception = False
    return admin_client


@pytest.mark.parametrize("address", ["/it/", "/en/codes/550/", "/it/search/?q=casella", "/it/reasons/", "/550"])
def test_public_pages_are_served_from_the_snapshot(gone, client: Client, address):
    assert client.get(address).status_code in (200, 302)


def test_bounces_are_explained(gone, client: Client):
    response = client.post("/it/explain/", {"text": "550 5.1.1 User unknown"})
    assert response.status_code == 200
    assert "550 5.1.1 User unknown" in response.content.decode()


def test_nobody_waits_for_it_again(gone, client: Client):
    client.get("/it/reasons/")
    asked = gone.asked
    client.get("/it/reasons/")
    client.post("/it/explain/", {"text": "550 5.1.1 User unknown"})
    assert gone.asked == asked


def test_an_editor_reads_on_as_a_visitor(editor: Client, gone):
    assert editor.get("/it/codes/550/").status_code == 200


@pytest.mark.parametrize(
    ("language", "says"), [("it", "Il database in questo momento non risponde"), ("en", "The database does not answer")]
)
def test_the_admin_says_in_a_sentence_that_it_cannot(editor: Client, gone, language, says):
    response = editor.get("/admin/codes/replycode/", headers={"accept-language": language})
    assert response.status_code == 503
    assert says in response.content.decode()
    assert int(response["Retry-After"]) > 0
    assert "mario.rossi" not in response.content.decode()


def test_a_page_that_fails_of_itself_is_no_matter_of_the_database(client: Client, monkeypatch):
    def fail(request):
        raise DatabaseError

    monkeypatch.setattr("codes.views.pages.home_context", fail)
    client.raise_request_exception = False
    assert client.get("/it/?x").status_code == 500


@pytest.mark.django_db(transaction=True)
def test_it_is_found_again_by_itself(client: Client, monkeypatch):
    client.get("/it/")
    snapshot.keeper.database_is_gone = True
    monkeypatch.setattr(snapshot, "LOOK_EVERY", 0)
    end = time.monotonic() + 10
    while snapshot.keeper.database_is_gone:
        assert client.get("/it/").status_code == 200
        assert time.monotonic() < end, "looked in vain"
        time.sleep(0.02)
