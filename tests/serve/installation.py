"""A real server: `manage.py serve` in a process of its own, with its own home, data folder and database."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from codes.benchmarks.load import free_port
from codes.benchmarks.processes import workers_of
from site_config import environment

CHECKOUT = environment.CHECKOUT


@dataclass
class Site:
    """What one installation consists of, and how to run commands on it."""

    folder: Path
    database: str = ""
    more: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def key_file(self) -> Path:
        return self.folder / "home" / ".config" / "rimbalzo" / "secret_key"

    def environ(self) -> dict[str, str]:
        """Return the environment of a person who has set nothing but where this site lies."""
        own = {setting.name for setting in environment.SETTINGS}
        rest = {name: value for name, value in os.environ.items() if name not in own and "DJANGO" not in name}
        database = {"DATABASE_URL": self.database} if self.database else {}
        return rest | {"HOME": str(self.folder / "home"), "DATA_DIR": str(self.data)} | database | self.more

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=CHECKOUT,
            env=self.environ(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def shell(self, code: str) -> str:
        """Run Python on the site's database and return what it prints."""
        done = self.run("shell", "--no-imports", "-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


class Server:
    """One running `manage.py serve`."""

    def __init__(self, site: Site, *options: str) -> None:
        self.site = site
        self.port = free_port()
        self._heard = 0
        self._out, self._err = site.folder / f"out-{self.port}", site.folder / f"err-{self.port}"
        with self._out.open("w") as out, self._err.open("w") as err:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", "--port", str(self.port), *options],
                cwd=CHECKOUT,
                env=site.environ(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def said(self) -> str:
        return self._out.read_text()

    @property
    def complained(self) -> str:
        return self._err.read_text()[self._heard :]

    def turn_away(self) -> "Server":
        """Let `complained` begin anew, for a test that shares the server with others."""
        self._heard = len(self._err.read_text())
        return self

    @property
    def steps(self) -> list[str]:
        """Return what was prepared at the start."""
        return [line for line in self.said.splitlines() if line.endswith("...")]

    def wait_until_listening(self) -> "Server":
        wait_for(lambda: "listens at" in self.said or self.process.poll() is not None, seconds=90)
        assert self.process.poll() is None, self.said + self.complained
        return self

    def ask(self, path: str = "/healthz", data: bytes | None = None) -> tuple[int, str]:
        """Return the status and the text of an answer."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=data)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.read().decode()

    def answers(self) -> bool:
        try:
            return self.ask()[0] == 200
        except OSError:
            return False

    def workers(self) -> list[int]:
        """Return the ids of the processes that this one has started."""
        return workers_of(self.process.pid)

    def kill_worker(self, pid: int) -> None:
        """Kill a worker as nothing can foresee, and wait until nothing is left of it.

        Each worker listens with a socket of its own (SO_REUSEPORT): until a killed one is taken apart, it is still
        given connections, and these are reset.
        """
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        wait_for(lambda: not Path(f"/proc/{pid}").exists())

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and return the exit status."""
        self.process.send_signal(number)
        return self.process.wait(timeout=30)

    def kill(self) -> None:
        """Leave nothing behind, whatever the test did."""
        for pid in [*self.workers(), self.process.pid]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(timeout=30)


def wait_for(done: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something holds, and fail where it never does."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@dataclass(frozen=True)
class FirstRun:
    """The first start on a machine that had nothing, after its end."""

    site: Site
    steps: list[str]
    said: str
    complained: str
    home_page: tuple[int, str]
    status: int
