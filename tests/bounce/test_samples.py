"""Samples written before anybody saw how they are explained: what samples/expected.jsonl says of each must be read.

A line of expected.jsonl has "file", "is_bounce", "kind", "system" and "deliveries", in the words of an explanation's
JSON. What a line does not name is not compared, and where it has a list, each of the list's values is right; [null]
asks for nothing to be found, and "deliveries": null for nothing at all. A line with "wrong": "why" is known to be read
wrongly, and the test says so once that changes.
"""

import json
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from codes.bounce import read

SAMPLES = Path(__file__).with_name("samples")
EXPECTED = SAMPLES / "expected.jsonl"
NOT_COMPARED = {"reasons", "who_acts", "permanence"}  # these are judged later, by codes.explain


def lines() -> list[dict[str, Any]]:
    with EXPECTED.open(encoding="utf-8") as rows:
        return [json.loads(row) for row in rows if row.strip()]


def cases() -> list[Any]:
    def known(line: dict[str, Any]) -> list[pytest.MarkDecorator]:
        return [pytest.mark.xfail(reason=line["wrong"], strict=True)] if "wrong" in line else []

    return [pytest.param(line, id=line["file"], marks=known(line)) for line in lines()]


def settled(want: Any, got: Any) -> Any:
    """What was found where the label allows it, else the label: the two are then equal, or show the difference."""
    if isinstance(want, list):
        return got if got in want else want
    return want


def compared(label: dict[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in label.items() if field not in NOT_COMPARED}


@pytest.mark.parametrize("line", cases())
def test_a_sample_is_read_as_labelled(line: dict[str, Any]) -> None:
    content = (SAMPLES / line["file"]).read_bytes()
    report = read(content if line["file"].endswith(".eml") else content.decode())
    got: dict[str, Any] = {field: getattr(report, field) for field in ("is_bounce", "kind", "system") if field in line}
    want: dict[str, Any] = {field: settled(line[field], value) for field, value in got.items()}
    if line["deliveries"] is not None:
        pairs = list(zip_longest(map(compared, line["deliveries"]), report.deliveries))
        got["deliveries"] = [
            {field: getattr(found, field) for field in (label or ["recipient"])} for label, found in pairs if found
        ]
        want["deliveries"] = [
            {field: settled(value, getattr(found, field, None)) for field, value in label.items()}
            for label, found in pairs
            if label is not None
        ]
    assert got == want


def test_every_sample_has_its_line_and_every_line_its_sample() -> None:
    named = [line["file"] for line in lines()]
    there = sorted(path.name for path in SAMPLES.iterdir() if path != EXPECTED)
    assert sorted(named) == there
