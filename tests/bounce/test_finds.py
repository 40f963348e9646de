"""Inputs that once broke the reader; `manage.py fuzz` adds to them."""

from itertools import chain
from pathlib import Path

import pytest

from codes.bounce import UnreadableInput, read
from codes.bounce.evidence import evidence_in

FINDS = sorted((Path(__file__).parent / "finds").iterdir())


@pytest.mark.parametrize("path", FINDS, ids=lambda path: path.name)
def test_what_was_found_is_read_and_its_evidence_stands_in_the_text(path):
    data = path.read_bytes()
    for source in (data, data.decode("utf-8", "replace")):
        try:
            report = read(source)
        except UnreadableInput:
            continue
        pieces = list(chain.from_iterable(evidence_in(report)))
        assert all(report.source_text[piece.start : piece.end] == piece.quote for piece in pieces)
