"""Ports, signals, and workers that die."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from codes.benchmarks.load import free_port
from codes.benchmarks.processes import processes
from tests.serve.installation import CHECKOUT, Server, wait_for

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes through /proc")


def test_a_port_held_by_another_program_is_one_sentence(site):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = site.run("serve", "--port", port)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"Port {port} is in use" in done.stderr


def test_a_port_held_by_another_rimbalzo_is_not_shared(running):
    done = running.site.run("serve", "--port", str(running.port))
    assert done.returncode == 1
    assert f"Port {running.port} is in use" in done.stderr
    assert running.answers()


def test_an_address_of_another_machine_is_one_sentence(site):
    done = site.run("serve", "--address", "203.0.113.9")
    assert done.returncode == 1
    assert done.stderr == "CommandError: '203.0.113.9' is no address of this machine.\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_cleanly_and_quickly(running, number):
    workers = running.workers()
    begun = time.monotonic()
    assert running.end(number) == 0
    assert time.monotonic() - begun < 5, "granian waits 10 s for a worker that does not listen"
    assert not running.answers()
    assert not {pid for pid, _parent in processes()} & set(workers)
    assert "Traceback" not in running.complained


def test_a_killed_worker_is_replaced_and_so_is_the_one_after_it(running):
    for _twice in range(2):
        [worker] = running.workers()
        os.kill(worker, signal.SIGKILL)
        wait_for(lambda worker=worker: running.workers() not in ([], [worker]))
        wait_for(running.answers)
    assert running.process.poll() is None


def test_as_many_workers_run_as_were_asked_for(site, serve):
    assert len(serve(site, "--workers", "2").wait_until_listening().workers()) == 2


def test_a_killed_parent_leaves_no_orphan(site, serve):
    server = serve(site, "--workers", "2").wait_until_listening()
    workers = set(server.workers())
    assert len(workers) == 2
    server.end(signal.SIGKILL)
    wait_for(lambda: not {pid for pid, _parent in processes()} & workers, seconds=5)


def test_a_killed_uv_leaves_no_orphan(site):
    """`uv run` passes signals on, but one that is killed cannot."""
    uv = site.folder / "uv"
    shutil.copy(shutil.which("bash"), uv)  # what counts is its name
    command = f"{sys.executable} manage.py serve --port {free_port()} & echo $!; wait"
    parent = subprocess.Popen(
        [uv, "-c", command], cwd=CHECKOUT, env=site.environ(), stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    server = int(parent.stdout.readline())
    try:
        wait_for(lambda: server in {above for _pid, above in processes()}, seconds=60)  # it has a worker
        family = {server} | {pid for pid, above in processes() if above == server}
        parent.kill()
        wait_for(lambda: not {pid for pid, _above in processes()} & family)
    finally:
        os.killpg(parent.pid, signal.SIGKILL)
        parent.communicate()


def test_nohup_keeps_it_running_when_the_terminal_goes(site, serve):
    ignored = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # a child inherits it, as from nohup
    try:
        server = serve(site)
    finally:
        signal.signal(signal.SIGHUP, ignored)
    server.wait_until_listening()
    server.process.send_signal(signal.SIGHUP)
    time.sleep(0.5)
    assert server.answers()


@pytest.fixture(scope="module")
def shared_failing(copy_of_first_run, tmp_path_factory):
    site = copy_of_first_run(tmp_path_factory.mktemp("failing"))
    site.more |= {"DJANGO_SETTINGS_MODULE": "tests.serve.failing_site"}
    server = Server(site)
    yield server.wait_until_listening()
    server.kill()


@pytest.fixture
def failing(shared_failing):
    """Return a server whose views fail or dawdle, see failing_site.py; it has complained of nothing yet."""
    return shared_failing.turn_away()


@pytest.mark.parametrize("kind", ["raise", "chain", "suspicious", "thread", "stream"])
def test_an_error_leaves_a_trace_that_holds_nothing_of_what_was_pasted(failing, kind):
    try:
        failing.ask(f"/fail/{kind}/?subject=Fattura", data=b"text=mario.rossi%40example.com")
    except http.client.HTTPException:
        assert kind == "stream", "only an answer under way can break off"
    wait_for(lambda: "failing_site.py" in failing.complained)
    wait_for(lambda: "Error" in failing.complained or "Suspicious" in failing.complained)
    assert "mario.rossi" not in failing.complained
    assert "Fattura" not in failing.complained


def test_a_failed_request_is_told_by_its_pattern_and_an_asker_s_error_not_at_all(failing):
    failing.ask("/nobody/mario.rossi@example.com")
    failing.ask("/fail/mario.rossi/", data=b"text=x")
    wait_for(lambda: "500 POST /fail/<kind>/" in failing.complained)
    assert "mario.rossi" not in failing.complained
    assert "404" not in failing.complained


def test_a_running_request_is_finished_before_the_end(site, serve):
    site.more |= {"DJANGO_SETTINGS_MODULE": "tests.serve.failing_site"}
    failing = serve(site).wait_until_listening()
    answers = []
    asker = threading.Thread(target=lambda: answers.append(failing.ask("/slow/")))
    asker.start()
    wait_for(lambda: "dawdling" in failing.said)
    assert failing.end() == 0
    asker.join(timeout=10)
    assert answers == [(200, "done")]


def test_a_wrong_option_names_what_is_right():
    done = subprocess.run(
        [sys.executable, "manage.py", "serve", "--port", "70000"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "'70000' is not a number from 1 to 65535." in done.stderr
