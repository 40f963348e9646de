"""What the environment says, and what counts where it says nothing or nonsense."""

import stat
import threading

import pytest

from site_config import environment


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for setting in environment.SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)


@pytest.mark.parametrize(
    ("word", "on"),
    [("on", True), ("ON", True), ("1", True), ("yes", True), ("off", False), ("0", False), ("", False), ("onn", False)],
)
def test_a_switch_is_on_for_words_that_say_so_and_nonsense_is_the_default(monkeypatch, word, on):
    monkeypatch.setenv("HTTPS", word)
    assert environment.switch("HTTPS") is on


def test_an_empty_setting_counts_as_its_default(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", " ")
    assert environment.words("ALLOWED_HOSTS") == ["localhost", "127.0.0.1", "[::1]"]


def test_a_list_loses_blanks_and_empty_words(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", " a.example , ,.b.example")
    assert environment.words("ALLOWED_HOSTS") == ["a.example", ".b.example"]


@pytest.mark.parametrize("name", ["Mars", "../../etc/passwd", "/etc/localtime", "Europe", "Europe/Rome\n", "x" * 300])
def test_a_time_zone_nobody_knows_does_not_exist(name):
    assert not environment.time_zone_exists(name)


def test_wrong_words_leave_the_defaults(monkeypatch):
    monkeypatch.setenv("TIME_ZONE", "Mars")
    monkeypatch.setenv("LANGUAGE_CODE", "de")
    assert (environment.time_zone(), environment.language()) == ("Europe/Rome", "it")


def test_the_language_variable_of_gettext_changes_nothing(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "de_DE:de")
    assert environment.language() == "it"


def test_origins_of_forms_follow_the_hosts_once_https_is_on(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "a.example,.b.example,*")
    assert environment.trusted_origins() == []
    monkeypatch.setenv("HTTPS", "on")
    assert environment.trusted_origins() == ["https://a.example", "https://*.b.example"]


def test_without_an_url_the_database_is_sqlite_in_the_data_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert environment.database()["NAME"] == str(tmp_path / "rimbalzo.sqlite3")


def test_postgresql_gets_a_pool_and_keeps_the_options_of_its_url(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://anna:p%40ss@db.example:5433/rimbalzo?sslmode=require")
    database = environment.database()
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert [database[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "anna",
        "p@ss",
        "db.example",
        5433,
        "rimbalzo",
    ]
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["pool"]["max_size"] == 8
    assert database["CONN_MAX_AGE"] == 0, "Django refuses a pool with connections of its own"


@pytest.mark.parametrize(
    "url",
    ["mysql://h/n", "host/name", "postgres://a:b@h:port/n", "postgres://host", "sqlite://", "sqlite://:memory:"],
)
def test_an_url_that_names_no_database_of_ours_never_ends_in_another_database(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    assert environment.database() == {"ENGINE": "django.db.backends.dummy"}
    with pytest.raises(environment.SettingError):
        environment.parsed_database()


def test_the_complaint_about_an_url_does_not_repeat_its_password(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://anna:segreto@host:port/name")
    with pytest.raises(environment.SettingError) as caught:
        environment.parsed_database()
    assert "segreto" not in str(caught.value)


def test_the_secret_key_is_made_once_and_for_its_owner_only(monkeypatch, tmp_path):
    file = tmp_path / "new" / "folder" / "key"
    monkeypatch.setenv("SECRET_KEY_FILE", str(file))
    key = environment.secret_key()
    assert len(key) >= 50
    assert environment.secret_key() == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file], "no draft stays behind"


def test_processes_that_start_together_agree_on_one_key(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))
    pids = iter(range(100))
    monkeypatch.setattr(environment.os, "getpid", lambda: next(pids))  # threads stand in for processes
    keys: list[str] = []
    barrier = threading.Barrier(8)

    def start() -> None:
        barrier.wait()
        keys.append(environment.secret_key())

    threads = [threading.Thread(target=start) for _one in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_a_key_given_in_the_environment_makes_no_file(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "given")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))
    assert environment.secret_key() == "given"
    assert not (tmp_path / "key").exists()


def test_where_no_key_can_be_had_it_is_empty_and_so_refused_by_django(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "file" / "key"))
    assert environment.secret_key() == ""


def test_without_a_home_a_path_stays_as_it_is(monkeypatch):
    def no_home(*words: object) -> str:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(environment.Path, "expanduser", no_home)
    assert environment.path("SECRET_KEY_FILE").name == "secret_key"
