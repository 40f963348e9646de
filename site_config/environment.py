"""Every setting that an operator can give, read from the environment in one place.

README lists the same names; a test compares the two. A value that makes no sense counts as the default, so that every
command starts far enough to say so: `site_config.checks` has the sentences, and no command runs past them.
"""

import ipaddress
import os
import secrets
import zoneinfo
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dj_database_url

CHECKOUT = Path(__file__).resolve().parent.parent

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}
LANGUAGES = ("it", "en")
LOG_FORMATS = ("text", "json")
SYSTEM_TIME_ZONES = Path("/usr/share/zoneinfo")
DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")
#: A database that refuses every use: a mistyped DATABASE_URL must never end in writing to another database.
NO_DATABASE = {"ENGINE": "django.db.backends.dummy"}


@dataclass(frozen=True)
class Setting:
    """One environment variable: its name, its default as text, and what it is for."""

    name: str
    default: str
    purpose: str


SETTINGS = (
    Setting("DATA_DIR", str(CHECKOUT / ".rimbalzo"), "folder of the SQLite database and of prepared files"),
    Setting(
        "DATABASE_URL", "", "database; empty is SQLite in DATA_DIR, postgres://user:password@host/name is PostgreSQL"
    ),
    Setting("SECRET_KEY", "", "signs sessions; empty is the key in SECRET_KEY_FILE"),
    Setting("SECRET_KEY_FILE", "~/.config/rimbalzo/secret_key", "made on the first run with mode 0600"),
    Setting("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", "names under which the app may be asked, comma separated"),
    Setting(
        "HTTPS", "off", "on: a proxy before the app speaks https; cookies only over https, redirect to https, HSTS"
    ),
    Setting(
        "TRUSTED_PROXIES", "127.0.0.1,::1", "addresses and networks of proxies whose X-Forwarded-For says who asks"
    ),
    Setting("MONITORED_FROM", "127.0.0.1,::1", "addresses and networks that may ask /healthz, /readyz and /metrics"),
    Setting("EXPLAIN_LIMIT", "6000", "explanations a minute that a worker makes for one address"),
    Setting("LOG_FORMAT", "text", "form of the lines on stderr: text or json"),
    Setting("DEBUG", "off", "on: Django's error pages, for developers with runserver"),
    # Not LANGUAGE: that one is gettext's own, set to values such as de_DE:de on many desktops.
    Setting("LANGUAGE_CODE", "it", "language where the browser asks for neither: it or en"),
    Setting("TIME_ZONE", "Europe/Rome", "time zone in which times are shown"),
    Setting("LOGIN_REQUIRED", "off", "on: nobody reads anything without signing in"),
    Setting(
        "API_TOKENS", "", "bearer tokens of 32 characters or more, comma separated; with any set the API wants one"
    ),
    Setting("SESSION_HOURS", "12", "hours after which one has to sign in again"),
    Setting("OIDC_AUTHORIZATION_URL", "", "single sign-on by OpenID Connect: where the provider asks who somebody is"),
    Setting("OIDC_TOKEN_URL", "", "where it gives out tokens"),
    Setting("OIDC_USERINFO_URL", "", "where it tells about the user"),
    Setting("OIDC_JWKS_URL", "", "where its public keys are"),
    Setting("OIDC_CLIENT_ID", "", "our name there; empty: no single sign-on"),
    Setting("OIDC_CLIENT_SECRET", "", "our secret there"),
    Setting("OIDC_GROUPS_CLAIM", "groups", "the claim that lists the user's groups"),
    Setting("OIDC_GROUPS", "", "which group there is which here, comma separated: mail-admins=curator"),
    Setting("KEEP_DAYS", "180", "days for which counts and the masked shapes of unrecognised replies are kept"),
)

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_BY_NAME = {setting.name: setting for setting in SETTINGS}


class SettingError(ValueError):
    """A setting whose value makes no sense; its text is one sentence for the operator."""


def text(name: str) -> str:
    """Return the value of a setting, or its default where it is unset or empty."""
    return os.environ.get(name, "").strip() or _BY_NAME[name].default


def switch(name: str) -> bool:
    """Return whether a setting is on; a word that is neither on nor off counts as the default."""
    word = text(name).lower()
    return (word if word in TRUE_WORDS | FALSE_WORDS else _BY_NAME[name].default) in TRUE_WORDS


def number(name: str) -> int:
    """Return a setting as a whole number of 1 or more; what is none counts as the default."""
    return int(text(name) if is_number(text(name)) else _BY_NAME[name].default)


def is_number(given: str) -> bool:
    """Return whether a text is a whole number from 1 to 99,999."""
    return given.isascii() and given.isdecimal() and 1 <= len(given) <= 5 and int(given) > 0


