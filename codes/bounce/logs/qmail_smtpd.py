"""What qmail's own server refused, as the chkuser and simscan patches log it: one line a recipient.

Sources: chkuser's documentation ("Logging"), simscan's README.
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


def read(lines: list[str]) -> Log | None:
    """Return the refusals that the lines tell; what was accepted is still to be delivered."""
    tries = []
    for line in lines:
        if "CHKUSER reject" in line and (found := _CHKUSER.search(line)):
            tries.append(_refused(found, "mail" if found["what"] == "sender" else "rcpt"))
        elif "simscan:" in line and (found := _SIMSCAN.search(line)):
            tries.append(_refused(found, "message"))
    return Log("qmail", told(tries)) if tries else None


def _refused(found: re.Match[str], stage: Stage) -> Try:
    refusal = replace(said_here(found["words"]), remote_ip=found["ip"].lstrip(":") or None)
    return Try("", found["to"] or None, "failed", found["words"], stage=stage, delivery=refusal)
