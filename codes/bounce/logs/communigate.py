"""CommuniGate Pro: `11:42:08.02 2 DEQUEUER [30518872] SMTP(example.org)anna@example.org failed: 550 no such user`.

The number in brackets names the message. `LOCAL(account)` is a mailbox of its own, `relayed` means that another host
took the message. Lines hold no day: files are named by it. From memory of CommuniGate Pro's manual, "Queue" and "Logs".
"""

from __future__ import annotations

import re
from dataclasses import replace

from codes.bounce.addresses import first_address
from codes.bounce.logs.story import Joint, Log, Try, told
from codes.bounce.report import Outcome, Stage
from codes.bounce.verdict import delivery_from_words

_LINE = re.compile(
    r"\bDEQUEUER \[(?P<id>\d{1,12})\] (?P<queue>SMTP|LOCAL)\((?P<in>[^\s()]{1,255})\)(?P<to>\S{0,320}) "
    r"(?P<what>failed|delayed|relayed|delivered)(?:: *(?P<words>.*))?$"
)
#: The time and the level before the words.
_TIME = re.compile(r"(\d\d:\d\d:\d\d)\.\d{2,3} \d $")
JOINT = Joint(re.compile(r"\b(DEQUEUER \[\d{1,12}\])"))
_OUTCOMES: dict[str, Outcome] = {
    "failed": "failed",
    "delayed": "delayed",
    "relayed": "delivered",
    "delivered": "delivered",
}
_STAGES: dict[str, Stage | None] = {"LOCAL": "delivery", "SMTP": None}


def read(lines: list[str]) -> Log | None:
    """Return what the lines of CommuniGate's dequeuer tell."""
    found = (_LINE.search(line) for line in lines if "DEQUEUER [" in line)
    tries = [_try(line) for line in found if line]
    return Log("communigate", told(tries)) if tries else None


def _try(found: re.Match[str]) -> Try:
    words = found["words"] or ""
    is_local = found["queue"] == "LOCAL"
    recipient = found["in"] if is_local else first_address(found["to"])  # the main domain's accounts are bare names
    said = delivery_from_words(None, None, words, "")
    if said.reply_code:
        said = replace(said, spoken_by="local" if is_local else "remote")
    time = _TIME.search(found.string, max(0, found.start() - 20), found.start())
    at, stage = time[1] if time else None, _STAGES[found["queue"]]
    part = "" if recipient else found["to"]
    return Try(found["id"], recipient, _OUTCOMES[found["what"]], words, at, stage=stage, delivery=said, part=part)
