"""Who said no, and whose move it is."""

from __future__ import annotations

from codes.bounce.report import Delivery
from codes.explain.explanation import Actor, RefusedBy
from codes.explain.reason import Finding
from codes.knowledge.entries import House, Knowledge


def refused_by(delivery: Delivery, reporting_host: str | None, house: House) -> RefusedBy:
    """Return who said no: one of our own hosts, the other side's, or unknown where the input does not tell."""
    if delivery.spoken_by == "own-server":
        return "our-gateway" if house.owns(reporting_host, house.own_gateways) else "our-server"
    local = delivery.spoken_by == "local"  # nobody answered: what the sending system says is its own
    for name in (reporting_host,) if local else (delivery.remote_host, delivery.remote_ip):
        if house.owns(name, house.own_gateways):
            return "our-gateway"
        if house.owns(name, (*house.own_hosts, *house.own_domains)):
            return "our-server"
    spoke = delivery.remote_host or delivery.remote_ip or delivery.spoken_by == "remote"
    return "their-server" if spoke and not local else "unknown"


def refusing_provider(delivery: Delivery, knowledge: Knowledge) -> str | None:
    """Return the slug of the provider that refused, known by its host, its words or the recipient's domain."""
    finder = knowledge.provider_finder
    host = delivery.remote_host
    if host and (provider := finder.of_host(host)):
        return provider
    if provider := finder.of_words(delivery.reply_text):
        return provider
    if host or delivery.spoken_by == "local" or not delivery.recipient:
        return None
    return finder.of_domain(delivery.recipient.rpartition("@")[2].lower())


def who_acts(delivery: Delivery, finding: Finding, refused: RefusedBy, knowledge: Knowledge) -> Actor:
    """Return whose move it is: the known message's word, then our own side's, then the reason's default."""
    if finding.signature and finding.signature.who_acts:
        return finding.signature.who_acts  # type: ignore[return-value]
    if refused == "our-gateway" and finding.reason in ("policy", "content-rejected", "spam-content"):
        return "sender-admin"
    if refused in ("our-gateway", "our-server") and finding.reason in (
        "connection-failed",
        "loop",
        "system-error",
        "system-full",
        "server-busy",
    ):
        return "sender-admin"
    reason = knowledge.reasons.get(finding.reason)
    if reason is None:
        return "nobody"
    return reason.who_acts(retried=delivery.outcome == "delayed")  # type: ignore[return-value]
