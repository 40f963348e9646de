"""Starts servers on this machine and drives them with wrk."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from site_config.environment import CHECKOUT

#: Prints, after wrk's own words, what is measured: requests, microseconds, three percentiles and errors.
REPORT = """
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("MEASURED %d %d %d %d %d %d\\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(95), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"""


class Lacking(FileNotFoundError):
    """A program that the benchmark needs is not installed; the text says which."""


@dataclass(frozen=True)
class Target:
    """An address, and what is sent there."""

    name: str
    url: str
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Measured:
    """Requests a second, milliseconds, and answers that were errors."""

    rate: float
    p50: float
    p95: float
    p99: float
    errors: int


def program(name: str, hint: str) -> str:
    """Return the path of a program; raises Lacking."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        raise Lacking(f"No {name} here: {hint}")
    return found


def drive(target: Target, connections: int, seconds: int, folder: Path) -> Measured:
    """Ask an address from so many connections for so long, each asking again as soon as it is answered."""
    script = folder / "script.lua"
    lines = [f"wrk.headers[{_lua(name)}] = {_lua(value)}" for name, value in target.headers]
    if target.body:
        lines += ['wrk.method = "POST"', f"wrk.body = {_lua(target.body.decode('ascii'))}"]
    script.write_text("\n".join([*lines, REPORT]))
    settle("/".join(target.url.split("/")[:3]) + "/healthz")
    threads = min(connections, 2)
    words = [f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(script), target.url]
    done = subprocess.run(  # noqa: S603 (our own words)
        [program("wrk", "apt-get install wrk"), *words],
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds + 60,
    )
    numbers = next(line for line in done.stdout.splitlines() if line.startswith("MEASURED")).split()[1:]
    requests, duration, p50, p95, p99, errors = map(int, numbers)
    return Measured(requests / (duration / 1e6), p50 / 1000, p95 / 1000, p99 / 1000, errors)


def settle(url: str) -> None:
    """Wait until all workers have worked off what was asked before: ten times on end the answer comes at once."""
    end, quick = time.monotonic() + 60, 0
    while quick < 10 and time.monotonic() < end:
        began = time.monotonic()
        quick = quick + 1 if answers(url) and time.monotonic() - began < 0.05 else 0


def _lua(text: str) -> str:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{quoted}"'


@contextmanager
def running(words: list[str], url: str, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the end of the block, which begins when it answers at the URL."""
    environ = {**os.environ, **settings}
    process = subprocess.Popen(  # noqa: S603 (our own words)
        words, env=environ, cwd=CHECKOUT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + 120
        while not answers(url):
            if process.poll() is not None or time.monotonic() > end:
                raise Lacking(f"{words[0]} does not start.")
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def rimbalzo(port: int, workers: int, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run our own production server, without a limit on explanations."""
    words = [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", str(workers)]
    with running(words, f"http://127.0.0.1:{port}/healthz", EXPLAIN_LIMIT="99999", **settings) as process:
        yield process


def answers(url: str) -> bool:
    """Return whether somebody answers, whatever the status."""
    try:
        fetch(url)
    except urllib.error.HTTPError as error:
        error.close()
    except OSError:
        return False
    return True


def fetch(url: str, data: bytes | None = None) -> bytes:
    """Return the body of an answer; raises OSError."""
    with urllib.request.urlopen(url, data=data, timeout=20) as answer:  # noqa: S310 (our own addresses)
        body: bytes = answer.read()
        return body


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port
