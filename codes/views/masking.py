"""What leaves the page for a ticket says nothing about persons unless somebody wants it to."""

import re

ADDRESS = re.compile(r"(?<![^\s<>\"'«»“”(),;:])([^\s<>\"'«»“”(),;:@]++)@([^\s<>\"'«»“”(),;:]++)")
LINK = re.compile(r"\bhttps?://[^\s<>\"')\]]+", re.IGNORECASE)
IPV6_ADDRESS = re.compile(r"(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}|:)(?![\w:])", re.IGNORECASE)
#: A host's name: labels that end in letters. "5.7.1" and "v1.2" are none.
HOST = re.compile(r"(?<![\w.@-])(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z]{2,}(?![\w-])", re.IGNORECASE)
#: What identifies a message or a session: a word with letters and digits, or a number longer than a reply code.
IDENTIFIER = re.compile(r"(?<![\w.#])(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[\w+/=-]{6,}(?![\w.]\w)|\d{4,}")
IP_ADDRESS = re.compile(r"\b\d{1,3}\.\d{1,3}\.(\d{1,3})\.(\d{1,3})\b")


def masked_address(address: str) -> str:
    """Return "m…i@example.com" for "mario.rossi@example.com": the domain matters, the name does not."""
    local, at, domain = address.rpartition("@")
    if not at:
        return address
    return f"{local[0]}…{local[-1]}@{domain}" if len(local) > 2 else f"…@{domain}"


def masked(text: str) -> str:
    """Return a text with every mail address masked, and the last half of every IPv4 address."""
    text = ADDRESS.sub(lambda found: masked_address(found[0]), text)
    return IP_ADDRESS.sub(lambda found: f"{found[0].split('.')[0]}.{found[0].split('.')[1]}.x.x", text)


def unnamed(text: str) -> str:
    """Return a reply in which nothing points to anybody, no address, link, host, number or id: what may be kept."""
    text = LINK.sub("‹link›", text)
    text = ADDRESS.sub("‹address›", text)
    text = IPV6_ADDRESS.sub("‹ip›", IP_ADDRESS.sub("‹ip›", text))
    text = HOST.sub("‹host›", text)
    return " ".join(IDENTIFIER.sub("####", text).split())
