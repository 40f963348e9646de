"""How fast pages, search and explanations are served: beside nginx's static file and datasette's pages."""

from __future__ import annotations

import json
import sqlite3
import tempfile
import urllib.parse
import urllib.request
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

from django.db import connection

from codes import models
from codes.benchmarks.load import Measured, Target, drive, fetch, free_port, program, rimbalzo, running
from codes.benchmarks.processes import megabytes_of
from codes.benchmarks.processes import workers_of as workers_of_server
from codes.benchmarks.timing import table
from codes.preparation import prepare

CONNECTIONS = (1, 8, 64)
DATASETTE = "datasette==0.65.*"
WORD = "casella"
GZIP = (("Accept-Encoding", "gzip"),)
JSON = ("Content-Type", "application/json")
FORM = ("Content-Type", "application/x-www-form-urlencoded")
#: Measured ÷ measured, at so many connections, and how much is wanted.
RATIOS = (
    ("code page", "datasette: a row", 8, 15),
    ("code page", "nginx: the page as a file", 8, 0.1),
    ("search", "datasette: full-text search", 8, 10),
    ("explain 4 KB, by the API", "explain 4 KB, as JSON", 8, 0.9),
)

Results = dict[tuple[str, int], Measured]


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--seconds", type=int, default=3, help="seconds for each address (default: %(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="workers of the server (default: %(default)s)")
    parser.add_argument("--without-peers", action="store_true", help="measure Rimbalzo alone")


def run(write: Callable[[str], object], seconds: int, workers: int, without_peers: bool) -> None:
    """Measure and write: rates and times of every address, memory, and how the ratios stand to what is wanted."""
    program("wrk", "apt-get install wrk")
    prepare(static=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rimbalzo-benchmark-")))
        root = f"http://127.0.0.1:{(port := free_port())}"
        server = stack.enter_context(rimbalzo(port, workers))
        targets = _own(root)
        if not without_peers:
            targets += [_nginx(stack, folder, fetch(targets[1].url)), *_datasette(stack, folder)]
        results: Results = {}
        for target in targets:
            for connections in CONNECTIONS:
                results[target.name, connections] = drive(target, connections, seconds, folder)
        write(f"{workers} workers, {seconds} s for each address and number of connections\n")
        write(table(_rows(results)))
        memory = ", ".join(f"{megabytes_of(pid):.0f} MB" for pid in workers_of_server(server.pid))
        write(f"\nMemory of the workers afterwards: {memory} (wanted: under 180 MB each)\n")
        write(table(_ratios(results)))


def _own(root: str) -> list[Target]:
    page = f"{root}/it/codes/550/"
    with urllib.request.urlopen(urllib.request.Request(page, headers=dict(GZIP)), timeout=20) as answer:  # noqa: S310
        tag = answer.headers["ETag"]
    bounce = b"text=" + urllib.parse.quote_plus(BOUNCE).encode()
    return [
        Target("home", f"{root}/it/", headers=GZIP),
        Target("code page", page, headers=GZIP),
        Target("code page, unchanged (304)", page, headers=(*GZIP, ("If-None-Match", tag))),
        Target("search", f"{root}/it/search/?q={WORD}&exact=1", headers=GZIP),
        Target("explain 4 KB", f"{root}/it/explain/", bounce, (*GZIP, FORM)),
        Target("explain 4 KB, as JSON", f"{root}/it/explain/", bounce + b"&format=json", (*GZIP, FORM)),
        Target("explain 4 KB, by the API", f"{root}/api/v1/explain", json.dumps({"text": BOUNCE}).encode(), (JSON,)),
        Target("code, by the API", f"{root}/api/v1/codes/550", headers=GZIP),
    ]


def _nginx(stack: ExitStack, folder: Path, page: bytes) -> Target:
    """Serve a page as a static file."""
    port = free_port()
    files = folder / "files"
    files.mkdir()
    files.chmod(0o755)
    folder.chmod(0o755)
    (files / "550.html").write_bytes(page)
    paths = " ".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes auto; pid {folder}/pid; error_log {folder}/errors; events {{}}\n"
        f"http {{ access_log off; sendfile on; keepalive_requests 1000000; {paths}\n"
        f"server {{ listen 127.0.0.1:{port}; root {files}; }} }}\n"
    )
    words = [program("nginx", "apt-get install nginx-light"), "-c", f"{folder}/nginx.conf", "-p", str(folder)]
    url = f"http://127.0.0.1:{port}/550.html"
    stack.enter_context(running(words, url))
    return Target("nginx: the page as a file", url)


def _datasette(stack: ExitStack, folder: Path) -> list[Target]:
    """Serve the same knowledge base: its tables copied into a file, with an index of the reasons' words."""
    file, port = folder / "knowledge.db", free_port()
    row = _copied(file)
    words = [program("uv", "pip install uv"), "tool", "run", "--from", DATASETTE, "datasette", "serve", str(file)]
    root = f"http://127.0.0.1:{port}"
    stack.enter_context(running([*words, "--port", str(port)], f"{root}/-/versions.json"))
    return [
        Target("datasette: a row", f"{root}/knowledge/{models.ReplyCode._meta.db_table}/{row}"),
        Target("datasette: full-text search", f"{root}/knowledge/{models.Reason._meta.db_table}?_search={WORD}"),
    ]


def _copied(file: Path) -> int:
    """Copy the codes and the reasons; return the number of the row of 550."""
    with closing(sqlite3.connect(file)) as copy:
        for model in (models.ReplyCode, models.Reason):
            name, columns = model._meta.db_table, [field.column for field in model._meta.concrete_fields]
            listed = ", ".join(f'"{column}"' for column in columns)
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT {listed} FROM "{name}"')
                rows = [tuple(value if isinstance(value, int) else str(value) for value in row) for row in cursor]
            keyed = listed.replace('"id"', '"id" INTEGER PRIMARY KEY')
            copy.execute(f'CREATE TABLE "{name}" ({keyed})')
            copy.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(columns))})', rows)
        name = models.Reason._meta.db_table
        texts = ", ".join(
            field.column for field in models.Reason._meta.concrete_fields if field.column.endswith(("_it", "_en"))
        )
        copy.execute(f'CREATE VIRTUAL TABLE "{name}_fts" USING fts5({texts}, content="{name}", content_rowid="id")')
        copy.execute(f'INSERT INTO "{name}_fts" ("{name}_fts") VALUES (\'rebuild\')')
        copy.commit()
    number: int = models.ReplyCode.objects.get(code="550").pk
    return number


