"""The well-known mail domains, and the one that a misspelt one probably means."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

#: Letters of a domain's name below which one edit makes any other: tim.it and tin.it are both real.
SHORTEST_NAME = 4


class MailDomains:
    """The mail domains of the providers' rows."""

    def __init__(self, domains: Iterable[str]) -> None:
        """Index the domains by their names; of several with one name the first in order of the alphabet counts."""
        self._known = frozenset(domains)
        self._by_name: dict[str, str] = {}
        for domain in sorted(self._known):
            self._by_name.setdefault(domain.partition(".")[0], domain)

    def nearest(self, domain: str) -> str | None:
        """Return the well-known domain one edit away, or of the same name with another ending; None for a known one."""
        name, _dot, ending = domain.partition(".")
        if domain in self._known or not ending or len(name) < SHORTEST_NAME:
            return None
        near = process.extract(domain, self._known, scorer=OSA.distance, score_cutoff=1, limit=None)
        if near:
            return min(candidate for candidate, _distance, _position in near)
        return self._by_name.get(name)
