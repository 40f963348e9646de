"""What many mails tell together: counts, and which addresses to take off a list or to try again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Any

from codes.explain.lists import LISTS, AddressList, is_cause, is_failure


@dataclass(slots=True)
class Summary:
    """Counts over explanations; sums of parts give what the whole gives, in whatever way it was parted.

    `messages` counts what was looked at, of which `bounces` are bounces and `unreadable` (by error code) could not be
    read. The others count deliveries of bounces: `outcomes` all of them, `reasons` those that say why, and the rest
    those that did not arrive, or not yet. Where such a delivery tells no provider, domain or day, the key is "".
    """

    messages: int = 0
    bounces: int = 0
    unreadable: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    actors: Counter[str] = field(default_factory=Counter)
    providers: Counter[str] = field(default_factory=Counter)
    domains: Counter[str] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    #: Each address that belongs on a list, in lower case, with the list it belongs on.
    addresses: dict[str, AddressList] = field(default_factory=dict)

    @property
    def not_bounces(self) -> int:
        """Return how many messages could be read and tell of no bounce."""
        return self.messages - self.bounces - self.unreadable.total()

    def on_list(self, name: AddressList) -> list[str]:
        """Return the addresses on a list, sorted by domain and name."""
        found = (address for address, belongs in self.addresses.items() if belongs == name)
        return sorted(found, key=lambda address: address.split("@")[::-1])

    def count(self, is_bounce: bool, rows: list[dict[str, Any]]) -> None:
        """Add what one message means; `rows` are those of `codes.explain.rows`."""
        self.messages += 1
        if not is_bounce:
            return
        self.bounces += 1
        for row in rows:
            self.outcomes[row["outcome"]] += 1
            if is_cause(row["reason"]):
                self.reasons[row["reason"]] += 1
            if is_failure(row["outcome"]):
                self.actors[row["who_acts"]] += 1
                self.providers[row["provider"] or ""] += 1
                self.domains[row["domain"] or ""] += 1
                self.days[row["day"] or ""] += 1
            if belongs := row["list"]:
                self._put(row["recipient"], belongs)

    def count_unreadable(self, code: str) -> None:
        """Add a message that could not be read, with the code that says why."""
        self.messages += 1
        self.unreadable[code] += 1

    def add(self, other: Summary) -> None:
        """Add what was counted elsewhere."""
        self.messages += other.messages
        self.bounces += other.bounces
        for one in fields(self):
            if isinstance(counter := getattr(self, one.name), Counter):
                counter.update(getattr(other, one.name))
        for address, belongs in other.addresses.items():
            self._put(address, belongs)

    def _put(self, address: str, belongs: AddressList) -> None:
        address = address.lower()
        known = self.addresses.get(address)
        if known is None or LISTS.index(belongs) < LISTS.index(known):
            self.addresses[address] = belongs
