"""Which host refused: the names and addresses that mail systems write beside a reply."""

from __future__ import annotations

import re

from codes.bounce.addresses import HOST_NAME, IP_ADDRESS
from codes.bounce.patterns import LabelledPhrases

#: The more telling forms come first.
_FORMS = (
    r"\bhost:?\s+HOST\s*[\[(]IP[\])]",
    r"connect(?:ion)? to HOST\[IP\]",
    r"(?:lost connection|conversation) with HOST\[IP\]",
    r"remote server at HOST \(IP\)",
    r"(?:receiving|remote) server: HOST(?: \(IP\))?",
    r"\brelay=HOST\[IP\]",
    r"\bh=HOST \[IP\]",
    r"^[ \t]*HOST \[IP\](?: did not like|:|\s)",
    r"delivery via\s+HOST\[IP\]",
    r"while talking to HOST\.?:",
    r"by HOST\.? \[IP\]",
    r"\[HOST IP: ",
    r"<HOST (?:\(IP\) )?#",
    r"\bhost:?\s+HOST\b",
    r"the server for the domain \S+ by HOST",
    r"remote system: dns;HOST",
    r"connected to IP ",
    r"^IP (?:does not like|failed)",
    r"\b(?:host|server) \[?IP\]?",
    r"remote server \(IP\)",
)


def _form(pattern: str, host: str, ip: str) -> str:
    return pattern.replace("HOST", host).replace("IP", ip)


#: A quick look says which forms may be there; then their own patterns are tried.
_PERHAPS = LabelledPhrases(((form, [_form(form, r"\S+", r"[0-9a-f.:]+")]) for form in _FORMS), multiline=True)
_COMPILED = {
    form: re.compile(_form(form, rf"(?P<host>{HOST_NAME})", rf"(?P<ip>{IP_ADDRESS})"), re.MULTILINE) for form in _FORMS
}


def refusing_host(text: str) -> tuple[str | None, str | None]:
    """Return the host and the IP address that the words around a reply name, in lower case; each may be None."""
    text = text.lower()
    for form in _PERHAPS.all(text):
        if match := _COMPILED[form].search(text):
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