def words(name: str) -> list[str]:
    """Return a comma separated setting as a list."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def networks(name: str) -> list[Network]:
    """Return a list of addresses and networks; a word that is neither is left out."""
    return [found for word in words(name) if (found := network(word))]


def network(word: str) -> Network | None:
    """Return 192.0.2.1, 192.0.2.0/24 or 2001:db8::/32 as a network, None for anything else."""
    try:
        return ipaddress.ip_network(word, strict=False)
    except ValueError:
        return None


def log_format() -> str:
    """Return "text" or "json"."""
    return text("LOG_FORMAT") if text("LOG_FORMAT") in LOG_FORMATS else _BY_NAME["LOG_FORMAT"].default


def pairs(name: str) -> list[tuple[str, str]]:
    """Return a comma separated setting of "one=other" as pairs; what is no pair is left out."""
    halves = [word.rpartition("=") for word in words(name)]
    return [(one.strip(), other.strip()) for one, sign, other in halves if sign]


def path(name: str) -> Path:
    """Return a setting as an absolute path, `~` expanded where there is a home."""
    given = Path(text(name))
    with suppress(RuntimeError):
        given = given.expanduser()
    return given.absolute()


def language() -> str:
    """Return the language of those who ask for neither, the default where it is not served."""
    return text("LANGUAGE_CODE") if text("LANGUAGE_CODE") in LANGUAGES else _BY_NAME["LANGUAGE_CODE"].default


def time_zone() -> str:
    """Return the time zone, the default where the name is unknown."""
    return text("TIME_ZONE") if time_zone_exists(text("TIME_ZONE")) else _BY_NAME["TIME_ZONE"].default


def time_zone_exists(name: str) -> bool:
    """Return whether a name is in the IANA database, and in the system's where there is one, as Django demands."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # the last two: no name at all, a folder's name
        return False
    return not SYSTEM_TIME_ZONES.exists() or SYSTEM_TIME_ZONES.joinpath(name).exists()


def parsed_database() -> dict[str, Any]:
    """Return Django's settings for DATABASE_URL; raises SettingError, which never repeats the URL and its password."""
    url = text("DATABASE_URL")
    if not url:
        with suppress(OSError):  # a system check says why it cannot be made
            path("DATA_DIR").mkdir(parents=True, exist_ok=True, mode=0o700)
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path("DATA_DIR") / "rimbalzo.sqlite3")}
    if url.partition("://")[0] not in DATABASE_SCHEMES:
        raise SettingError("DATABASE_URL begins with neither postgres:// nor sqlite:///.")
    try:
        database = dict(dj_database_url.parse(url))
    except ValueError:
        raise SettingError(
            "DATABASE_URL is not a URL: characters such as @ / # in a password are to be quoted."
        ) from None
    if database["NAME"] in ("", ":memory:"):
        raise SettingError("DATABASE_URL names no database.")
    return database


def database() -> dict[str, Any]:
    """Return Django's settings for the database, or those of one that refuses every use."""
    try:
        parsed = parsed_database()
    except SettingError:
        return NO_DATABASE
    given = parsed.get("OPTIONS", {})
    if parsed["ENGINE"].endswith("sqlite3"):
        # WAL reads while one writes; IMMEDIATE makes a writer wait for its turn instead of failing half-way. A
        # connection is kept open: a page with one query is served nearly twice as fast.
        own: dict[str, Any] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
        }
        return {**parsed, "CONN_MAX_AGE": None, "OPTIONS": {**own, **given}}
    # The pool keeps the connections; the check replaces those that a restarted server has dropped. A database that is
    # gone is given up soon, also where its machine no longer answers at all: pages go on without it.
    own = {
        "pool": {"min_size": 1, "max_size": 8, "timeout": 2, "reconnect_timeout": 30},
        "connect_timeout": 3,
        "keepalives_idle": 10,
        "tcp_user_timeout": 5000,
    }
    return {**parsed, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True, "OPTIONS": {**own, **given}}


def trusted_origins() -> list[str]:
    """Return the https origins from which forms may be sent: those of ALLOWED_HOSTS."""
    hosts = [host for host in words("ALLOWED_HOSTS") if host != "*"] if switch("HTTPS") else []
    return [f"https://*{host}" if host.startswith(".") else f"https://{host}" for host in hosts]


def secret_key() -> str:
    """Return the key from the environment or from its file; empty, which Django refuses to use, where there is none."""
    if text("SECRET_KEY"):
        return text("SECRET_KEY")
    try:
        return key_from_file(path("SECRET_KEY_FILE"))
    except (OSError, UnicodeDecodeError):
        return ""


def key_from_file(file: Path) -> str:
    """Return the key in a file, which is made if missing, with mode 0600 from the start.

    Raises OSError where it can be neither read nor made.
    """
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = file.with_name(f".{file.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w") as stream:
                stream.write(secrets.token_urlsafe(64))
            with suppress(FileExistsError):  # another process was quicker: its key counts
                os.link(draft, file)
        finally:
            draft.unlink()
    return file.read_text().strip()
