"""The way of a message from sender to mailbox: where it stopped, and whose move it is."""

from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from codes.explain.explanation import ExplainedDelivery, Explanation
from codes.knowledge.entries import House, Reason

SENDER, OUR_MAIL, GATEWAY, THEIR_MAIL, MAILBOX = "sender", "our-mail", "gateway", "their-mail", "mailbox"
NAMES = {
    SENDER: pgettext_lazy("place", "Sender"),
    OUR_MAIL: pgettext_lazy("place", "Our mail"),
    GATEWAY: pgettext_lazy("place", "Our filter"),
    THEIR_MAIL: pgettext_lazy("place", "Their mail"),
    MAILBOX: pgettext_lazy("place", "Recipient"),
}
PLACE_OF_ACTOR = {
    "sender": SENDER,
    "sender-admin": OUR_MAIL,
    "recipient": MAILBOX,
    "recipient-admin": THEIR_MAIL,
}
PLACE_OF_REFUSAL = {
    "our-server": OUR_MAIL,
    "our-gateway": GATEWAY,
    "their-server": THEIR_MAIL,
    "unknown": THEIR_MAIL,
}


@dataclass(frozen=True, slots=True)
class Place:
    """One place that a message passes."""

    name: str
    address: str = ""
    state: str | Promise = ""
    verdict: str = ""  # where it stopped
    beyond: bool = False
    must: bool = False
    may: bool = False
    waits: bool = False

    @property
    def label(self) -> str | Promise:
        """The place's name in the reader's language."""
        return NAMES[self.name]

    @property
    def icon(self) -> str:
        """The verdict's shape where the message stopped, else the place's own picture."""
        return self.verdict or self.name


@dataclass(frozen=True, slots=True)
class Route:
    """The places in order; `stop` and `to` count from 1, `arc` is how the line bounces."""

    places: tuple[Place, ...]
    stop: int
    to: int
    arc: str  # back, on, retry, or empty


def route_of_delivery(delivery: ExplainedDelivery, explanation: Explanation, house: House) -> Route:
    """Return the way of a delivery that failed or is delayed; addresses are those that the input names."""
    said = delivery.said
    names = [SENDER, OUR_MAIL, THEIR_MAIL, MAILBOX]
    reporter = explanation.reporting_host or ""
    by_gateway = delivery.refused_by == "our-gateway" or house.owns(reporter, house.own_gateways)
    if by_gateway:
        names.insert(2, GATEWAY)
    stop = PLACE_OF_REFUSAL[delivery.refused_by]
    addresses = _addresses(delivery, explanation, house, by_gateway, stop)
    verdict = "temporary" if said.outcome == "delayed" else "permanent"
    places = [Place(name, address=addresses[name]) for name in names]
    waits = delivery.who_acts == "nobody" and delivery.permanence == "soft"
    return _route(places, stop, verdict, delivery.who_acts, delivery.may_help, waits, _state(delivery))


def _addresses(
    delivery: ExplainedDelivery, explanation: Explanation, house: House, by_gateway: bool, stop: str
) -> dict[str, str]:
    """Return what the input calls each place; empty where it does not say, or where it is not sure whose host it is."""
    said, reporter = delivery.said, explanation.reporting_host or ""
    remote = said.remote_host or said.remote_ip or ""
    ours = house.owns(reporter, house.own_hosts) or (delivery.refused_by == "their-server" and remote != reporter)
    addresses = {
        SENDER: explanation.original.sender or "",
        OUR_MAIL: reporter if ours and not by_gateway else "",
        GATEWAY: reporter if by_gateway else "",
        THEIR_MAIL: remote,
        MAILBOX: said.recipient or "",
    }
    if stop in (OUR_MAIL, GATEWAY) and delivery.refused_by != "unknown" and remote:
        addresses[stop], addresses[THEIR_MAIL] = remote, ""
    return addresses


def _state(delivery: ExplainedDelivery) -> str | Promise:
    """Return what the place where it stopped did, in two words."""
    if delivery.said.stage == "connect" and not delivery.said.reply_code:
        return _("Did not answer")
    if delivery.refused_by == "unknown" and delivery.said.spoken_by != "remote":
        return _("Stopped here, as a rule")
    if delivery.said.stage == "delivery":
        return _("Accepted it, then sent it back")
    return _("“Not now”") if delivery.permanence == "soft" or delivery.said.became_permanent else _("Said no")


def route_of_reason(reason: Reason, verdict: str, mover: str) -> Route:
    """Return the usual way of a message that meets a reason."""
    places = [Place(name) for name in (SENDER, OUR_MAIL, THEIR_MAIL, MAILBOX)]
    waits = mover == "nobody" and verdict == "temporary"
    state = _("“Not now”") if verdict == "temporary" else _("Said no")
    return _route(places, THEIR_MAIL, verdict, mover, reason.may_help, waits, state)


def _route(
    places: list[Place],
    stop_name: str,
    verdict: str,
    mover: str,
    helpers: tuple[str, ...],
    waits: bool,
    state: str | Promise,
) -> Route:
    names = [place.name for place in places]
    stop = names.index(stop_name)
    to_name = PLACE_OF_ACTOR.get(mover) or (OUR_MAIL if waits else "")
    to = names.index(to_name) if to_name else stop
    may = {PLACE_OF_ACTOR.get(helper) for helper in helpers}
    drawn = []
    for index, place in enumerate(places):
        drawn.append(
            replace(
                place,
                verdict=verdict if index == stop else "",
                state=state if index == stop else "",
                beyond=index > stop,
                must=place.name == to_name and not waits,
                waits=place.name == to_name and waits,
                may=place.name in may and place.name != to_name,
            )
        )
    arc = "" if to == stop else "retry" if waits else "back" if to < stop else "on"
    return Route(tuple(drawn), stop + 1, to + 1, arc)
