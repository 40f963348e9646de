"""Finds the provider that refused: by its host, by its words, by the recipient's domain."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import re2

from codes.bounce.patterns import LabelledPhrases
from codes.knowledge.entries import Provider


class ProviderFinder:
    """All providers at once; where two would fit, the longer host name or the earlier row decides."""

    def __init__(self, providers: Collection[Provider]) -> None:
        """Index the providers by their hosts, words and domains."""
        self._by_host: dict[str, str] = {}
        self._by_domain: dict[str, str] = {}
        for provider in providers:
            for host in provider.hosts:
                self._by_host.setdefault(host, provider.slug)
            for domain in provider.domains:
                self._by_domain.setdefault(domain, provider.slug)
        self._words = LabelledPhrases(
            (provider.slug, map(re2.escape, provider.words)) for provider in providers if provider.words
        )

    def of_host(self, host: str) -> str | None:
        """Return the slug of the provider to which a host belongs, "mx.google.com" to google.com."""
        return next((self._by_host[name] for name in _name_and_parents(host) if name in self._by_host), None)

    def of_words(self, text: str) -> str | None:
        """Return the slug of the first provider whose words, or links, are in a reply."""
        return self._words.first(text)

    def of_domain(self, domain: str) -> str | None:
        """Return the slug of the provider whose mail domain it is."""
        return self._by_domain.get(domain)


def _name_and_parents(host: str) -> Iterator[str]:
    """Yield a host's name and the domains above it, the longest first."""
    while host:
        yield host
        _label, _dot, host = host.partition(".")
