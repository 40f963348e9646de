"""PowerMTA's accounting files: CSV rows of type b (bounced), t (tried), d (delivered), with or without a heading.

Source: PowerMTA user's guide, "Accounting files": the fields and their usual order.
"""

from __future__ import annotations

import re

from codes.bounce.dates import iso_date
from codes.bounce.hosts import host_and_ip
from codes.bounce.logs.exchange_tracking import cells_of
from codes.bounce.logs.story import Log, Try, told
from codes.bounce.report import Outcome

#: The columns of an accounting file without a heading, as far as they are read.
_USUAL = "type timeLogged timeQueued orig rcpt orcpt dsnAction dsnStatus dsnDiag dsnMta bounceCat".split()
_OUTCOMES: dict[str, Outcome] = {"b": "failed", "rb": "failed", "t": "delayed", "tq": "delayed", "d": "delivered"}
_ACTIONS = frozenset({"failed", "delayed", "relayed", "delivered", "expanded", ""})


def read(lines: list[str]) -> Log | None:
    """Return what rows of an accounting file tell."""
    columns = _USUAL
    tries = []
    for line in lines:
        if line.startswith("type,") and "rcpt" in line:
            columns = [name.strip() for name in cells_of(line)]
        elif "@" in line and line.partition(",")[0] in _OUTCOMES:
            row = dict(zip(columns, cells_of(line), strict=False))
            if "@" in row.get("rcpt", "") and row.get("dsnAction", "-") in _ACTIONS:
                tries.append(_try(row))
    return Log("powermta", told(tries)) if tries else None


def _try(row: dict[str, str]) -> Try:
    host, ip = host_and_ip(row.get("dsnMta", ""))
    status = re.match(r"[245]\.\d{1,3}\.\d{1,3}", row.get("dsnStatus", ""))
    return Try(
        key=f"{row.get('timeQueued', '')} {row.get('orig', '')}",
        recipient=row["rcpt"],
        original_recipient=row.get("orcpt", "").removeprefix("rfc822;") or None,
        outcome=_OUTCOMES[row["type"]],  # of what a host took, the action is always "relayed"
        words=re.sub(r"^(?:smtp|x-pmta) ?; ?", "", row.get("dsnDiag", "")) or row.get("dsnStatus", ""),
        at=iso_date(row.get("timeLogged", "")),
        status=status[0] if status else None,
        host=host,
        ip=ip,
    )
