"""A small knowledge base that keeps to every rule, for tests that break one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from codes.linting import check
from codes.linting.finding import Finding

FOLDER = Path(__file__).parent / "sound"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """Return a copy of the sound folder, to be broken."""
    for file in FOLDER.iterdir():
        (tmp_path / file.name).write_text(file.read_text())
    return tmp_path


@pytest.fixture
def found(sound: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Finding]]:
    """Return a function that replaces a text in one file of the sound folder, and lints it."""
    monkeypatch.setattr(check, "exempt", list)

    def replaced(file: str = "", old: str = "", new: str = "") -> list[Finding]:
        if file:
            text = (sound / file).read_text()
            assert old in text
            (sound / file).write_text(text.replace(old, new, 1))
        return check.lint(sound)

    return replaced
