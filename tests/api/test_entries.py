"""What the API tells of the knowledge base: all of it, only what is published, in parts, and revalidated."""

import pytest
from django.test import Client

from codes.api import schemas
from codes.knowledge import snapshot
from codes.models import Reason, Signature
from tests.api.conftest import sentence_of

pytestmark = pytest.mark.django_db

LISTS = {
    "codes": (schemas.Codes, "code"),
    "reasons": (schemas.Reasons, "slug"),
    "providers": (schemas.Providers, "slug"),
    "messages": (schemas.Messages, "slug"),
}


def every(client: Client, address: str, schema) -> list[dict]:
    """Return all results of a list, part by part."""
    results = []
    while address:
        part = client.get(address)
        schema.model_validate(part.json(), strict=True)
        results += part.json()["results"]
        address = part.json()["next"]
    assert len(results) == part.json()["count"]
    return results


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("language", ["it", "en"])
def test_a_list_holds_every_entry_as_it_is_alone(client: Client, knowledge, name, language):
    schema, key = LISTS[name]
    entries = every(client, f"/api/v1/{name}?limit=100&language={language}", schema)

    assert {entry["language"] for entry in entries} == {language}
    assert len({entry[key] for entry in entries}) == len(entries) > 20
    for entry in entries[::40]:
        assert client.get(f"/api/v1/{name}/{entry[key]}?language={language}").json() == entry
        assert client.get(entry["page"]).status_code == 200


def test_a_part_leads_to_those_beside_it(client: Client):
    second = client.get("/api/v1/reasons?limit=10&offset=10&language=en").json()

    assert second["next"] == "http://testserver/api/v1/reasons?language=en&limit=10&offset=20"
    assert client.get(second["previous"]).json()["next"].endswith("offset=10")
    assert client.get("/api/v1/reasons?offset=100000").json()["results"] == []


def test_the_json_beside_a_page_is_the_same(client: Client):
    for code in ("550", "5.1.1", "4.2.2"):
        assert client.get(f"/it/codes/{code}.json").content == client.get(f"/api/v1/codes/{code}?language=it").content


def test_a_search_finds_what_the_page_finds(client: Client):
    found = client.get("/api/v1/search?q=casella+piena&language=it&limit=5").json()
    schemas.SearchResults.model_validate(found, strict=True)

    assert (found["results"][0]["kind"], found["results"][0]["key"]) == ("reason", "mailbox-full")
    assert found["results"][0]["page"] == "http://testserver/it/reasons/mailbox-full/"
    assert client.get(found["next"]).json()["results"]
    assert client.get("/api/v1/search?q=mailbbox+full&language=en").json()["corrected"] == "mailbox full"
    assert client.get("/api/v1/search?q=").json()["count"] == 0


def test_what_is_not_published_is_not_there(client: Client):
    Signature.objects.filter(slug="relay-denied").get()
    entry = Reason.objects.get(slug="mailbox-full")
    entry.published = False
    entry.save()
    snapshot.current(fresh=True)

    assert client.get("/api/v1/reasons/mailbox-full").status_code == 404
    assert all(reason["slug"] != "mailbox-full" for reason in every(client, "/api/v1/reasons", schemas.Reasons))
    assert all(
        message["reason"] != "mailbox-full" for message in every(client, "/api/v1/messages?limit=100", schemas.Messages)
    )


def test_a_former_slug_leads_to_the_one_of_now(client: Client, monkeypatch):
    monkeypatch.setitem(snapshot.current(fresh=True).former_slugs, ("reason", "box-full"), "mailbox-full")
    response = client.get("/api/v1/reasons/box-full?language=en")

    assert response.status_code == 301
    assert response["Location"] == "/api/v1/reasons/mailbox-full?language=en"


@pytest.mark.parametrize(
    "address", ["/api/v1/codes/550", "/api/v1/messages?limit=3&language=en", "/api/v1/openapi.json"]
)
def test_a_get_is_revalidated_and_a_head_has_no_body(client: Client, address):
    response = client.get(address)
    again = client.get(address, headers={"if-none-match": response["ETag"]})
    head = client.head(address)

    assert response["Cache-Control"] == "no-cache"
    assert {"Accept-Language", "Authorization", "Cookie"} <= set(response["Vary"].split(", "))
    assert (again.status_code, again.content) == (304, b"")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", response["ETag"])


def test_an_entry_asks_the_database_nothing(client: Client, django_assert_num_queries, monkeypatch):
    client.get("/api/v1/codes/550")
    monkeypatch.setattr(snapshot, "LOOK_EVERY", 60)

    with django_assert_num_queries(0):
        client.get("/api/v1/codes/5.1.1")
        client.get("/api/v1/search?q=spam")


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/api/v1/codes/5.7.999", 404),
        ("GET", "/api/v1/codes/550%0A", 404),
        ("GET", "/api/v1/reasons/nothing", 404),
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/", 404),
        ("POST", "/api/v2/explain", 404),
        ("GET", "/api/v1/codes?limit=0", 422),
        ("GET", "/api/v1/codes?limit=many", 422),
        ("GET", "/api/v1/codes?offset=-1", 422),
        ("GET", "/api/v1/search", 422),
        ("DELETE", "/api/v1/codes/550", 405),
        ("GET", "/api/v1/explain", 405),
    ],
)
def test_what_is_wrong_is_one_sentence_in_the_language_asked_for(client: Client, method, address, status, language):
    response = client.generic(method, address, headers={"accept-language": language})

    sentence = sentence_of(response, status)
    other = client.generic(method, address, headers={"accept-language": "en" if language == "it" else "it"})
    assert sentence != other.json()["detail"]
    assert response["Content-Language"] == language
    assert ("Allow" in response) == (status == 405)


def test_a_language_that_there_is_not_is_one_sentence(client: Client):
    assert "«it»" in sentence_of(client.get("/api/v1/codes/550?language=de", headers={"accept-language": "it"}), 422)


def test_a_host_that_is_not_ours_is_one_sentence_too(client: Client):
    assert sentence_of(client.get("/api/v1/codes", headers={"host": "evil.example"}), 400)


def test_a_fault_of_our_own_is_a_number(client: Client, monkeypatch, caplog):
    def break_down(*rest):
        raise RuntimeError("secret")

    monkeypatch.setattr("codes.api.entries.code_object", break_down)
    response = client.get("/api/v1/codes/550", headers={"accept-language": "en"})

    assert "incident number" in sentence_of(response, 500)
    assert "secret" not in response.content.decode()
    assert any(record.exc_info for record in caplog.records)
