"""What providers mean by an enhanced code, where that differs from the registry: read from their known messages.

Microsoft's 5.7.509 is in no registry, and its 5.1.10 says "recipient not found" where RFC 7505 says "takes no mail". A
provider's messages that name a code tell what it means there, if all of them give the same reason. Where they do not,
those that begin with the same reply code may: Yahoo's 550 5.7.9 asks for SPF and DKIM, its 554 5.7.9 is a rule.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from codes.knowledge.entries import ENHANCED_CODE, Signature

#: The reason by provider and code, "5.7.509" or "554 5.7.9"; the provider is None where every provider that uses an
#: enhanced code agrees.
ProviderReasons = dict[tuple[str | None, str], str]

_BOTH_CODES = re.compile(r"([45]\d\d)[ -]#?([45]\.\d{1,3}\.\d{1,3})(?![\d.])")


def provider_reasons(signatures: Iterable[Signature]) -> ProviderReasons:
    """Return the reason that each provider's known messages give a code, where they give one only."""
    said: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for signature in signatures:
        if not signature.provider or signature.evidence == "assumed":
            continue
        for code in signature.codes:
            if ENHANCED_CODE.fullmatch(code):
                said[signature.provider, code].add(signature.reason)
                said[None, code].add(signature.reason)
        for example in signature.examples:
            if both := _BOTH_CODES.match(example):
                said[signature.provider, f"{both[1]} {both[2]}"].add(signature.reason)
    return {key: min(reasons) for key, reasons in said.items() if len(reasons) == 1}
