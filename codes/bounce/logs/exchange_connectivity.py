"""Exchange's Transport Connectivity Log: `time,session,source,destination,>,description`, joined by session.

It tells of hosts that were not reached, or not found: mail for them is still tried. Source: Microsoft's documentation
("Connectivity logging"); logs posted in public forums for the descriptions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from codes.bounce.dates import iso_date
from codes.bounce.logs.exchange_rows import HOST_NAME, SESSION_ID
from codes.bounce.logs.exchange_tracking import cells_of
from codes.bounce.logs.story import Log, Try, told
from codes.bounce.patterns import Phrases
from codes.bounce.report import Delivery

#: What a row says of a host that was not reached, or not found.
_UNREACHED = Phrases(
    [
        r"Failed (?:to connect|connection) to \S",
        r"Failed to establish (?:a )?connection",
        r"DNS server returned (?:Info|Error)\w+",
        r"\bDNS quer(?:y|ies) .{0,200}\bfailed\b|\bDNS (?:query|lookup|resolution) failed\b",
        r"\bInfo(?:DomainNonexistent|NoRecords|MxLoopback)\b",
        r"The last SMTP endpoint failed",
    ]
)
_REACHED = "Established connection to"
_TRANSFERRED = re.compile(r"Messages: ?0*[1-9]")


def read(lines: list[str]) -> Log | None:
    """Return what connections that failed tell."""
    rows = [cells for line in lines if line.count(",") > 4 and (cells := cells_of(line))]
    unreached = tuple(one for one in told(list(_tries(rows))) if one.outcome != "delivered")
    return Log("exchange", unreached) if unreached else None


def _tries(rows: list[list[str]]) -> Iterator[Try]:
    """Yield one try for each session of the connectivity log: nothing got through, or a message did."""
    sessions: dict[tuple[str, str], list[list[str]]] = {}
    for cells in rows:
        if (
            len(cells) > 5
            and cells[4] in ("+", ">", "*", "-")
            and cells[2] == "SMTP"
            and SESSION_ID.fullmatch(cells[1])
        ):
            sessions.setdefault((cells[3], cells[1]), []).append(cells)
    for (destination, _session), story in sessions.items():
        said = [(cells[0], ",".join(cells[5:]).strip()) for cells in story]
        at = iso_date(said[-1][0])
        if any(_TRANSFERRED.match(words) for _time, words in said):
            yield Try("", None, "delivered", "", at, part=destination.lower())
        elif not any(words.startswith(_REACHED) for _time, words in said):  # else a dialogue went wrong
            failed = [words for _time, words in said if _UNREACHED.search(words)]
            if failed:
                # the last row says only that the next host will be tried
                words = next((one for one in reversed(failed) if not one.startswith("Messages:")), failed[-1])
                host = destination.lower() if HOST_NAME.fullmatch(destination) else None
                found = Delivery(reply_text=words, spoken_by="local")
                part = destination.lower()
                yield Try("", None, "delayed", words, at, host=host, stage="connect", delivery=found, part=part)
