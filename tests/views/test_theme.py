"""The theme: kept in a cookie, set on the server, so that no page flashes."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_chosen_theme_stands_on_every_page(client: Client):
    client.post("/it/theme/", {"theme": "dark"})

    assert '<html lang="it" data-theme="dark">' in client.get("/it/codes/").content.decode()


def test_the_system_decides_again(client: Client):
    client.post("/it/theme/", {"theme": "dark"})
    client.post("/it/theme/", {"theme": ""})

    assert "data-theme" not in client.get("/it/codes/").content.decode()


def test_a_made_up_theme_is_no_theme(client: Client):
    client.cookies["theme"] = '"><script>'

    assert "data-theme" not in client.get("/it/").content.decode()


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/it/search/?q=spam", "/it/search/?q=spam"),
        ("http://evil.example/it/", "/it/"),
        ("//evil.example/", "/it/"),
        ("", "/it/"),
    ],
)
def test_it_goes_back_to_the_page_and_nowhere_else(client: Client, came_from, back):
    response = client.post("/it/theme/", {"theme": "light"}, headers={"referer": came_from})

    assert (response.status_code, response["Location"]) == (303, back)


def test_it_needs_no_token():
    assert Client(enforce_csrf_checks=True).post("/it/theme/", {"theme": "dark"}).status_code == 303
