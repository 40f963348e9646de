"""The production server: granian with its traps disarmed. `manage.py serve` is its command."""

import ctypes
import errno
import gc
import ipaddress
import os
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import Interfaces

from codes.forking import die_with
from site_config import environment, logs

#: Python threads of one worker: a long request leaves others free, and no more of them take turns at the interpreter
#: than that, which is what the slowest answers wait for.
THREADS = 3
#: Times a minute that one worker is started again; if it dies at once after that, the server ends.
MOST_RESPAWNS = 5
#: Seconds that a running request gets to finish when the server is told to end.
GRACE = 10
#: Seconds that a worker rests after it has built the search index, so that a row of edits does not keep it busy.
INDEX_EVERY = 3
M_ARENA_MAX = -8

_FORMATTER = logs.formatter(environment.log_format())
#: Granian's words (only warnings: `serve` itself says where it listens) go where ours go, formatted as ours.
LOGGING = {
    "formatters": {"generic": _FORMATTER, "access": _FORMATTER},
    "handlers": {
        name: {"class": "logging.StreamHandler", "formatter": "generic", "stream": "ext://sys.stderr"}
        for name in ("console", "access")
    },
}


class CannotListen(Exception):
    """The address cannot be had; the text is one sentence that says why."""


@dataclass(frozen=True)
class Place:
    """Where to listen: the host as it was given, and as a number."""

    host: str
    number: str
    port: int

    @property
    def url(self) -> str:
        """Return the address of the home page."""
        return f"http://[{self.host}]:{self.port}/" if ":" in self.host else f"http://{self.host}:{self.port}/"

    @property
    def is_open(self) -> bool:
        """Return whether other machines can reach it."""
        return not ipaddress.ip_address(self.number.partition("%")[0]).is_loopback


def claim(host: str, port: int) -> Place:
    """Return the place to listen at, after trying it; raises CannotListen.

    Granian must not find out itself: it would share a port with another granian without a word.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise CannotListen(f"{host!r} is no address of this machine.") from None
    family, kind, protocol, _name, where = min(found, key=lambda info: info[0] != socket.AF_INET)
    try:
        with socket.socket(family, kind, protocol) as trial:
            # As servers do: the dregs of a server that has just ended are no hindrance, a listening one is.
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(where)
            trial.listen(1)
    except OSError as error:
        raise CannotListen(_why(error, host, port)) from None
    return Place(host, str(where[0]), port)


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use, perhaps by another Rimbalzo: end that, or choose another port with --port."
    if error.errno == errno.EACCES:
        return f"Port {port} is kept for the system: choose one from 1024 up with --port, and let a proxy listen here."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host!r} is no address of this machine."
    return f"Cannot listen at {host!r}, port {port}: {error.strerror}."


class Respawns(dict[int, float]):
    """When each worker was started again, as granian keeps it: it ends where one died within seconds of that.

    It would so end for two workers that the system killed for their memory in a row. Here it takes MOST_RESPAWNS within
    a minute to be told of the last one: then the program itself is at fault, and whoever watches over it must know.
    """

    def __init__(self) -> None:
        super().__init__()
        self._times: dict[int, list[float]] = {}

    def __setitem__(self, worker: int, now: float) -> None:
        self._times[worker] = [*(time for time in self._times.get(worker, []) if now - time < 60), now]

    def get(self, worker: int, default: float = 0) -> float:  # type: ignore[override]
        """Return when a worker was last started again, if that was too often; else `default`."""
        times = self._times.get(worker, [])
        return times[-1] if len(times) >= MOST_RESPAWNS else default

    def clear(self) -> None:
        """Forget nothing: granian does after each death."""


def run(place: Place, workers: int, listening: Callable[[], Any]) -> None:
    """Serve until told to end; `listening` is called once the first worker takes connections."""
    _bound_memory()
    _share_meters(environment.path("DATA_DIR") / "metrics")
    gc.freeze()  # what the workers inherit stays shared: collecting garbage would touch, and so copy, all of it
    server = Granian(
        "site_config.wsgi:application",
        address=place.number,
        port=place.port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        log_level="warning",  # type: ignore[arg-type]
        log_dictconfig=LOGGING,
        log_access=False,
    )
    server.respawned_wrks = Respawns()
    hangup = signal.getsignal(signal.SIGHUP)

    @server.on_startup
    def started() -> None:
        # Granian would restart its workers, with the program that this process has in memory. A terminal that was
        # closed means the end, except under nohup.
        signal.signal(signal.SIGHUP, hangup if hangup == signal.SIG_IGN else server.signal_handler_interrupt)
        threading.Thread(target=_tell, args=(place, listening), daemon=True).start()

    threading.Thread(target=_end_with_uv, args=(os.getppid(),), daemon=True).start()
    server.serve(target_loader=partial(_application, os.getpid()), wrap_loader=False)


def _tell(place: Place, listening: Callable[[], Any]) -> None:
    """Call `listening` when somebody answers: before, a reader of its words would knock at a closed door."""
    number = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(place.number, place.number)  # noqa: S104 (nothing is bound)
    while True:
        try:
            socket.create_connection((number, place.port), timeout=5).close()
        except OSError:
            time.sleep(0.02)
        else:
            listening()
            return


def _end_with_uv(parent: int) -> None:
    """End when the `uv run` that started this process was killed: nobody else would tell (Linux only).

    It looks, since PR_SET_PDEATHSIG tells of the death of a thread of the parent. Other parents may go: a shell does.
    """
    name = Path(f"/proc/{parent}/comm")
    if name.exists() and name.read_text().strip() == "uv":
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)


def _application(parent: int) -> Callable[..., Any]:
    """Return the application, in the worker that will run it."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)  # until granian sets its own, those of the parent would swallow them
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # the parent ends its workers
    die_with(parent)  # orphans would go on serving an old program
    from site_config.wsgi import application

    threading.Thread(target=_follow, name="follows the revision", daemon=True).start()
    return application


