"""System checks on what the operator set: a sentence, a hint and an id for every setting that can be wrong."""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution

from site_config import environment

SWITCHES = ("HTTPS", "DEBUG", "LOGIN_REQUIRED")
NUMBERS = ("EXPLAIN_LIMIT", "KEEP_DAYS", "SESSION_HOURS")
NETWORKS = ("TRUSTED_PROXIES", "MONITORED_FROM")
#: What single sign-on cannot do without.
SIGN_ON = ("OIDC_AUTHORIZATION_URL", "OIDC_TOKEN_URL", "OIDC_USERINFO_URL", "OIDC_JWKS_URL", "OIDC_CLIENT_SECRET")
GROUPS = ("editor", "curator", "reviewer")
#: What ALLOWED_HOSTS may list: a name, one with its children (.example.it), an address, everything.
HOST = re.compile(r"\*|\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\]", re.IGNORECASE)
#: A token of the API.
TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{32,}=*")

#: The tag of all checks here, for commands that need no pages and should not wait for the addresses to be checked.
SETTINGS = "settings"

Check = Callable[..., list[CheckMessage]]


def system_check(*tags: str, deploy: bool = False) -> Callable[[Callable[[], Iterator[CheckMessage]]], Check]:
    """Register a generator of messages as a system check."""

    def registered(messages: Callable[[], Iterator[CheckMessage]]) -> Check:
        def run(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
            return list(messages())

        run.__name__, run.__doc__ = messages.__name__, messages.__doc__
        return register(SETTINGS, *tags, deploy=deploy)(run)

    return registered


@system_check()
def switches_are_on_or_off() -> Iterator[CheckMessage]:
    """A switch holds a word that says on or off."""
    for name in SWITCHES:
        word = environment.text(name)
        if word.lower() not in environment.TRUE_WORDS | environment.FALSE_WORDS:
            yield Error(f"{name}={word!r} says neither on nor off.", hint="Use on or off.", id="rimbalzo.E001")


@system_check()
def numbers_are_numbers() -> Iterator[CheckMessage]:
    """A setting that counts something holds a whole number."""
    for name in NUMBERS:
        given = environment.text(name)
        if not environment.is_number(given):
            yield Error(f"{name}={given!r} is no number.", hint="Use a whole number of 1 or more.", id="rimbalzo.E008")


@system_check()
def language_is_served() -> Iterator[CheckMessage]:
    """LANGUAGE_CODE is it or en."""
    given = environment.text("LANGUAGE_CODE")
    if given not in environment.LANGUAGES:
        yield Error(f"LANGUAGE_CODE={given!r} is not served.", hint="Use it or en.", id="rimbalzo.E002")


@system_check()
def time_zone_is_known() -> Iterator[CheckMessage]:
    """TIME_ZONE is a name of the IANA database."""
    given = environment.text("TIME_ZONE")
    if not environment.time_zone_exists(given):
        yield Error(f"TIME_ZONE={given!r} is unknown.", hint="Use a name such as Europe/Rome.", id="rimbalzo.E003")


@system_check()
def networks_are_networks() -> Iterator[CheckMessage]:
    """A list of machines holds addresses and networks."""
    for name in NETWORKS:
        for word in environment.words(name):
            if environment.network(word) is None:
                hint = "List addresses and networks, comma separated: 192.0.2.10,2001:db8::/32"
                yield Error(
                    f"{name} lists {word!r}, which is no address and no network.", hint=hint, id="rimbalzo.E010"
                )


@system_check()
def log_format_is_known() -> Iterator[CheckMessage]:
    """LOG_FORMAT is text or json."""
    given = environment.text("LOG_FORMAT")
    if given not in environment.LOG_FORMATS:
        yield Error(f"LOG_FORMAT={given!r} is unknown.", hint="Use text or json.", id="rimbalzo.E011")


@system_check()
def database_url_is_understood() -> Iterator[CheckMessage]:
    """DATABASE_URL is a URL of SQLite or PostgreSQL that names a database."""
    try:
        environment.parsed_database()
    except environment.SettingError as error:
        hint = "Use postgres://user:password@host/name, sqlite:////folder/file, or nothing for SQLite in DATA_DIR."
        yield Error(str(error), hint=hint, id="rimbalzo.E004")


@system_check()
def secret_key_is_there() -> Iterator[CheckMessage]:
    """There is a secret key: given, in its file, or just made."""
    if environment.text("SECRET_KEY"):
        return
    file = environment.path("SECRET_KEY_FILE")
    try:
        problem = "" if environment.key_from_file(file) else "it is empty"
    except UnicodeDecodeError:
        problem = "it is no text"
    except OSError as error:
        problem = error.strerror or type(error).__name__
    if problem:
        hint = "Set SECRET_KEY_FILE to a file that can be written, or SECRET_KEY to 50 random characters or more."
        yield Error(f"No secret key: {file} can be neither read nor made ({problem}).", hint=hint, id="rimbalzo.E005")


@system_check()
def data_dir_can_be_written() -> Iterator[CheckMessage]:
    """DATA_DIR is a folder that can be written, or can be made."""
    folder = environment.path("DATA_DIR")
    nearest = next(
        place for place in (folder, *folder.parents) if os.path.exists(place)
    )  # false where it may not be looked at
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        hint = "Set DATA_DIR to a folder that can be written."
        yield Error(f"DATA_DIR={folder} cannot be written.", hint=hint, id="rimbalzo.E006")


@system_check()
def hosts_are_names() -> Iterator[CheckMessage]:
    """ALLOWED_HOSTS lists names and addresses: no https://, no port, no path."""
    for host in environment.words("ALLOWED_HOSTS"):
        if not HOST.fullmatch(host):
            hint = "List bare names, comma separated: rimbalzo.example.it,10.0.0.5"
            yield Error(f"ALLOWED_HOSTS lists {host!r}, which is no host name.", hint=hint, id="rimbalzo.E007")


@system_check()
def sign_on_is_complete() -> Iterator[CheckMessage]:
    """Single sign-on is set up wholly or not at all, and names groups that exist."""
    missing = [name for name in SIGN_ON if environment.text("OIDC_CLIENT_ID") and not environment.text(name)]
    if missing:
        hint = "Set them, or unset OIDC_CLIENT_ID."
        yield Error(f"Single sign-on lacks {', '.join(missing)}.", hint=hint, id="rimbalzo.E009")
    known = [word for word in environment.words("OIDC_GROUPS") if word.rpartition("=")[2].strip() in GROUPS]
    if len(known) != len(environment.pairs("OIDC_GROUPS")) or len(known) != len(environment.words("OIDC_GROUPS")):
        hint = f"Write name-there=name-here, comma separated; here there are {', '.join(GROUPS)}."
        yield Error("OIDC_GROUPS is not understood.", hint=hint, id="rimbalzo.E010")


@system_check()
def tokens_cannot_be_guessed() -> Iterator[CheckMessage]:
    """API_TOKENS lists long tokens of characters that a header may hold (RFC 6750, 2.1). None is ever repeated."""
    if not all(TOKEN.fullmatch(token) for token in environment.words("API_TOKENS")):
        hint = "Make each with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
        yield Error(
            "API_TOKENS lists a token that is shorter than 32 characters, or has others than letters, digits and "
            "-._~+/ in it.",
            hint=hint,
            id="rimbalzo.E012",
        )


@system_check(Tags.security)
def secret_key_file_is_private() -> Iterator[CheckMessage]:
    """Nobody else can read the secret key."""
    file = environment.path("SECRET_KEY_FILE")
    if not environment.text("SECRET_KEY") and os.path.exists(file) and file.stat().st_mode & 0o077:
        yield Caution(f"Others may read {file}.", hint=f"chmod 600 {file}", id="rimbalzo.W001")


@system_check(Tags.security, deploy=True)
def hosts_are_named() -> Iterator[CheckMessage]:
    """ALLOWED_HOSTS names the hosts; a star lets forged Host headers in."""
    if "*" in settings.ALLOWED_HOSTS:
        yield Caution("ALLOWED_HOSTS is *.", hint="Name the hosts, comma separated.", id="rimbalzo.W002")
