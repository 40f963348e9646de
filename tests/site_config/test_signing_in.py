"""Who may come in: passwords are not guessed, and a provider of single sign-on says who belongs to which group."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.contrib.auth import get_user_model
from django.urls import reverse

from tests.sign_on_provider import provider, sign_on

pytestmark = pytest.mark.django_db

LOGIN_REQUIRED = "django.contrib.auth.middleware.LoginRequiredMiddleware"

__all__ = ["provider", "sign_on"]


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


def test_behind_a_proxy_the_address_is_the_one_it_appended(client, anna):
    for made_up in range(8):
        forwarded = f"203.0.113.{made_up}, 192.0.2.5"
        response = sign_in(client, "wrong", HTTP_X_FORWARDED_FOR=forwarded)
    assert response.status_code == 429
    assert sign_in(client, "right and long", HTTP_X_FORWARDED_FOR="192.0.2.6").status_code == 302


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_page_is_whole_and_says_what_is_wrong(client, anna, language):
    address = f"/{language}/sign-in/"
    page = client.post(address, {"username": "anna", "password": "wrong"}).content.decode()
    other = {"it": "en", "en": "it"}[language]
    assert f'<html lang="{language}"' in page and f'href="/{other}/sign-in/"' in page
    assert 'role="alert"' in page and 'value="anna"' in page


def test_whoever_is_signed_in_can_sign_out(client, anna):
    sign_in(client, "right and long")
    page = client.get(reverse("sign-in")).content.decode()
    assert "<b>anna</b>" in page and 'type="password"' not in page
    assert client.post(reverse("sign-out")).status_code == 302
    assert 'type="password"' in client.get(reverse("sign-in")).content.decode()


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
