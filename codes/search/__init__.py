"""Finds codes, reasons, known messages and providers by words, over the snapshot."""

from codes.search.index import Hit, Index, Results, index_of

__all__ = ["Hit", "Index", "Results", "index_of"]
