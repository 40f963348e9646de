"""Finds the files below folders: mails one by one, mailboxes, archives, Maildirs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path


def files_below(paths: Iterable[str]) -> Iterator[str]:
    """Yield the files that paths name, those of a folder in the order of their names.

    Hidden files and folders are left out, but for the hidden subfolders of a Maildir; of a Maildir only its mails are
    read, not what the server notes beside them. Links to folders are not followed. What does not exist, and a folder
    that may not be read, is yielded as it is: whoever opens it says so.
    """
    for path in paths:
        if Path(path).is_dir():
            yield from _below(path)
        else:
            yield path


def _below(folder: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    maildir = _is_maildir(folder)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            hidden = entry.name.startswith(".") and not (maildir and _is_maildir(entry.path))
            if not hidden and not (maildir and entry.name == "tmp"):
                yield from _below(entry.path)
        elif not entry.name.startswith(".") and not maildir and entry.is_file():
            yield entry.path


def _is_maildir(folder: str) -> bool:
    return all(Path(folder, name).is_dir() for name in ("cur", "new"))
