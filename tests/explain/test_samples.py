"""The samples of tests/bounce: why their mails came back, and whose move it is, as was written beforehand."""

import json
from pathlib import Path
from typing import Any

import pytest

from codes.bounce import read
from codes.explain import explain
from codes.knowledge.entries import Knowledge

SAMPLES = Path(__file__).parents[1] / "bounce" / "samples"


def labelled() -> list[dict[str, Any]]:
    """The lines that name reasons, but for what is known to be read wrongly."""
    rows = map(json.loads, (SAMPLES / "expected.jsonl").read_text(encoding="utf-8").splitlines())
    return [row for row in rows if "wrong" not in row and any("reasons" in one for one in row["deliveries"] or ())]


@pytest.mark.django_db
@pytest.mark.parametrize("row", labelled(), ids=lambda row: row["file"])
def test_the_reason_and_whose_move_it_is(knowledge: Knowledge, row: dict[str, Any]) -> None:
    deliveries = explain(read((SAMPLES / row["file"]).read_bytes()), knowledge, "en").deliveries
    for wanted, got in zip(row["deliveries"], deliveries, strict=True):
        assert got.reason in wanted.get("reasons", [got.reason])
        actors = wanted.get("who_acts") or got.who_acts
        assert got.who_acts in (actors if isinstance(actors, list) else [actors])
