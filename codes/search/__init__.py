"""Finds codes, reasons, known messages and providers by words, over the snapshot.

`words` says what a word is, `documents` what can be found, `query` what was meant; `index` finds it, and `marking`
shows why.
"""

from codes.search.index import Hit, Index, Results, index_of

__all__ = ["Hit", "Index", "Results", "index_of"]
