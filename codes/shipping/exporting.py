"""Writes the knowledge base of the database as fixture files."""

import os
import tempfile
from pathlib import Path

from django.db import transaction

from codes.shipping.kinds import KINDS
from codes.shipping.stored import read_rows
from codes.shipping.writing import file_text


def export(folder: Path) -> dict[str, bool]:
    """Write one file per kind and return, by file name, whether it changed; raises OSError where that fails."""
    with transaction.atomic():
        stored = read_rows()
    folder.mkdir(parents=True, exist_ok=True)
    return {kind.file_name: _write(folder / kind.file_name, file_text(kind, stored.of(kind))) for kind in KINDS}


def _write(file: Path, text: str) -> bool:
    """Write a file whole or not at all; one that would not change keeps its date."""
    content = text.encode()
    if file.exists() and file.read_bytes() == content:
        return False
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as draft:
        draft.write(content)
    mode = file.stat().st_mode & 0o777 if file.exists() else 0o644
    os.chmod(draft.name, mode)
    os.replace(draft.name, file)
    return True
