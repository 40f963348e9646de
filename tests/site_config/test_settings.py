"""The settings as a whole, read by a process of their own."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db.utils import ConnectionHandler

from site_config import environment

CHECKOUT = environment.CHECKOUT


@pytest.fixture
def manage(tmp_path):
    """Return a runner of manage.py with nothing set but a home and a data folder."""

    def run(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        own = {setting.name for setting in environment.SETTINGS}
        rest = {name: value for name, value in os.environ.items() if name not in own and "DJANGO" not in name}
        return subprocess.run(
            [sys.executable, CHECKOUT / "manage.py", *words],
            cwd=tmp_path,
            env=rest | {"HOME": str(tmp_path / "home"), "DATA_DIR": str(tmp_path / "data")} | settings,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def test_with_https_on_nothing_is_left_to_say_before_deployment(manage):
    done = manage("check", "--deploy", "--fail-level", "INFO", HTTPS="on")
    assert done.stdout + done.stderr == "System check identified no issues (0 silenced).\n"


def test_all_wrong_settings_are_told_at_once_and_without_a_traceback(manage):
    wrong = {"TIME_ZONE": "Mars", "LANGUAGE_CODE": "de", "DATABASE_URL": "x", "HTTPS": "?", "ALLOWED_HOSTS": "a:1"}
    done = manage("check", **wrong, DATA_DIR="/dev/null/x")
    assert done.returncode == 1
    assert re.findall(r"rimbalzo\.E\d+", done.stderr) == [f"rimbalzo.E00{number}" for number in (1, 2, 3, 4, 6, 7)]
    assert "Traceback" not in done.stderr


def test_one_switch_drives_everything_that_needs_https(manage):
    ask = (
        "from django.conf import settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.LANGUAGE_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0, bool(s.SECURE_PROXY_SSL_HEADER))"
    )
    assert manage("shell", "--no-imports", "-c", ask, HTTPS="on").stdout.split() == ["True"] * 6
    assert manage("shell", "--no-imports", "-c", ask).stdout.split() == ["False"] * 6


@pytest.fixture
def connection(monkeypatch, tmp_path, django_db_blocker):
    """Return a connection as the settings make it where DATABASE_URL is unset."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    opened = ConnectionHandler({"default": environment.database()})["default"]
    with django_db_blocker.unblock():
        yield opened
    opened.close()


def test_sqlite_is_read_while_somebody_writes(connection):
    connection.ensure_connection()
    reader = sqlite3.connect(connection.settings_dict["NAME"], timeout=0)
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cursor.execute("PRAGMA synchronous").fetchone() == (1,)
        cursor.execute("CREATE TABLE texts (title)")
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("INSERT INTO texts VALUES ('new')")
        assert reader.execute("SELECT count(*) FROM texts").fetchone() == (0,)
        cursor.execute("COMMIT")
    assert reader.execute("SELECT count(*) FROM texts").fetchone() == (1,)
    reader.close()


def test_a_transaction_on_sqlite_takes_its_turn_at_the_start(connection):
    assert connection.get_connection_params()["timeout"] == 20
    connection.ensure_connection()
    assert connection.transaction_mode == "IMMEDIATE"


def rows_of_readme() -> dict[str, str]:
    """Return the settings of README's table with their default."""
    text = (CHECKOUT / "README.md").read_text()
    table = text.partition("## Settings")[2].partition("\n## ")[0]
    return dict(re.findall(r"^\| `([A-Z_]+)` \| (.*?) \|", table, re.M))


def test_readme_lists_every_setting_and_no_other():
    assert list(rows_of_readme()) == [setting.name for setting in environment.SETTINGS]


@pytest.mark.parametrize("setting", environment.SETTINGS, ids=lambda setting: setting.name)
def test_readme_tells_the_default(setting):
    told = rows_of_readme()[setting.name]
    if setting.name == "DATA_DIR":
        assert f"`{Path(setting.default).name}` in the checkout" == told
    elif setting.default:
        assert told == f"`{setting.default}`"
    else:
        assert not told.startswith("`"), "there is no default to quote, so it is said in words"


def test_readme_begins_with_the_two_commands():
    commands = [line for line in (CHECKOUT / "README.md").read_text().splitlines() if line.startswith("    ")]
    assert [command.partition("#")[0].strip() for command in commands[:2]] == [
        "pip install uv && uv run manage.py serve",
        "pip install uv && uv run pytest",
    ]
