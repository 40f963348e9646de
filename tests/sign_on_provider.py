"""A provider of OpenID Connect in a process of its own, and the site set up for it."""

import json
import socket
import subprocess
import sys
import time

import pytest
import requests

CLAIMS = {
    "sub": "u-1",
    "preferred_username": "anna",
    "email": "anna@example.com",
    "given_name": "Anna",
    "groups": ["mail-admins", "canteen"],
}


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
