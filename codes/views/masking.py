"""What leaves the page for a ticket says nothing about persons unless somebody wants it to."""

import re

ADDRESS = re.compile(r"(?<![^\s<>\"'«»“”(),;:])([^\s<>\"'«»“”(),;:@]++)@([^\s<>\"'«»“”(),;:]++)")
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
