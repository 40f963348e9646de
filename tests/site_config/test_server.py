"""Claiming an address, without a server."""

import errno
import os
import socket

import pytest

from site_config import server


def test_a_free_port_is_claimed_and_free_afterwards():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    for _twice in range(2):
        assert server.claim("127.0.0.1", port) == server.Place("127.0.0.1", "127.0.0.1", port)


def test_a_name_becomes_a_number_and_stays_in_the_url():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    place = server.claim("localhost", port)
    assert place.number == "127.0.0.1"
    assert place.url == f"http://localhost:{port}/"


@pytest.mark.parametrize("host", ["no-such-host.invalid", "", "two words", "1.2.3.4.5", "x" * 300])
def test_what_is_no_address_is_a_sentence_that_repeats_it(host):
    with pytest.raises(server.CannotListen, match=f"^'{host}' is no address of this machine.$"):
        server.claim(host, 8000)


@pytest.mark.parametrize(("number", "is_open"), [("127.0.0.1", False), ("::1", False), ("0.0.0.0", True), ("::", True)])
def test_a_place_is_open_unless_only_this_machine_reaches_it(number, is_open):
    assert server.Place(number, number, 8000).is_open is is_open


def test_an_ipv6_address_stands_in_brackets():
    assert server.Place("::1", "::1", 8000).url == "http://[::1]:8000/"


def test_a_port_shared_by_its_owner_is_in_use_all_the_same():
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as granian does
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(server.CannotListen, match="is in use"):
            server.claim("127.0.0.1", other.getsockname()[1])


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.EACCES, "from 1024 up"), (errno.EADDRNOTAVAIL, "no address of this machine"), (errno.ENOBUFS, "No buffer")],
)
def test_what_the_system_refuses_is_a_sentence(monkeypatch, number, sentence):
    def refuse(*words: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(server.CannotListen, match=sentence):
        server.claim("127.0.0.1", 80)


def test_a_worker_that_dies_again_and_again_ends_the_server_and_two_deaths_do_not():
    respawns = server.Respawns()
    for now in range(server.MOST_RESPAWNS - 1):
        respawns[0] = float(now)
        respawns.clear()  # granian does after each death
        assert respawns.get(0, 0) == 0
    respawns[0] = 30.0

    assert respawns.get(0, 0) == 30.0
    assert respawns.get(1, 0) == 0


def test_deaths_of_long_ago_do_not_count():
    respawns = server.Respawns()
    for now in range(server.MOST_RESPAWNS):
        respawns[0] = now * 61.0

    assert respawns.get(0, 0) == 0
