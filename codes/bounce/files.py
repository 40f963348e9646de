"""Opens files: a mail, an mbox of many, a zip of these; each message is read on its own, so a bad one spoils none."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from codes.bounce.compound_file import SIGNATURE
from codes.bounce.reader import UnreadableInput

#: Limits of what is opened (contract: 25 MB a file) and of what a zip may unfold to.
LARGEST_FILE = 25 * 1024 * 1024
LARGEST_ARCHIVE = 200 * 1024 * 1024
MOST_MEMBERS = 100_000

_MBOX_LINE = re.compile(rb"(?m)^From \S*.*\d{2}:\d{2}.*\r?\n(?=[A-Za-z][A-Za-z0-9-]*:)")


def messages(name: str, data: bytes) -> Iterator[tuple[str, bytes | UnreadableInput]]:
    """Yield each message of a file with its name: "mails.mbox#3", "a.zip/b.eml", or the file's own.

    What cannot be opened comes as the UnreadableInput that says why: too-large, archive.
    """
    if len(data) > LARGEST_FILE:
        yield name, UnreadableInput("too-large")
    elif data.startswith(SIGNATURE):
        yield name, data  # one mail of Outlook's, however its bytes may look
    elif data.startswith(b"PK\x03\x04"):
        yield from _members(name, data)
    else:
        yield from _of_mbox(name, data)


def _of_mbox(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    starts = [match.start() for match in _MBOX_LINE.finditer(data)]
    if len(starts) < 2 or data[: starts[0]].strip():
        yield name, data
        return
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(data)
        yield f"{name}#{number + 1}", data[start:end]


def _members(name: str, data: bytes) -> Iterator[tuple[str, bytes | UnreadableInput]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        yield name, UnreadableInput("archive")
        return
    total = 0
    for entry in entries[:MOST_MEMBERS]:
        member = f"{name}/{entry.filename}"
        total += entry.file_size
        if entry.file_size > LARGEST_FILE or total > LARGEST_ARCHIVE:
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
            yield from _of_mbox(member, content)
