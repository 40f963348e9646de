"""What every answer tells the browser."""

import pytest
from django.test import Client
from django.test.utils import override_settings

pytestmark = pytest.mark.django_db

PAGES = ["/it/", "/en/codes/550/", "/it/nothing/", "/admin/login/", "/healthz"]


@pytest.mark.parametrize("address", PAGES)
def test_pages_allow_no_script_of_others_no_frame_no_device_and_tell_no_other_site(client: Client, address):
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    for directive in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"):
        assert directive in policy
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "clipboard-write" not in headers["Permissions-Policy"], "pages copy"


@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_script_or_style_in_it_or_from_elsewhere(client: Client, address):
    page = client.get(address).content.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    for opened in page.split("<script")[1:]:
        assert ' src="/static/' in opened.partition(">")[0]


@override_settings(
    SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
    SECURE_HSTS_SECONDS=31536000,
    SESSION_COOKIE_SECURE=True,
    CSRF_COOKIE_SECURE=True,
)
def test_over_https_cookies_stay_there_and_so_do_browsers(admin_user):
    client = Client(headers={"x-forwarded-proto": "https"})
    admin_user.set_password("una-password-lunga")
    admin_user.save()
    response = client.post("/admin/login/", {"username": admin_user.username, "password": "una-password-lunga"})
    assert response["Strict-Transport-Security"].startswith("max-age=31536000")
    for cookie in response.cookies.values():
        assert cookie["secure"]
        assert cookie["samesite"] == "Lax"
    assert response.cookies["sessionid"]["httponly"]


def test_a_reader_gets_no_cookie(client: Client):
    assert not client.get("/it/codes/550/").cookies
    assert not client.post("/it/explain/", {"text": "550 5.1.1 User unknown"}).cookies
