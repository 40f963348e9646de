"""How fast mails are read and explained: beside flufl.bounce, beside the bare parse, and as an input grows."""

from __future__ import annotations

import email
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from codes.benchmarks.processes import peak_megabytes
from codes.benchmarks.timing import seconds_each, table
from codes.bounce import UnreadableInput, read
from codes.explain import explain
from codes.knowledge import snapshot
from codes.knowledge.entries import Knowledge

#: Kilobytes of the inputs that grow.
SIZES = (1, 10, 100, 1024, 10_240)

_HEAD = b"From: MAILER-DAEMON@mx.example.com\nTo: anna@example.org\nSubject: Undelivered mail\nMIME-Version: 1.0\n"
_PARAGRAPH = (
    b"<anna%d@example.net>: host mx.example.net[192.0.2.1] said: 550 5.1.1 User unknown (in reply to RCPT TO)\n\n"
)
_STATUS = (
    b"Final-Recipient: rfc822; anna%d@example.net\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no\n\n"
)
_LOG = (
    b"Nov 23 10:00:00 mx postfix/smtp[1]: %09X: to=<anna%d@example.net>, relay=mx.example.net[192.0.2.1]:25, "
    b"delay=1, dsn=5.1.1, status=bounced (host mx.example.net[192.0.2.1] said: 550 5.1.1 User unknown)\n"
)


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("folder", nargs="?", default="tests/bounce/samples", help="a folder of mails (*.eml)")
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="KB of the largest input (default: %(default)s)")


def run(write: Callable[[str], object], folder: str, largest: int) -> None:
    """Measure and write: rates side by side, the slowest mail, and how time and memory grow."""
    knowledge = snapshot.current()
    mails = {path.name: path.read_bytes() for path in sorted(Path(folder).glob("*.eml"))}
    if not mails:
        raise FileNotFoundError(f"No *.eml in {folder}.")
    _warm(mails, knowledge)
    write(f"{len(mails)} mails of {folder}, {sum(map(len, mails.values())) >> 10} KB, one core\n")
    write(table(_rates(list(mails.values()), knowledge)))
    milliseconds, name = max(
        (seconds_each(lambda data: explain(read(data), knowledge, "it"), [data], rounds=3) * 1000, name)
        for name, data in mails.items()
    )
    write(f"\nThe slowest mail takes {milliseconds:.1f} ms: {name}\n")
    write(table(_growth(knowledge, [size for size in SIZES if size <= largest])))
    write(f"\nMost memory of this process: {peak_megabytes():.0f} MB")


def _warm(mails: dict[str, bytes], knowledge: Knowledge) -> None:
    """What is built on first use is no mail's cost."""
    for data in mails.values():
        explain(read(data), knowledge, "it")


def _rates(mails: list[bytes], knowledge: Knowledge) -> Iterator[tuple[str, ...]]:
    from flufl.bounce import scan_message  # only developers have it

    def scanned(data: bytes) -> None:
        """A mail on which the peer fails costs it the time until then."""
        with suppress(Exception):  # it takes every header for a plain string
            scan_message(email.message_from_bytes(data))

    whole = {
        "read and explained": lambda data: explain(read(data), knowledge, "it"),
        "read": read,
        "flufl.bounce, addresses only": scanned,
        "parsed by the standard library": email.message_from_bytes,
    }
    seconds = {name: seconds_each(function, mails) for name, function in whole.items()}
    peer = seconds["flufl.bounce, addresses only"]
    yield ("", "mails a second", "of flufl.bounce", "of the bare parse")
    for name, each in seconds.items():
        parse = seconds["parsed by the standard library"] / each
        yield (name, f"{1 / each:.0f}", f"{peer / each:.2f}", f"{parse:.2f}")


def _growth(knowledge: Knowledge, sizes: list[int]) -> Iterator[tuple[str, ...]]:
    """Time for each KB must not rise from one column to the next."""
    yield ("ms for each KB of", *(f"{size} KB" for size in sizes))
    for name, made in SHAPES.items():
        cells = []
        for size in sizes:
            data = made(size * 1024)
            each = seconds_each(lambda data: _explained(data, knowledge), [data], rounds=1 if size > 1024 else 2)
            cells.append(f"{each * 1000 / (len(data) / 1024):.3f}")
        yield (name, *cells)


def _explained(data: bytes, knowledge: Knowledge) -> None:
    try:
        explain(read(data), knowledge, "it")
    except UnreadableInput:
        return


def _repeated(line: bytes, size: int) -> bytes:
    numbers = line.count(b"%")
    count = max(1, size // (len(line) + 4))
    text = bytearray()  # a list of the lines would take more memory than what is measured
    for number in range(count):
        text += line % ((number,) * numbers)
    return bytes(text)


def _multipart(kind: bytes, parts: list[bytes]) -> bytes:
    return _multipart_of(kind, b"".join(b"--edge\n" + part + b"\n" for part in parts))


def _multipart_of(kind: bytes, body: bytes) -> bytes:
    return _HEAD + b'Content-Type: multipart/%s; boundary="edge"\n\n%s--edge--\n' % (kind, body)


#: Inputs of any size, made to be read in vain or in full.
SHAPES: dict[str, Callable[[int], bytes]] = {
    "a notice of many recipients": lambda size: _HEAD + b"\n" + _repeated(_PARAGRAPH, size),
    "a report of many recipients": lambda size: _multipart(
        b"report", [b"Content-Type: message/delivery-status\n\n" + _repeated(_STATUS, size)]
    ),
    "a mail that came back": lambda size: _multipart(
        b"report",
        [
            b"Content-Type: message/delivery-status\n\n" + _STATUS % 1,
            b"Content-Type: message/rfc822\n\n" + _HEAD + b"\n" + b"lorem ipsum dolor 550 " * (size // 22),
        ],
    ),
    "headers": lambda size: _HEAD + _repeated(b"X-Header-%d: value of it\n", size) + b"\nNothing.\n",
    "parts": lambda size: _multipart_of(b"mixed", b"--edge\n\nwords\n" * (size // 14)),
    "HTML": lambda size: _HEAD + b"Content-Type: text/html\n\n<p>" + b"<b>words</b> <br>" * (size // 17),
    "a log": lambda size: _repeated(_LOG, size),
    "one long line": lambda size: b"550 " + b"a" * size,
    "numbers": lambda size: b"550 " * (size // 4),
    "at signs": lambda size: b"a@" * (size // 2),
}
