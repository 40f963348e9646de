"""Barracuda Email Security Gateway: `inbound/pass1[2]: host[ip] 1613914801-0b8e5d2a-KzQm2p 16139148 16139148 RECV ...`.

RECV `sender recipient action reason extra` is what it refused a client, SCAN `encryption sender recipient score action
reason extra SUBJ:...` what it stopped once it had the message, SEND `encryption action queue-id response` how the next
host took it; for whom that was, the lines before it with its message id tell.
From memory of Barracuda Campus, "Syslog and the Barracuda Email Security Gateway".
"""

from __future__ import annotations

import re
from dataclasses import replace

from codes.bounce.addresses import IP_ADDRESS, find_addresses
from codes.bounce.logs.story import Joint, Log, Try, said_here, told
from codes.bounce.logs.syslog import SYSLOG, syslog_time
from codes.bounce.report import Outcome, Stage
from codes.bounce.verdict import delivery_from_words

_MESSAGE = r"\b(?P<id>\d{10}-[0-9A-Za-z]{1,40}-\w{1,12}) +\d{1,10} +\d{1,10} +"
_LINE = re.compile(rf"{_MESSAGE}(?P<service>RECV|SCAN|SEND) +(?P<rest>.*)$")
JOINT = Joint(re.compile(_MESSAGE + r"(?:RECV|SCAN|SEND) "))
_HEADER = re.compile(SYSLOG)
_CLIENT = re.compile(rf"(?P<host>[\w.-]*)\[(?P<ip>{IP_ADDRESS})\]")
_TO = r"\S+ +(?P<to>-|[^\s@]{1,200}@\S+) +"
_ACTION = r"(?P<action>\d{1,2}) +(?P<reason>\d{1,3}|-)(?!\S)"
#: Older versions have no column for encryption. The subject behind all is the sender's word.
_RECEIVED = {
    "RECV": re.compile(rf"{_TO}{_ACTION}"),
    "SCAN": re.compile(rf"(?:[A-Za-z-]+ +)?{_TO}(?:-|-?\d+(?:\.\d+)?) +{_ACTION}"),
}
_SENT = re.compile(r"(?:[A-Za-z-]+ +)?(?P<action>[1-4]) +(?P<queue>\S+) +(?P<words>.*)$")
#: Of what is allowed, tagged or put in quarantine, nobody is told that it did not arrive.
_STOPPED: dict[str, Outcome] = {"2": "failed", "5": "delayed"}
_SEND_OUTCOMES: dict[str, Outcome] = {"1": "delivered", "2": "failed", "3": "delayed", "4": "expired"}
#: After the documentation; the line has the number alone.
_REASONS = dict(
    reason.split(" ", 1)
    for reason in (
        "1 Virus|2 Banned Attachment|3 RBL Match|4 Rate Control|7 No Such Domain|8 No Such User|9 Subject Filter Match|"
        "12 Recipient Address Rejected|13 No Valid Recipients|14 Domain Not Found|15 Sender Address Rejected|"
        "31 Spam Score|34 Header Filter Match|37 Body Filter Match|39 Intention Analysis Match|"
        "45 Allowed Message Size Exceeded|46 Too Many Recipients|60 Spam Fingerprint Found|"
        "62 Barracuda Reputation Blocklist|64 Recipient Verification Unavailable|66 Client Reverse DNS"
    ).split("|")
)


def read(lines: list[str]) -> Log | None:
    """Return what the gateway's lines tell."""
    tries: list[Try] = []
    recipients: dict[str, dict[str, str]] = {}
    host = None
    for line in lines:
        found = _LINE.search(line) if "RECV " in line or "SCAN " in line or "SEND " in line else None
        if found is None:
            continue
        header = _HEADER.match(line)
        at = syslog_time(header["time"]) if header else None
        known = recipients.setdefault(found["id"], {})
        if found["service"] == "SEND":
            if sent := _SENT.match(found["rest"]):
                tries.append(_sending(found["id"], sent, known, at))
        elif received := _RECEIVED[found["service"]].match(found["rest"]):
            named = [address.value for address in find_addresses(received["to"])]
            known.update((to.lower(), to) for to in named)
            if received["action"] in _STOPPED:
                one = _refusal(found, received, at)
                tries += [replace(one, recipient=to or None) for to in named or [""]]
        host = host or (header["host"] if header else None)
    return Log("barracuda", told(tries), reporting_host=host) if tries else None


def _refusal(found: re.Match[str], received: re.Match[str], at: str | None) -> Try:
    """Return what the gateway refused or put off, of nobody yet; the host in the line is the client."""
    words = _REASONS.get(received["reason"], "")
    client = _CLIENT.fullmatch(found.string[: found.start()].rstrip().rpartition(" ")[2])
    said = replace(
        said_here(words),
        remote_host=client["host"].lower() if client and "." in client["host"] else None,
        remote_ip=client["ip"] if client else None,
    )
    stage: Stage | None = "message" if found["service"] == "SCAN" else None
    return Try(found["id"], None, _STOPPED[received["action"]], words, at, stage=stage, delivery=said)


def _sending(key: str, sent: re.Match[str], known: dict[str, str], at: str | None) -> Try:
    """Return what the next host said: to the only recipient, or to the one whom it names."""
    words = sent["words"].partition(" #to#")[0]
    said = delivery_from_words(None, None, words, "")
    named = [known[to] for one in find_addresses(words) if (to := one.value.lower()) in known]
    recipient = next(iter(known.values() if len(known) == 1 else named), None)
    said = replace(said, spoken_by="remote") if said.reply_code else said
    part = "" if recipient else sent["queue"]
    return Try(key, recipient, _SEND_OUTCOMES[sent["action"]], words, at, delivery=said, part=part)
