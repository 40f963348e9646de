"""Who asks, and how much one address may ask for."""

import pytest
from django.test import Client, RequestFactory
from django.test.utils import override_settings

from codes.views import limits, visitor
from site_config.environment import network


@pytest.fixture(autouse=True)
def _full_shares():
    limits.explanations.forget()
    yield
    limits.explanations.forget()


@pytest.fixture
def clock(monkeypatch):
    """Return the time as a list of one number, to be set."""
    now = [1000.0]
    monkeypatch.setattr(limits.time, "monotonic", lambda: now[0])
    return now


@pytest.mark.parametrize(
    ("connection", "header", "asks"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # no proxy of ours: the header is anybody's word
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "192.0.2.66, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1, 10.0.0.5", "198.51.100.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("127.0.0.1", "<script>", "<script>"),
    ],
)
def test_the_asker_is_the_nearest_address_that_is_no_proxy(rf: RequestFactory, connection, header, asks):
    request = rf.get("/", REMOTE_ADDR=connection, headers={"x-forwarded-for": header})
    with override_settings(TRUSTED_PROXIES=[network("127.0.0.1"), network("::1"), network("10.0.0.0/8")]):
        assert visitor.address_of(request) == asks


@pytest.mark.django_db
@override_settings(EXPLAIN_LIMIT=3)
@pytest.mark.parametrize(("language", "says"), [("it", "troppe richieste di spiegazione"), ("en", "Too many explanat")])
def test_over_the_limit_a_sentence_says_to_wait(client: Client, language, says):
    def post(**more: str):
        return client.post(f"/{language}/explain/", {"text": "550 5.1.1 User unknown"}, **more)

    assert [post().status_code for _one in range(4)] == [200, 200, 200, 429]
    refused = post()
    assert says in refused.content.decode()
    assert 0 < int(refused["Retry-After"]) <= 20
    assert post(REMOTE_ADDR="203.0.113.9").status_code == 200, "others have their own share"
    assert client.get(f"/{language}/explain/").status_code == 200


@override_settings(EXPLAIN_LIMIT=60)
def test_the_share_comes_back_bit_by_bit(clock):
    assert [limits.explanations.wait("192.0.2.1") for _one in range(61)] == [0] * 60 + [1]
    clock[0] += 2
    assert [limits.explanations.wait("192.0.2.1") for _one in range(3)] == [0, 0, 1]
    clock[0] += 3600
    assert [limits.explanations.wait("192.0.2.1") for _one in range(61)] == [0] * 60 + [1]


@override_settings(EXPLAIN_LIMIT=1)
def test_addresses_of_one_ipv6_network_share(clock):
    assert limits.explanations.wait("2001:db8::1") == 0
    assert limits.explanations.wait("2001:db8::2") > 0
    assert limits.explanations.wait("2001:db8:1::2") == 0


@override_settings(EXPLAIN_LIMIT=1)
def test_not_more_addresses_are_remembered_than_there_is_room_for(clock, monkeypatch):
    monkeypatch.setattr(limits, "REMEMBERED", 2)
    for address in ("192.0.2.1", "192.0.2.2", "192.0.2.3"):
        limits.explanations.wait(address)
    assert list(limits.explanations._left) == ["192.0.2.2", "192.0.2.3"]
