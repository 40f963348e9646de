"""Counts requests and their times."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from codes.knowledge import snapshot

METHODS = ("GET", "HEAD", "POST")

Answer = Callable[[HttpRequest], HttpResponse]


def count_requests(get_response: Answer) -> Answer:
    """Count each request under the pattern of its address: what somebody typed is no label."""
    revision = -1

    def counted(request: HttpRequest) -> HttpResponse:
        nonlocal revision
        from codes.monitoring.meters import meters  # in the worker: see there

        began = time.perf_counter()
        response = get_response(request)
        match = request.resolver_match
        route = match.route if match else "none"
        method = request.method if request.method in METHODS else "other"
        told = meters()
        told.requests.labels(route, method, response.status_code).inc()
        told.seconds.labels(route).observe(time.perf_counter() - began)
        if (now := snapshot.keeper.revision) != revision:
            told.revision.set(now)
            revision = now
        return response

    return counted
