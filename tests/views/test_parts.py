"""The page of parts: for whoever works on the site, and nobody else."""

import pytest
from django.test import Client

from codes.views.parts import ADDRESSES

pytestmark = pytest.mark.django_db


def test_readers_do_not_find_it(client: Client):
    assert client.get("/it/parts/").status_code == 404
    assert client.get("/it/parts/failed/").status_code == 404


@pytest.mark.parametrize("language", ["it", "en"])
def test_it_shows_every_part_in_every_state(client: Client, settings, language):
    settings.DEBUG = True
    page = client.get(f"/{language}/parts/").content.decode()

    for verdict in ("permanent", "temporary", "delivered", "unknown", "caution"):
        assert f'<header class="verdict" data-verdict="{verdict}"' in page
    for part in ("route", "gates", "clock", "here", "timeline", "basis", "reply", "ticket", "lines"):
        assert f'class="{part}' in page or f" {part}" in page, part
    assert all(f'id="{name}"' in page for name in ADDRESSES)


def test_each_state_is_a_page_too(admin_client: Client):
    for name in ADDRESSES:
        response = admin_client.get(f"/it/parts/{name}/")
        assert (response.status_code, response["Cache-Control"]) == (200, "no-store"), name
    assert admin_client.get("/it/parts/no-such-state/").status_code == 404
