"""Why a mail came back, whose move it is and what to do: `explain` turns a report into an explanation."""

from codes.explain.explain import explain
from codes.explain.explanation import Explanation

__all__ = ["Explanation", "explain"]
