"""Every setting that is wrong is told with an id, and says what to do."""

import pytest
from django.core import checks
from django.test import override_settings

from site_config import environment


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch, tmp_path):
    for setting in environment.SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)
    monkeypatch.setenv("SECRET_KEY", "x" * 50)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))


def messages(deploy: bool = False) -> dict[str, checks.CheckMessage]:
    """Return ours, by id."""
    found = checks.run_checks(include_deployment_checks=deploy)
    return {message.id: message for message in found if message.id.startswith("rimbalzo.")}


def test_the_defaults_are_all_right():
    assert messages(deploy=True) == {}


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("HTTPS", "onn", "E001"),
        ("DEBUG", "maybe", "E001"),
        ("LANGUAGE_CODE", "de", "E002"),
        ("TIME_ZONE", "Europe/Roma", "E003"),
        ("DATABASE_URL", "mysql://host/name", "E004"),
        ("DATABASE_URL", "postgres://anna:a/b@host/name", "E004"),
        ("DATA_DIR", "/dev/null/data", "E006"),
        ("ALLOWED_HOSTS", "https://rimbalzo.example.it", "E007"),
        ("ALLOWED_HOSTS", "rimbalzo.example.it:8000", "E007"),
        ("ALLOWED_HOSTS", "a.example b.example", "E007"),
        ("EXPLAIN_LIMIT", "0", "E008"),
        ("EXPLAIN_LIMIT", "many", "E008"),
        ("TRUSTED_PROXIES", "proxy.example.it", "E010"),
        ("MONITORED_FROM", "192.0.2.0/33", "E010"),
        ("LOG_FORMAT", "xml", "E011"),
        ("API_TOKENS", "a" * 32 + ",short", "E012"),
        ("API_TOKENS", "with blanks " * 4, "E012"),
    ],
)
def test_a_wrong_value_is_an_error_that_names_it_and_hints_at_a_right_one(monkeypatch, name, value, number):
    monkeypatch.setenv(name, value)
    [message] = messages().values()
    assert message.id == f"rimbalzo.{number}"
    assert message.level == checks.ERROR
    assert name in message.msg
    assert message.hint


@pytest.mark.parametrize("hosts", ["rimbalzo", "a.example.it,.b.example.it", "10.0.0.5", "[2001:db8::5]", "a.example."])
def test_names_and_addresses_are_hosts(monkeypatch, hosts):
    monkeypatch.setenv("ALLOWED_HOSTS", hosts)
    assert messages() == {}


def test_long_tokens_are_right_and_no_wrong_one_is_repeated(monkeypatch):
    monkeypatch.setenv("API_TOKENS", f"{'a' * 43}, {'b-_' * 11}")
    assert messages() == {}
    monkeypatch.setenv("API_TOKENS", "abracadabra")
    assert "abracadabra" not in str(messages())


@pytest.mark.parametrize("content", [b"", b"\xff\xfe"])
def test_a_key_file_without_a_key_is_an_error(monkeypatch, tmp_path, content):
    file = tmp_path / "key"
    file.write_bytes(content)
    file.chmod(0o600)
    monkeypatch.delenv("SECRET_KEY")
    monkeypatch.setenv("SECRET_KEY_FILE", str(file))
    assert list(messages()) == ["rimbalzo.E005"]


def test_a_key_file_that_cannot_be_made_is_an_error_that_names_both_settings(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.delenv("SECRET_KEY")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "file" / "key"))
    message = messages()["rimbalzo.E005"]
    assert "SECRET_KEY_FILE" in message.hint
    assert "SECRET_KEY to" in message.hint


def test_a_key_that_others_may_read_is_a_warning(monkeypatch, tmp_path):
    file = tmp_path / "key"
    file.write_text("k" * 60)
    file.chmod(0o640)
    monkeypatch.delenv("SECRET_KEY")
    monkeypatch.setenv("SECRET_KEY_FILE", str(file))
    assert list(messages()) == ["rimbalzo.W001"]
    file.chmod(0o600)
    assert messages() == {}


def test_a_star_among_the_hosts_is_a_warning_at_deployment():
    with override_settings(ALLOWED_HOSTS=["*"]):
        assert list(messages(deploy=True)) == ["rimbalzo.W002"]
        assert messages() == {}
