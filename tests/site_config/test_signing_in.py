"""Who may come in: passwords are not guessed, and a provider of single sign-on says who belongs to which group."""

import json
import socket
import subprocess
import sys
import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.contrib.auth import get_user_model
from django.urls import reverse

from site_config.sign_on import address_of

pytestmark = pytest.mark.django_db

LOGIN_REQUIRED = "django.contrib.auth.middleware.LoginRequiredMiddleware"
CLAIMS = {
    "sub": "u-1",
    "preferred_username": "anna",
    "email": "anna@example.com",
    "given_name": "Anna",
    "groups": ["mail-admins", "canteen"],
}


@pytest.fixture
def anna():
    return get_user_model().objects.create_user("anna", password="right and long")


def sign_in(client, password, **more):
    return client.post(reverse("sign-in"), {"username": "anna", "password": password}, **more)


def test_guessing_is_stopped_for_that_name_from_that_address(client, anna):
    for _try in range(7):
        assert sign_in(client, "wrong").status_code == 200
    assert sign_in(client, "wrong").status_code == 429
    assert sign_in(client, "right and long").status_code == 429
    assert sign_in(client, "right and long", REMOTE_ADDR="192.0.2.9").status_code == 302


def test_the_admin_is_guarded_too(client, anna):
    for _try in range(8):
        response = client.post(reverse("admin:login"), {"username": "anna", "password": "wrong"})
    assert response.status_code == 429


def test_behind_a_proxy_the_address_is_the_one_it_appended(rf, settings):
    request = rf.get("/", HTTP_X_FORWARDED_FOR="203.0.113.9, 192.0.2.5", REMOTE_ADDR="127.0.0.1")
    assert address_of(request) == "127.0.0.1"
    settings.HTTPS = True
    assert address_of(request) == "192.0.2.5"


def test_a_session_ends_after_the_set_time(client, anna, settings):
    settings.SESSION_COOKIE_AGE = 3600
    sign_in(client, "right and long")
    assert client.cookies["sessionid"]["max-age"] == 3600


def test_the_whole_site_can_be_behind_the_sign_in(client, anna, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, LOGIN_REQUIRED]
    for address in (reverse("home"), reverse("codes"), reverse("explain"), "/550", "/", reverse("admin:index")):
        response = client.get(address)
        assert response.status_code == 302
        assert "sign-in" in response.url or "login" in response.url
    assert client.post(reverse("explain"), {"text": "550"}).status_code == 302
    assert client.get("/healthz").status_code == 200
    assert client.get(reverse("sign-in")).status_code == 200
    sign_in(client, "right and long")
    assert client.get(reverse("codes")).status_code == 200


def test_without_single_sign_on_there_is_no_such_page(client):
    assert client.get("/sign-on/").status_code == 404
    assert client.get("/sign-on/callback/").status_code == 404
    assert "sign-on" not in client.get(reverse("sign-in")).content.decode()


@pytest.fixture(scope="module")
def provider():
    """Start a provider of OpenID Connect in a process of its own, and return its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--user-claims", json.dumps(CLAIMS)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _try in range(100):
            try:
                requests.get(address, timeout=5)
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def sign_on(provider, settings):
    """Set the site up for the provider."""
    told = requests.get(f"{provider}/.well-known/openid-configuration", timeout=5).json()
    settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = "rimbalzo", "secret"
    settings.OIDC_OP_AUTHORIZATION_ENDPOINT = told["authorization_endpoint"]
    settings.OIDC_OP_TOKEN_ENDPOINT = told["token_endpoint"]
    settings.OIDC_OP_USER_ENDPOINT = told["userinfo_endpoint"]
    settings.OIDC_OP_JWKS_ENDPOINT = told["jwks_uri"]
    settings.OIDC_VERIFY_KID = False  # this provider's keys have no names
    settings.OIDC_GROUPS = [("mail-admins", "curator"), ("helpdesk", "editor")]
    settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, "site_config.sign_on.SingleSignOn"]


def come_from_provider(client, sub="u-1"):
    """Follow the link, say there who one is, and come back."""
    there = client.get(f"{reverse('oidc_authentication_init')}?next=/admin/").url
    assert parse_qs(urlsplit(there).query)["code_challenge_method"] == ["S256"]
    back = requests.post(there, {"sub": sub}, allow_redirects=False, timeout=10).headers["Location"]
    parts = urlsplit(back)
    return client.get(f"{parts.path}?{parts.query}")


def test_who_comes_from_the_provider_has_the_groups_of_the_claim(client, sign_on, settings):
    assert "sign-on" in client.get(reverse("sign-in")).content.decode()
    response = come_from_provider(client)
    assert (response.status_code, response.url) == (302, "/admin/")
    user = get_user_model().objects.get()
    assert (user.username, user.first_name, user.is_staff, user.is_superuser) == ("sso:anna", "Anna", True, False)
    assert [group.name for group in user.groups.all()] == ["curator"]
    assert client.get(reverse("admin:index")).status_code == 200


def test_rights_follow_the_claim_at_each_sign_in(client, sign_on, settings):
    come_from_provider(client)
    settings.OIDC_GROUPS = [("others", "editor")]
    come_from_provider(client)
    user = get_user_model().objects.get()
    assert not user.is_staff
    assert not user.groups.exists()


def test_an_account_made_here_is_nobodys_elsewhere(client, sign_on, anna):
    come_from_provider(client)
    assert get_user_model().objects.count() == 2


def test_a_made_up_answer_lets_nobody_in(client, sign_on):
    client.get(reverse("oidc_authentication_init"))
    assert client.get("/sign-on/callback/?code=made-up&state=made-up").status_code == 400
    assert not get_user_model().objects.exists()
