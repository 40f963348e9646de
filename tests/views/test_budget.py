"""What a first visit costs on the wire: page, style sheet, scripts and pictures, compressed as they are served."""

import gzip
import re

import pytest
from django.conf import settings
from django.test import Client

from codes.views.examples import NOTICE

pytestmark = pytest.mark.django_db

BUDGET = 60 * 1024
#: What the header lines of a response take, roughly.
HEADERS = 600
PATHS = [
    "",
    "codes/",
    "codes/5xx/",
    "codes/5.7.x/",
    "codes/550/",
    "codes/5.7.1/",
    "codes/x.1.1/",
    "codes/5.7.999/",
    "reasons/",
    "reasons/policy/",
    "providers/",
    "providers/microsoft-365/",
    "messages/",
    "messages/user-unknown/",
    "collections/cisco-esa/",
    "search/?q=casella+piena",
    "explained/?code=550&status=5.1.1&reason=user-unknown",
    "privacy/",
    "shortcuts/",
]


def cost(response) -> int:
    """Return the bytes of a page and of everything that it loads; all of it comes from this server."""
    assert response["Content-Encoding"] == "gzip"
    page = gzip.decompress(response.content).decode()
    loaded = re.findall(r'<(?:script|img)[^>]* src="([^"]+)"|<link rel="(?:stylesheet|icon)" href="([^"]+)"', page)
    total = len(response.content) + HEADERS
    for address in {one or other for one, other in loaded}:
        assert address.startswith(settings.STATIC_URL)
        file = settings.BASE_DIR / "static" / address.removeprefix(settings.STATIC_URL)
        total += len(gzip.compress(file.read_bytes(), 9)) + HEADERS
    return total


@pytest.mark.parametrize("language", ["it", "en"])
def test_a_first_visit_stays_within_the_budget(client: Client, language):
    costs = {path: cost(client.get(f"/{language}/{path}", headers={"accept-encoding": "gzip"})) for path in PATHS}

    assert {path: size for path, size in costs.items() if size > BUDGET} == {}


@pytest.mark.parametrize("language", ["it", "en"])
def test_an_explanation_stays_within_the_budget_the_pasted_text_aside(client: Client, language):
    response = client.post(f"/{language}/explain/", {"text": NOTICE}, headers={"accept-encoding": "gzip"})

    assert cost(response) < BUDGET
