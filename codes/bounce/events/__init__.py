"""Reads events of sending services, as JSON: pasted, or mailed by a notification service. One file a service."""

from __future__ import annotations

from dataclasses import dataclass

from codes.bounce.events import (
    amazon_ses,
    brevo,
    kumomta,
    mailgun,
    mailjet,
    mandrill,
    postmark,
    resend,
    sendgrid,
    sparkpost,
    unlisted,
)
from codes.bounce.events.event import Event, Reader
from codes.bounce.events.objects import from_first_object, objects_in
from codes.bounce.logs.story import told
from codes.bounce.report import Delivery, Kind

#: Each takes an object and returns what it tells, or None where it is not its service's; the last takes anybody's.
READERS: tuple[Reader, ...] = (
    amazon_ses.read,
    sparkpost.read,
    postmark.read,
    mailgun.read,
    mandrill.read,
    sendgrid.read,
    brevo.read,
    mailjet.read,
    resend.read,
    kumomta.read,
    unlisted.read,
)


@dataclass(frozen=True, slots=True)
class Events:
    """What a service reported."""

    system: str | None
    kind: Kind
    deliveries: tuple[Delivery, ...]


def read_events(text: str) -> Events | None:
    """Return the events in a JSON text, or None where none is known or none tells of a delivery.

    Somebody's words may stand above it, as in a ticket. Events about one message and recipient are one story, several
    objects may follow each other.
    """
    objects = from_first_object(text)
    if objects is None:
        return None
    events = [event for value in objects_in(objects) if (event := _event(value)) and event.tries]
    if not events:
        return None
    deliveries = told([one for event in events for one in event.tries])
    return Events(
        events[0].system or None, "complaint" if all(one.complained for one in deliveries) else "event", deliveries
    )


def _event(value: dict[str, object]) -> Event | None:
    return next((event for reader in READERS if (event := reader(value))), None)


__all__ = ["READERS", "Events", "read_events"]
