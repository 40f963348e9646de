"""How much one address may ask for: generous, since a whole helpdesk may sit behind one, and kept per worker."""

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from math import ceil
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from codes.views import visitor
from codes.views.errors import too_many

#: What explaining in bulk leaves of the share, so that colleagues at the same address go on explaining one by one.
BULK_LEAVES = 0.1
#: Addresses that are remembered; the ones unseen for longest go first.
REMEMBERED = 10_000


class Allowance:
    """Each address may ask as often as a minute's share allows, and gets its share back bit by bit."""

    def __init__(self) -> None:
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, address: str) -> int:
        """Take one from an address's share and return 0, or return the seconds until it has one again."""
        return ceil(self.wait_for_many(address, 1, leaving=0))

    def wait_for_many(self, address: str, count: int, leaving: float = BULK_LEAVES) -> float:
        """Take several from an address's share and return 0, or return the seconds until it may have them.

        `leaving` of the share stays untouched. More than there ever are at once leave a debt, which the next one waits
        for.
        """
        share = settings.EXPLAIN_LIMIT
        key, now = _household(address), time.monotonic()
        kept = share * leaving
        needed = min(kept + count, share)
        with self._lock:
            left, then = self._left.pop(key, (float(share), now))
            left = min(float(share), left + (now - then) * share / 60)
            allowed = left >= needed
            self._left[key] = (left - count if allowed else left, now)
            if len(self._left) > REMEMBERED:
                self._left.popitem(last=False)
        return 0 if allowed else (needed - left) * 60 / share

    def forget(self) -> None:
        """Give everybody the full share."""
        with self._lock:
            self._left.clear()


explanations = Allowance()


def limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a POST of an address that has used up its share with 429, without reading what it brings."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and (seconds := explanations.wait(visitor.address_of(request))):
            return too_many(request, seconds)
        return view(request, *args, **kwargs)

    return answered


def _household(address: str) -> str:
    """Return an address, or of IPv6 its network: there one machine has as many addresses as it likes."""
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network(f"{number}/64", strict=False)) if number.version == 6 else address
