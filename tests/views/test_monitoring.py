"""What machines ask, and who may ask it."""

import subprocess
import sys

import pytest
from django.db import OperationalError
from django.test import Client
from django.test.utils import override_settings

from codes.knowledge import snapshot
from site_config.environment import CHECKOUT, network

pytestmark = pytest.mark.django_db

ADDRESSES = ["/healthz", "/readyz", "/metrics"]


@pytest.fixture
def no_database(monkeypatch):
    """Let every look at the revision fail, as where the database does not answer."""

    def fail():
        raise OperationalError

    monkeypatch.setattr("codes.knowledge.revision.current", fail)


def counted(client: Client, line: str) -> float:
    """Return the number on a line of /metrics, 0 where there is none."""
    for told in client.get("/metrics").content.decode().splitlines():
        if told.startswith(line):
            return float(told.rpartition(" ")[2])
    return 0


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_answers_this_machine_and_nobody_keeps_the_answer(client: Client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ADDRESSES)
def test_from_outside_there_is_no_such_page(address):
    assert Client(REMOTE_ADDR="203.0.113.9").get(address).status_code == 404
    through_a_proxy = Client(headers={"x-forwarded-for": "127.0.0.1, 203.0.113.9"})
    assert through_a_proxy.get(address).status_code == 404


@override_settings(MONITORED_FROM=[network("203.0.113.0/24")])
def test_the_setting_names_who_may_ask():
    assert Client(REMOTE_ADDR="203.0.113.9").get("/metrics").status_code == 200
    assert Client().get("/metrics").status_code == 404


def test_it_is_ready_with_a_database_and_a_snapshot(client: Client):
    revision = snapshot.current().revision
    assert client.get("/readyz").content.decode() == f"database ok\nsnapshot {revision}\n"


def test_it_is_not_ready_without_the_database(client: Client, no_database):
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "database does not answer\nsnapshot " in response.content.decode()


def test_it_is_not_ready_without_a_snapshot(client: Client, no_database):
    snapshot.keeper.forget()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "snapshot missing" in response.content.decode()


def test_requests_are_counted_by_the_pattern_of_their_address(client: Client):
    line = 'rimbalzo_requests_total{method="GET",route="it/codes/<str:code>/",status="200"}'
    before = counted(client, line)
    client.get("/it/codes/550/")
    client.get("/it/codes/5.1.1/")
    assert counted(client, line) == before + 2
    assert "rimbalzo_request_seconds_bucket" in client.get("/metrics").content.decode()


def test_what_an_asker_makes_up_is_no_label(client: Client):
    client.generic("MARIO", "/mario.rossi@example.com")
    told = client.get("/metrics").content.decode()
    assert "mario" not in told.lower()
    assert counted(client, 'rimbalzo_requests_total{method="other",route="none",status="404"}') >= 1


def test_explanations_are_counted_by_reason_and_basis(client: Client):
    form = {"text": "550 5.1.1 zzz qqq", "as": "notice", "format": "json"}
    [delivery] = client.post("/it/explain/", form).json()["deliveries"]
    line = 'rimbalzo_explanations_total{{basis="{basis}",reason="{reason}"}}'.format(**delivery)
    before = counted(client, line)
    client.post("/it/explain/", form)
    assert counted(client, line) == before + 1 >= 2


def test_the_revision_of_the_snapshot_is_told(client: Client):
    client.get("/it/")
    assert counted(client, "rimbalzo_snapshot_revision ") == snapshot.current().revision


def test_the_first_requests_of_a_worker_may_come_at_once():
    code = """
import sys, threading
sys.setswitchinterval(1e-6)
from codes.monitoring.meters import meters
failed = []
threading.excepthook = failed.append
barrier = threading.Barrier(8)
threads = [threading.Thread(target=lambda: (barrier.wait(), meters())) for _one in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
sys.exit(len(failed))
"""
    assert subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, check=False).returncode == 0
