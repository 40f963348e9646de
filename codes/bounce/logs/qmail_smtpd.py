"""What qmail's own server refused, as chkuser, simscan and spamdyke log it: one line a recipient.

Sources: chkuser's documentation ("Logging"), simscan's README, spamdyke's documentation ("Log messages").
"""

from __future__ import annotations

import re
from dataclasses import replace

from codes.bounce.logs.story import Log, Try, said_here, told
from codes.bounce.report import Stage

_CHKUSER = re.compile(
    r"\bCHKUSER (?:rejected|rejecting) (?P<what>rcpt|sender|relaying|intrusion)\b.*? from <[^>]*> "
    r"remote <[^>:]*:[^>:]*:(?P<ip>[0-9a-fA-F.:]*)> rcpt <(?P<to>[^>]*)> : (?P<words>.*?)\s*$"
)
_SIMSCAN = re.compile(
    r"\bsimscan:\[\d+\]:(?P<words>(?:SPAM REJECT|VIRUS|ATTACH)[^:]*):[^:]*:.*?:(?P<ip>[0-9a-fA-F.]+):[^:@]*@[^:]*:"
    r"(?P<to>\S+@\S+?)\s*$"
)
_SPAMDYKE = re.compile(
    r"\bspamdyke\[\d+\]: (?P<words>DENIED_[A-Z_]+) from: \S+ to: (?P<to>\S+@\S+|\(unknown\)) "
    r"origin_ip: (?P<ip>[0-9a-fA-F.:]*)"
)
#: Whoever comes back later is let in.
_PUT_OFF = ("DENIED_GRAYLISTED", "DENIED_GREYLISTED")


def read(lines: list[str]) -> Log | None:
    """Return the refusals that the lines tell; what was accepted is still to be delivered."""
    tries = []
    for line in lines:
        if "CHKUSER reject" in line and (found := _CHKUSER.search(line)):
            tries.append(_refused(found, "mail" if found["what"] == "sender" else "rcpt"))
        elif "simscan:" in line and (found := _SIMSCAN.search(line)):
            tries.append(_refused(found, "message"))
        elif "DENIED_" in line and (found := _SPAMDYKE.search(line)):
            tries.append(_refused(found, None))
    return Log("qmail", told(tries)) if tries else None


def _refused(found: re.Match[str], stage: Stage | None) -> Try:
    words, recipient = found["words"], found["to"] if "@" in found["to"] else None
    refusal = replace(said_here(words), remote_ip=found["ip"].lstrip(":") or None)
    return Try("", recipient, "delayed" if words in _PUT_OFF else "failed", words, stage=stage, delivery=refusal)
