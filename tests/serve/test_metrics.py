"""What several workers have counted is told as one."""

import re

from tests.serve.installation import Server, wait_for


def answered(server: Server, route: str) -> int:
    """Return how many requests all workers together say that they have answered."""
    told = re.search(rf'^rimbalzo_requests_total{{[^}}]*route="{route}"[^}}]*}} (\S+)', server.ask("/metrics")[1], re.M)
    return int(float(told[1])) if told else 0


def test_the_counts_of_all_workers_add_up_and_outlive_a_worker(site, serve):
    server = serve(site, "--workers", "2").wait_until_listening()
    for _one in range(20):
        server.ask("/it/reasons/")
    assert answered(server, "it/reasons/") == 20
    first = set(server.workers())
    for worker in first:
        server.kill_worker(worker)
    wait_for(lambda: len(set(server.workers()) - first) == 2)
    wait_for(server.answers)
    assert answered(server, "it/reasons/") == 20
    revision = re.search(r"^rimbalzo_snapshot_revision (\S+)", server.ask("/metrics")[1], re.M)
    assert float(revision[1]) > 0


def test_each_server_begins_its_own_count_and_clears_up_after_those_that_ended(site, serve):
    first = serve(site).wait_until_listening()
    first.ask("/it/reasons/")
    first.end()
    second = serve(site).wait_until_listening()
    assert answered(second, "it/reasons/") == 0
    assert [folder.name for folder in (site.data / "metrics").iterdir()] == [str(second.process.pid)]
