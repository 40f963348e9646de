"""Whether a known message and the enhanced code in its own examples say the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from codes.knowledge.entries import ENHANCED_CODE, UNSPECIFIC
from codes.knowledge.examples import Fault, short

_CODE = re.compile(rf"(?<![\d.]){ENHANCED_CODE.pattern}(?![\d.])")


def first_disagreement(reason: str, examples: Sequence[str], says: Callable[[str], str | None]) -> Fault | None:
    """Return the first example whose enhanced code stands for another reason; None where they agree.

    `says` returns the slug of the reason for which a code stands by itself, or None where it says nothing.
    """
    for position, example in enumerate(examples):
        found = _CODE.search(example)
        said = says(found[0]) if found else None
        if found and said and said != reason and said not in UNSPECIFIC:
            sentence = _(
                "%(code)s in the example “%(example)s” stands for the reason %(said)s: say in “Differs from its code” "
                "why this one is right, or choose that reason."
            )
            return Fault("examples", position, sentence % {"code": found[0], "example": short(example), "said": said})
    return None
