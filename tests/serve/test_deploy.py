"""The shipped units and the configuration of nginx, started on loopback."""

import configparser
import shutil
import ssl
import subprocess
import urllib.error
import urllib.request
from email.message import Message
from pathlib import Path

import pytest

from codes.benchmarks.load import free_port
from site_config import environment
from tests.serve.installation import CHECKOUT, Server, wait_for

pytestmark = pytest.mark.nodes

DEPLOY = CHECKOUT / "site_config" / "deploy"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
MEGABYTE = 1024 * 1024


def service() -> configparser.SectionProxy:
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str
    unit.read(DEPLOY / "rimbalzo@.service")
    return unit["Service"]


def names_in(assignments: list[str]) -> set[str]:
    return {assignment.partition("=")[0] for assignment in assignments}


def test_the_unit_and_its_environment_set_what_there_is_to_set():
    lines = [line for line in (DEPLOY / "environment").read_text().splitlines() if line and not line.startswith("#")]
    names = names_in(lines) | names_in(service()["Environment"].split())
    assert names >= {"HTTPS", "DATA_DIR", "ALLOWED_HOSTS", "DATABASE_URL", "SECRET_KEY_FILE"}
    assert names <= {setting.name for setting in environment.SETTINGS}


def test_the_unit_starts_the_server_on_the_port_that_it_is_named_for():
    program, *words = service()["ExecStart"].split()
    assert Path(program).name == "python"
    assert words == ["manage.py", "serve", "--port", "%i", "--workers", "2"]


@pytest.fixture(scope="module")
def proxy(copy_of_first_run, tmp_path_factory):
    """Return the port of a shipped nginx before two nodes that speak https through it, and the nodes."""
    if NGINX is None:
        pytest.skip("No nginx here: apt-get install nginx-light")
    tmp_path = tmp_path_factory.mktemp("nginx")
    site = copy_of_first_run(tmp_path / "site")
    site.more |= {"HTTPS": "on", "ALLOWED_HOSTS": "127.0.0.1", "EXPLAIN_LIMIT": "2"}
    nodes = [Server(site), Server(site)]
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=rimbalzo.test -keyout {key} -out {certificate}"
    subprocess.run(["openssl", *made.split()], check=True, capture_output=True)
    port, plain = free_port(), free_port()
    text = (DEPLOY / "nginx.conf").read_text()
    for shipped, here in {
        "127.0.0.1:8001": f"127.0.0.1:{nodes[0].port}",
        "127.0.0.1:8002": f"127.0.0.1:{nodes[1].port}",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "/etc/ssl/certs/rimbalzo.pem": str(certificate),
        "/etc/ssl/private/rimbalzo.key": str(key),
    }.items():
        assert shipped in text
        text = text.replace(shipped, here)
    (tmp_path / "site.conf").write_text(text)
    paths = " ".join(f"{name}_temp_path {tmp_path}/{name};" for name in ("proxy", "fastcgi", "uwsgi", "scgi"))
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/nginx-errors; events {{}}\n"
        f"http {{ client_body_temp_path {tmp_path}/body; {paths} include {tmp_path}/site.conf; }}\n"
    )
    process = subprocess.Popen([NGINX, "-c", whole, "-p", tmp_path], stderr=subprocess.DEVNULL)
    try:
        for node in nodes:
            node.wait_until_listening()
        wait_for(lambda: (tmp_path / "pid").exists() or process.poll() is not None)
        assert process.poll() is None, (tmp_path / "nginx-errors").read_text()
        yield port, nodes, tmp_path
    finally:
        process.terminate()
        process.wait(timeout=20)
        for node in nodes:
            node.kill()


def ask(port: int, path: str, data: bytes | None = None, **headers: str) -> tuple[int, Message, str]:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    request = urllib.request.Request(f"https://127.0.0.1:{port}{path}", data=data, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20, context=context) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.headers, answer.read().decode()


def test_nginx_passes_on_what_the_nodes_need_to_know_and_keeps_monitoring_inside(proxy):
    port, _nodes, folder = proxy
    status, headers, _page = ask(port, "/it/codes/550/")
    assert status == 200
    assert "max-age=31536000" in headers["Strict-Transport-Security"]
    for path in ("/healthz", "/readyz", "/metrics"):
        assert ask(port, path)[0] == 404
    bounces = [b"text=550+5.1.1+User+unknown+" + b"x" * (2 * MEGABYTE), *[b"text=550+5.1.1+User+unknown"] * 5]
    forged = [ask(port, "/it/explain/", bounces[i], **{"X-Forwarded-For": f"198.51.100.{i}"})[0] for i in range(6)]
    assert sorted(forged) == [200] * 4 + [429] * 2, "two a node for the one address that really asks"
    left = [path for name in ("body", "proxy") for path in (folder / name).rglob("*") if path.is_file()]
    assert left == [], "nothing of a bounce touches a disk"


def test_a_killed_node_is_not_noticed_behind_nginx(proxy):
    port, nodes, _folder = proxy
    nodes[0].kill()
    assert [ask(port, "/it/codes/550/")[0] for _once in range(6)] == [200] * 6
    assert ask(port, "/it/explain/", b"text=550+5.1.1+User+unknown")[0] in (200, 429), "the other one answers"
