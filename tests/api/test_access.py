"""Who may ask the API: everybody, those who have a token or, on a closed site, those who have signed in."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.api.conftest import sentence_of

pytestmark = pytest.mark.django_db

TOKENS = ["first-" + "a" * 32, "second-" + "b" * 32]
ADDRESSES = ("/api/v1/codes/550", "/api/v1/search?q=spam", "/api/v1/openapi.json", "/api/v1/explain")


def status(client: Client, address: str, token: str = "") -> int:
    headers = {"authorization": token} if token else {}
    if address.endswith("explain"):
        return client.post(address, {"text": "550 User unknown"}, "application/json", headers=headers).status_code
    return client.get(address, headers=headers).status_code


@pytest.fixture
def closed(settings):
    """Close the whole site, as LOGIN_REQUIRED does."""
    settings.LOGIN_REQUIRED = True
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.contrib.auth.middleware.LoginRequiredMiddleware"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_with_tokens_one_of_them_is_wanted(client: Client, settings, address):
    assert status(client, address) == 200
    settings.API_TOKENS = TOKENS
    assert [status(client, address, f"Bearer {token}") for token in TOKENS] == [200, 200]
    assert status(client, address, f"bearer {TOKENS[0]}") == 200
    for wrong in ("", "Bearer", f"Bearer {TOKENS[0][:-1]}", f"Basic {TOKENS[0]}", TOKENS[0], "Bearer \xff"):
        assert status(client, address, wrong) == 401


def test_the_refusal_is_one_sentence_that_says_how(client: Client, settings):
    settings.API_TOKENS = TOKENS
    response = client.get("/api/v1/codes", headers={"accept-language": "en"})

    assert "Authorization: Bearer" in sentence_of(response, 401)
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert status(client, "/api/v1/nothing") == 401, "it does not tell what there is"


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_closed_site_wants_a_token_or_somebody_signed_in(client: Client, settings, closed, address):
    assert status(client, address) == 401
    settings.API_TOKENS = TOKENS
    assert status(client, address) == 401
    assert status(client, address, f"Bearer {TOKENS[1]}") == 200
    client.force_login(User.objects.create_user("anna"))
    assert status(client, address) == 200


def test_the_page_about_the_api_is_a_page_like_others(client: Client, closed):
    assert client.get(reverse("api-docs")).status_code == 302
