"""Throws changed mails at the reader, guided by the code that they reach (atheris, libFuzzer).

Runs as a process of its own, `python -m codes.fuzzing FOLDER...`, because what is watched must be imported under
watch. `manage.py fuzz` starts it. An input that breaks a promise is written where -artifact_prefix says.
"""

from __future__ import annotations

import sys
from itertools import chain

import atheris

with atheris.instrument_imports(include=["codes.bounce"]):
    from codes.bounce import UnreadableInput, read
    from codes.bounce.evidence import evidence_in


def keeps_its_promises(data: bytes) -> None:
    """Read an input as a file and as a paste: nothing is raised but UnreadableInput, and evidence is in the text."""
    for source in (data, data.decode("utf-8", "replace")):
        try:
            report = read(source)
        except UnreadableInput:
            continue
        for piece in chain.from_iterable(evidence_in(report)):
            assert report.source_text[piece.start : piece.end] == piece.quote, piece  # noqa: S101 (the finding)


if __name__ == "__main__":
    atheris.Setup(sys.argv, keeps_its_promises)
    atheris.Fuzz()
