"""`manage.py explain` in a process of its own, with real pipes, files and signals."""

import itertools
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from codes.benchmarks.processes import workers_of
from tests.serve.installation import CHECKOUT, Site

LINE = (
    b"Nov 23 10:00:00 mx postfix/smtp[1]: 4ABC%d: to=<%s>, relay=mx.example.net[192.0.2.1]:25, dsn=5.1.1, "
    b"status=bounced (host mx.example.net[192.0.2.1] said: 550 5.1.1 User unknown)\n"
)
OTHER = b"Nov 23 10:00:00 mx postfix/smtpd[1]: connect from \xff\xfe[192.0.2.1]\n"


@pytest.fixture
def explaining(site: Site) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Return a starter of `explain`, its three streams pipes, in a group of processes of its own."""
    started = []

    def start(*options: str) -> subprocess.Popen[bytes]:
        started.append(
            subprocess.Popen(
                [sys.executable, "manage.py", "explain", "--language", "en", *options],
                cwd=CHECKOUT,
                env=site.environ() | {"ALLOWED_HOSTS": "localhost,rimbalzo.example.it", "HTTPS": "on"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        )
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_a_line_appears_while_the_pipe_is_open_and_ctrl_c_ends_without_a_word(explaining):
    process = explaining("--follow", "-")
    process.stdin.write(OTHER + LINE % (1, b"anna@example.com") + b"Nov 23 10:00:01 mx postf")
    process.stdin.flush()
    line = process.stdout.readline().decode()
    assert line.startswith("Nov 23 10:00:00  anna@example.com  550 5.1.1  Mailbox does not exist  the sender: ")
    assert line.split()[-1].startswith("https://rimbalzo.example.it/en/explained/?code=550&status=5.1.1&reason=user-un")
    os.killpg(process.pid, signal.SIGINT)
    assert (process.wait(60), process.stdout.read(), process.stderr.read()) == (0, b"", b"")


def test_a_file_is_followed_over_its_rotation_until_nobody_listens(explaining, tmp_path):
    log, number = tmp_path / "mail.log", itertools.count(1)

    def append(recipient: bytes) -> None:
        with log.open("ab") as stream:
            stream.write(LINE % (next(number), recipient))

    append(b"before@example.com")
    process = explaining("--follow", str(log))
    while not select.select([process.stdout], [], [], 0.1)[0]:  # it may not have opened the file yet
        append(b"first@example.com")
    assert b"first@example.com" in process.stdout.readline()
    log.rename(tmp_path / "mail.log.1")
    append(b"second@example.com")
    while b"second@example.com" not in (line := process.stdout.readline()):
        assert b"first@example.com" in line
    process.stdout.close()
    while process.poll() is None:
        append(b"nobody@example.com")
        time.sleep(0.05)
    assert process.stderr.read() == b""


def test_a_report_that_ctrl_c_breaks_off_says_so_and_leaves_no_process(explaining, tmp_path):
    mails = tmp_path / "mails.mbox"
    mails.write_bytes(b"From a@example.com Mon Nov 23 09:14:05 2026\nSubject: x\n\nWords\n\n" * 100_000)
    process = explaining("--report", "--processes", "2", str(mails))
    while len(workers := workers_of(process.pid)) < 2:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    out, _err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out.startswith(b"Interrupted")
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]