def _rows(results: Results) -> Iterator[tuple[str, ...]]:
    yield ("", "connections", "requests/s", "p50 ms", "p95 ms", "p99 ms", "errors")
    for (name, connections), one in results.items():
        times = (f"{value:.1f}" for value in (one.p50, one.p95, one.p99))
        yield (name, str(connections), f"{one.rate:.0f}", *times, str(one.errors))


def _ratios(results: Results) -> Iterator[tuple[str, ...]]:
    yield ("", "measured", "wanted")
    for ours, theirs, connections, wanted in RATIOS:
        if (theirs, connections) in results:
            ratio = results[ours, connections].rate / results[theirs, connections].rate
            yield (f"{ours} ÷ {theirs}, {connections} connections", f"{ratio:.2f}", f"{wanted} or more")
    explained = {connections: results["explain 4 KB", connections] for connections in CONNECTIONS}
    yield ("explanations a second, 8 connections", f"{explained[8].rate:.0f}", "300 or more")
    yield ("their p99, 8 connections", f"{explained[8].p99:.1f} ms", "under 60 ms")
    yield ("their p99, 1 connection", f"{explained[1].p99:.1f} ms", "under 30 ms")


#: A delivery report of some 4 KB, as Postfix writes it.
BOUNCE = (
    "From: MAILER-DAEMON@mx.example.com (Mail Delivery System)\n"
    "Subject: Undelivered Mail Returned to Sender\nTo: anna.verdi@example.com\nAuto-Submitted: auto-replied\n"
    'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="edge"\n\n'
    "--edge\nContent-Type: text/plain; charset=us-ascii\n\n"
    "This is the mail system at host mx.example.com.\n\nI'm sorry to have to inform you that your message could not\n"
    "be delivered to one or more recipients.\n\n"
    "<paolo.neri@example.org>: host mx.example.org[192.0.2.25] said: 550 5.1.1\n"
    "    <paolo.neri@example.org>: Recipient address rejected: User unknown in virtual mailbox table\n"
    "    (in reply to RCPT TO command)\n\n"
    "--edge\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.com\n"
    "X-Postfix-Queue-ID: 4ABCDE12345\n"
    "Arrival-Date: Mon, 23 Nov 2026 10:00:00 +0100 (CET)\n\nFinal-Recipient: rfc822; paolo.neri@example.org\n"
    "Action: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx.example.org\n"
    "Diagnostic-Code: smtp; 550 5.1.1 <paolo.neri@example.org>: Recipient address rejected: User unknown in virtual\n"
    "    mailbox table\n\n"
    "--edge\nContent-Type: message/rfc822\n\n"
    "Received: from mail.example.com (localhost [127.0.0.1]) by mx.example.com (Postfix) with ESMTP id 4ABCDE12345;\n"
    "    Mon, 23 Nov 2026 10:00:00 +0100 (CET)\nFrom: Anna Verdi <anna.verdi@example.com>\nTo: paolo.neri@example.org\n"
    "Subject: Offerta\nDate: Mon, 23 Nov 2026 10:00:00 +0100\nMessage-ID: <offerta@mail.example.com>\n\n"
    + "Gentile Paolo, in allegato trova la nostra offerta per la fornitura di cui abbiamo parlato.\n" * 22
    + "\n--edge--\n"
)
