"""Opens files: a mail, an mbox of many, a zip of these; each message is read on its own, so a bad one spoils none."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from codes.bounce.compound_file import SIGNATURE
from codes.bounce.unreadable import UnreadableInput

#: Limits of what is opened: a message (contract: 25 MB), and what a zip may unfold to where somebody else sent it.
LARGEST_MESSAGE = 25 * 1024 * 1024
LARGEST_ARCHIVE = 200 * 1024 * 1024
MOST_MEMBERS = 100_000

#: Bytes that are read at once of a mailbox, which may be larger than the memory.
_BLOCK = 1 << 20
#: Bytes in which the line that begins a message ends, and the header below it is named.
_LINE = 2000
_BEGINS = re.compile(rb"From \S*.*\d{2}:\d{2}.*\r?\n(?=[A-Za-z][A-Za-z0-9-]*:)")
_ZIP = b"PK\x03\x04"

#: What a message is: its bytes, or why there are none: too-large, archive.
Content = bytes | UnreadableInput


def messages(name: str, source: bytes | IO[bytes], largest_archive: int | None = None) -> Iterator[tuple[str, Content]]:
    """Yield each message of a file with its name: "mails.mbox#3", "a.zip/b.eml", or the file's own.

    The source is the file's bytes, or the file opened: an mbox and a zip are then never whole in memory, and may have
    any size. A zip unfolds to at most `largest_archive` bytes; by default that is LARGEST_ARCHIVE for bytes, and no
    limit for a file of one's own. What cannot be opened comes as the UnreadableInput that says why: too-large, archive.
    """
    if isinstance(source, bytes):
        source, largest_archive = io.BytesIO(source), largest_archive or LARGEST_ARCHIVE
    head = source.read(_BLOCK)
    if head.startswith(_ZIP):
        yield from _members(name, head, source, largest_archive)
    elif head.startswith(SIGNATURE):
        yield name, _whole(head, source)  # one mail of Outlook's, however its bytes may look
    else:
        yield from _of_mbox(name, head, source)


def _whole(head: bytes, stream: IO[bytes]) -> Content:
    data = head + stream.read(LARGEST_MESSAGE + 1 - len(head))
    return data if len(data) <= LARGEST_MESSAGE else UnreadableInput("too-large")


def _of_mbox(name: str, head: bytes, stream: IO[bytes]) -> Iterator[tuple[str, Content]]:
    blank = len(head) - len(head.lstrip())
    if not _BEGINS.match(head, blank) or (blank and head[blank - 1] not in b"\r\n"):
        yield name, _whole(head, stream)
        return
    found = _cut(head[blank:], stream)
    first, second = next(found), next(found, None)
    if second is None:
        yield name, head[:blank] + first if isinstance(first, bytes) else first
        return
    yield f"{name}#1", first
    yield f"{name}#2", second
    for number, content in enumerate(found, 3):
        yield f"{name}#{number}", content


def _cut(held: bytes, stream: IO[bytes]) -> Iterator[Content]:
    """Yield the messages of a mailbox, of which a few blocks are held at a time."""
    begins = seen = 0  # where the message begins, and up to where its end was looked for
    too_large = ended = False
    while True:
        line = held.find(b"\nFrom ", seen) + 1
        if not ended and (not line or len(held) - line < _LINE):
            seen = line - 1 if line else max(len(held) - _LINE, seen)  # the line may go on in the next block
            too_large = too_large or seen - begins > LARGEST_MESSAGE
            kept = seen if too_large else begins
            block = stream.read(_BLOCK)
            held, ended = held[kept:] + block, not block
            begins, seen = 0, seen - kept
            continue
        if not line or _BEGINS.match(held, line, line + _LINE):
            content = held[begins:line] if line else held[begins:]
            too_large = too_large or len(content) > LARGEST_MESSAGE
            yield UnreadableInput("too-large") if too_large else content
            begins, too_large = line, False
        if not line:
            return
        seen = line


def _members(name: str, head: bytes, stream: IO[bytes], largest: int | None) -> Iterator[tuple[str, Content]]:
    if not stream.seekable():
        stream = io.BytesIO(head + stream.read())
    try:
        archive = zipfile.ZipFile(stream)
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        yield name, UnreadableInput("archive")
        return
    total = 0
    for entry in entries[:MOST_MEMBERS]:
        member = f"{name}/{entry.filename}"
        total += entry.file_size
        if entry.file_size > LARGEST_MESSAGE or (largest and total > largest):
            yield member, UnreadableInput("too-large")
            continue
        try:
            content = archive.read(entry)
        except (zipfile.BadZipFile, RuntimeError, ValueError, OSError, NotImplementedError, EOFError, zlib.error):
            yield member, UnreadableInput("archive")  # damaged, or locked by a password
            continue
        if content.startswith(SIGNATURE):
            yield member, content
        else:
            yield from _of_mbox(member, content, io.BytesIO())
