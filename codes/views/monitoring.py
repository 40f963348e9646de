"""What machines ask: does the process answer, has it what it needs, what has it counted."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse

from codes.knowledge import revision, snapshot
from codes.views import visitor

View = Callable[[HttpRequest], HttpResponse]
PLAIN = "text/plain; charset=utf-8"


def monitored(view: View) -> View:
    """Answer only those whom the setting names; for others there is no such page."""

    @login_not_required
    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        if not visitor.is_among(visitor.address_of(request), settings.MONITORED_FROM):
            raise Http404
        response = view(request)
        response["Cache-Control"] = "no-store"
        return response

    return answered


@monitored
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type=PLAIN)


@monitored
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether the database answers and there is a snapshot; 503 where either lacks.

    Without the database pages and explanations go on: this is for an alarm, and for the start of a new node.
    """
    try:
        number = snapshot.current().revision
    except DatabaseError:
        number = None
    database = _database_answers()
    lines = [
        f"database {'ok' if database else 'does not answer'}",
        "snapshot missing" if number is None else f"snapshot {number}",
    ]
    status = 200 if database and number is not None else 503
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN, status=status)


def _database_answers() -> bool:
    """Ask it, unless somebody is just looking whether it is back."""
    try:
        if not snapshot.keeper.database_is_gone:
            revision.current()
    except DatabaseError:
        return False
    return not snapshot.keeper.database_is_gone


@monitored
def metrics(request: HttpRequest) -> HttpResponse:
    """Tell what was counted, by all workers of this server."""
    from codes.monitoring import meters

    return HttpResponse(meters.told(), content_type=meters.CONTENT_TYPE_LATEST)
