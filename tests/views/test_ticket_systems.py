"""What the page for ticket systems shows does what it says: everything is taken from the page and tried."""

import html
import json
import os
import re
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import reverse

from codes.views import published
from codes.views.examples import NOTICE

LANGUAGES = ["it", "en"]


@pytest.fixture(autouse=True)
def _empty_shelf():
    """Let no page of other settings be kept."""
    published.shelf.clear()
    yield
    published.shelf.clear()


def examples(client: Client, language: str) -> tuple[str, list[str]]:
    """Return the page, and what stands in it to be copied: the line for the shell and the program."""
    page = client.get(f"/{language}/help/ticket-systems/").content.decode()
    return page, [html.unescape(found) for found in re.findall(r"<pre>(.*?)</pre>", page, re.DOTALL)]


@pytest.fixture
def client_of(live_server, settings) -> Client:
    """Return a client to which the site has the address of the live server."""
    settings.ALLOWED_HOSTS = ["*"]
    return Client(headers={"host": live_server.url.partition("://")[2]})


@pytest.fixture
def run(tmp_path):
    """Return what runs a command where a bounce.eml lies, with the same on standard input."""
    (tmp_path / "bounce.eml").write_text(NOTICE)

    def ran(*command: str, token: str = "") -> subprocess.CompletedProcess[str]:
        environ = {"PATH": os.environ["PATH"], "RIMBALZO_TOKEN": token}
        return subprocess.run(
            command, cwd=tmp_path, env=environ, input=NOTICE, capture_output=True, text=True, timeout=60, check=False
        )

    return ran


def test_the_line_for_the_shell_and_the_program_explain_a_bounce(client_of, run):
    for language in LANGUAGES:
        _page, [line, program] = examples(client_of, language)
        told = json.loads(run("sh", "-c", line).stdout)
        printed = run(sys.executable, "-c", program).stdout

        [delivery] = told["deliveries"]
        assert told["input"] == "bounce.eml"
        assert delivery["links"]["reason"] == f"/{language}/reasons/user-unknown/"
        assert printed.strip().split("\t") == [
            "mario.rossi@example.com",
            "user-unknown",
            "sender",
            delivery["text"]["headline"],
        ]


def test_where_a_token_is_wanted_they_send_it_and_say_what_is_wrong(client_of, run, settings):
    settings.API_TOKENS = ["a" * 40]
    _page, [line, program] = examples(client_of, "en")

    assert json.loads(run("sh", "-c", line, token="a" * 40).stdout)["deliveries"]
    accepted = run(sys.executable, "-c", program, token="a" * 40)
    assert accepted.stdout.startswith("mario.rossi@example.com\tuser-unknown")
    refused = run(sys.executable, "-c", program, token="b" * 40)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "Authorization: Bearer" in refused.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_links_have_the_address_of_the_site_and_lead_somewhere(client: Client, settings, language):
    settings.ALLOWED_HOSTS = ["help.example.it"]
    client.defaults["HTTP_HOST"] = "help.example.it"
    page, _examples = examples(client, language)
    links = [html.unescape(link) for link in re.findall(r"<code[^>]*>(http.*?)</code>", page)]

    assert len(links) == 6
    for link in links:
        assert link.startswith("http://help.example.it/")
        filled = link.replace("#{ticket.smtp_code}", "550").replace("[% Data.smtp_code | uri %]", "5.1.1")
        assert client.get(filled.removeprefix("http://help.example.it"), follow=True).status_code == 200


@pytest.mark.django_db
def test_the_page_can_be_found(client: Client):
    for page in ("/it/", "/it/codes/550/"):
        assert f'href="{reverse("ticket-systems")}"' in client.get(page).content.decode()
    assert "/help/ticket-systems/" in client.get("/sitemap.xml").content.decode()
    assert 'href="/api/v1/docs"' in client.get("/it/help/ticket-systems/").content.decode()


@pytest.mark.django_db
def test_behind_a_sign_in_there_is_no_bookmark(client: Client, settings):
    assert "javascript:" in client.get("/en/help/ticket-systems/").content.decode()
    settings.LOGIN_REQUIRED = True
    page = client.get("/en/help/ticket-systems/?x=1").content.decode()

    assert "javascript:" not in page
    assert "cannot work" in page
