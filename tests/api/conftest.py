"""The API, asked as programs ask it."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from codes.counting.tally import tally
from codes.views import limits, published

SAMPLES = Path(__file__).parent.parent / "bounce" / "samples"


@pytest.fixture(autouse=True)
def _nothing_left():
    """Begin and end with full shares, an empty tally and an empty shelf: they are the process's own."""

    def empty():
        limits.explanations.forget()
        tally.__init__()
        published.shelf.clear()

    empty()
    yield
    empty()


@pytest.fixture
def explain(client: Client):
    """Return what asks for an explanation: of fields as JSON or, with a file, of a form."""

    def ask(query: str = "", file: tuple[str, bytes] | None = None, headers=None, **fields):
        address = f"/api/v1/explain{query}"
        if file:
            return client.post(address, {**fields, "file": SimpleUploadedFile(*file)}, headers=headers)
        return client.post(address, fields, content_type="application/json", headers=headers)

    return ask


def sentence_of(response, status: int) -> str:
    """Return the sentence of a problem, after a look at its form (RFC 9457)."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    said = response.json()
    assert set(said) == {"type", "title", "status", "detail"}
    assert said["status"] == status
    assert said["title"]
    assert "Traceback" not in response.content.decode()
    return said["detail"]