def _follow() -> None:
    """Keep the snapshot at the newest revision: no reader looks for it, nor waits for it."""
    from django.db import DatabaseError, connection

    from codes.knowledge import snapshot
    from codes.views.explain import rehearse

    changed = threading.Event()
    threading.Thread(target=_index, args=(changed,), name="builds the search index", daemon=True).start()
    snapshot.keeper.is_followed = True
    before = None
    try:
        while True:
            with suppress(DatabaseError):  # of which the keeper tells
                knowledge = snapshot.keeper.follow()
                if before is None:
                    threading.Thread(target=rehearse, args=(knowledge,), name="rehearses", daemon=True).start()
                if knowledge is not before:
                    changed.set()
                before = knowledge
            connection.close()
            time.sleep(snapshot.LOOK_EVERY)
    finally:
        snapshot.keeper.is_followed = False


def _index(changed: threading.Event) -> None:
    """Build the search index after each change; edits that come close together share one, and do not wait for it."""
    from codes.knowledge import snapshot
    from codes.search.index import keeper

    keeper.is_followed = True
    try:
        while changed.wait():
            changed.clear()
            keeper.renew(snapshot.kept())
            time.sleep(INDEX_EVERY)
    finally:
        keeper.is_followed = False


def _share_meters(folder: Path) -> None:
    """Give the workers a folder for their meters, so that each can tell the sum; those of ended servers go."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in folder.iterdir():
        if left.name.isdecimal() and not _is_running(int(left.name)):
            shutil.rmtree(left, ignore_errors=True)
    own = folder / str(os.getpid())
    shutil.rmtree(own, ignore_errors=True)
    own.mkdir()
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(own)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True


def _bound_memory() -> None:
    """Do what MALLOC_ARENA_MAX=2 would do: rebuilt snapshots then keep half as much memory (glibc only)."""
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(M_ARENA_MAX, 2)
