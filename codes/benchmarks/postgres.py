"""A PostgreSQL of one's own, which can be taken away and brought back."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from codes.benchmarks.load import free_port


class PostgreSQL:
    """One cluster in a folder, on a port of its own."""

    def __init__(self) -> None:
        self.bin = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda found: int(found.parent.name))
        # Not where pytest keeps its folders: nobody but their owner may look into those.
        self.folder, self.port = Path(tempfile.mkdtemp(prefix="rimbalzo-postgres-")), free_port()
        self.url = f"postgres://rimbalzo@127.0.0.1:{self.port}/rimbalzo"
        if os.getuid() == 0:  # as which PostgreSQL refuses to run
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-D", "data", "-U", "rimbalzo", "--auth=trust", "--encoding=UTF8", "--no-sync")
        self.start()
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "rimbalzo", "rimbalzo")

    def start(self) -> None:
        own = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        self._run("pg_ctl", "-D", "data", "-l", "log", "-w", "-o", f"{own} -c full_page_writes=off", "start")

    def stop(self) -> None:
        """End it as a crash would: connections break, what was committed stays."""
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "stop")

    def end(self) -> None:
        """Leave nothing behind."""
        self.stop()
        shutil.rmtree(self.folder)

    def _run(self, program: str, *words: str) -> None:
        user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        subprocess.run(  # noqa: S603 (our own words)
            [*user, self.bin / program, *words],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
            timeout=60,
        )
