"""Remarks beside the verdict: a misspelt domain, a mail that was never ours, a bounce that only wants a click."""

from __future__ import annotations

from codes.bounce.report import Delivery, Report
from codes.explain.explanation import Hint
from codes.knowledge.entries import House, Knowledge

#: Reasons at which a misspelt domain is worth a question.
_MISSPELT = ("user-unknown", "domain-not-found", "does-not-accept-mail", "dns-failure", "connection-failed")


def hints_for(delivery: Delivery, reason: str, report: Report, knowledge: Knowledge) -> tuple[Hint, ...]:
    """Return the remarks on one delivery; each is a question or a warning, never a verdict."""
    hints = []
    if report.suspicious:
        hints.append(Hint("suspicious", ""))
    if reason in _MISSPELT and delivery.recipient and (domain := likely_domain(delivery.recipient, knowledge)):
        hints.append(Hint("domain-typo", domain))
    if report.is_bounce and (host := foreign_origin(report, knowledge.house)):
        hints.append(Hint("backscatter", host))
    return tuple(hints)


def likely_domain(recipient: str, knowledge: Knowledge) -> str | None:
    """Return the well-known domain that was probably meant: one edit away, or of the same name with another ending.

    Well-known are the mail domains of the providers' rows; one of them, or one of our own, is never in question.
    """
    domain = recipient.rpartition("@")[2].lower()
    meant = knowledge.mail_domains.nearest(domain)
    return None if meant is None or knowledge.house.owns(domain, knowledge.house.own_domains) else meant


def foreign_origin(report: Report, house: House) -> str | None:
    """Return the host from which a mail left that bears one of our addresses but passed none of our servers."""
    ours = (*house.own_hosts, *house.own_gateways, *house.own_domains)
    domain = (report.original.sender or "").rpartition("@")[2]
    hosts = report.original.hosts
    if not house.own_hosts or not hosts or not house.owns(domain, house.own_domains):
        return None
    return None if any(house.owns(host, ours) for host in hosts) else hosts[-1]
