"""The API's description is complete, and the API keeps to it: schemathesis asks all that it allows, and more."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

HERE = Path(__file__).parent


@pytest.mark.django_db
def test_every_address_every_answer_and_every_field_is_described(client: Client):
    described = client.get("/api/v1/openapi.json").json()

    assert set(described["paths"]) == {
        f"/api/v1/{path}"
        for path in (
            "explain",
            "search",
            *(f"{name}{one}" for name in ("codes",) for one in ("", "/{code}")),
            *(f"{name}{one}" for name in ("reasons", "providers", "messages") for one in ("", "/{slug}")),
        )
    }
    for path, methods in described["paths"].items():
        for operation in methods.values():
            assert {"200", "401", "405", "422", "500", "503"} <= set(operation["responses"]), path
            assert operation["description"]
            for status, answer in operation["responses"].items():
                assert answer["description"]
                if int(status) >= 400:
                    assert list(answer["content"]) == ["application/problem+json"]
    assert {"400", "413", "415", "429"} <= set(described["paths"]["/api/v1/explain"]["post"]["responses"])
    assert "404" in described["paths"]["/api/v1/codes/{code}"]["get"]["responses"]
    assert "304" in described["paths"]["/api/v1/search"]["get"]["responses"]
    assert "from" in described["components"]["schemas"]["Original"]["properties"]


@pytest.mark.django_db
def test_the_page_shows_it_all_without_a_script_of_its_own(client: Client):
    page = client.get("/api/v1/docs").content.decode()

    assert '<html lang="en"' in page
    assert "POST /api/v1/explain" in page
    assert "became_permanent" in page
    assert re.findall(r"<script(?![^>]* src=)|<style| style=| on\w+=", page) == []
    assert client.get("/api/v1/").url == "/api/v1/docs"
    linked = {name for name in re.findall(r'href="#(\w+)"', page) if name != "main"}
    assert linked <= set(re.findall(r' id="([\w-]+)"', page))


def test_schemathesis_finds_no_fault_and_no_answer_that_is_not_described(live_server, tmp_path):
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(HERE / "schemathesis.toml")),
        *("run", f"{live_server.url}/api/v1/openapi.json"),
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)

    print(done.stdout)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert "10 selected / 10 total" in done.stdout
