"""What providers mean by an enhanced code, where that differs from the registry: read from their known messages.

Microsoft's 5.7.509 is in no registry, and its 5.1.10 says "recipient not found" where RFC 7505 says "takes no mail". A
provider's messages that name a code tell what it means there, if all of them give the same reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from codes.knowledge.entries import ENHANCED_CODE, Signature

#: The reason by provider and code, "5.7.509"; the provider is None where every provider that uses the code agrees.
ProviderReasons = dict[tuple[str | None, str], str]


def provider_reasons(signatures: Iterable[Signature]) -> ProviderReasons:
    """Return the reason that each provider's known messages give an enhanced code, where they give one only."""
    said: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for signature in signatures:
        if not signature.provider or signature.evidence == "assumed":
            continue
        for code in signature.codes:
            if ENHANCED_CODE.fullmatch(code):
                said[signature.provider, code].add(signature.reason)
                said[None, code].add(signature.reason)
    return {key: min(reasons) for key, reasons in said.items() if len(reasons) == 1}
