"""The one error that reading raises."""

from __future__ import annotations


class UnreadableInput(ValueError):
    """The input cannot be read; `code` says why: empty, binary, outlook, outlook-item."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
