"""Which host refused: the names and addresses that mail systems write beside a reply."""

from __future__ import annotations

import re

from codes.bounce.addresses import HOST_NAME, IP_ADDRESS

_H, _IP = rf"(?P<host>{HOST_NAME})", rf"(?P<ip>{IP_ADDRESS})"

#: The more telling forms come first.
_FORMS = tuple(
    re.compile(form, re.MULTILINE)
    for form in (
        rf"\bhost:?\s+{_H}\s*[\[(]{_IP}[\])]",
        rf"connect(?:ion)? to {_H}\[{_IP}\]",
        rf"(?:lost connection|conversation) with {_H}\[{_IP}\]",
        rf"remote server at {_H} \({_IP}\)",
        rf"(?:receiving|remote) server: {_H}(?: \({_IP}\))?",
        rf"\brelay={_H}\[{_IP}\]",
        rf"\bh={_H} \[{_IP}\]",
        rf"^[ \t]*{_H} \[{_IP}\](?: did not like|:|\s)",
        rf"delivery via\s+{_H}\[{_IP}\]",
        rf"while talking to {_H}\.?:",
        rf"by {_H}\.? \[{_IP}\]",
        rf"\[{_H} {_IP}: ",
        rf"<{_H} (?:\({_IP}\) )?#",
        rf"\bhost:?\s+{_H}\b",
        rf"the server for the domain \S+ by {_H}",
        rf"remote system: dns;{_H}",
        rf"connected to {_IP} ",
        rf"^{_IP} (?:does not like|failed)",
        rf"\b(?:host|server) \[?{_IP}\]?",
        rf"remote server \({_IP}\)",
    )
)


#: Without one of these no form is there, and most replies name no host.
_SIGNS = ("[", "host", "server", "talking to", "connected to", "does not like", " failed", "<")


def refusing_host(text: str) -> tuple[str | None, str | None]:
    """Return the host and the IP address that the words around a reply name, in lower case; each may be None."""
    text = text.lower()
    if not any(sign in text for sign in _SIGNS):
        return None, None
    for form in _FORMS:
        if match := form.search(text):
            found = match.groupdict()
            host = (found.get("host") or "").rstrip(".") or None
            return host, found.get("ip")
    return None, None


def host_and_ip(value: str) -> tuple[str | None, str | None]:
    """Return the host and the IP address in a field such as "dns; mx.example.com (192.0.2.1)"."""
    rest = value.partition(";")[2] if ";" in value else value
    address = re.search(rf"(?<![\w.:]){IP_ADDRESS}(?![\w:])", rest)
    name = re.search(HOST_NAME, rest)
    host = name[0].rstrip(".").lower() if name and not re.fullmatch(r"[\d.]+", name[0]) else None
    return host, address[0] if address and (host is None or address[0] != host) else None
