"""Reads log lines: one file a mail system, all of one shape, tried in the order of `READERS`."""

from __future__ import annotations

import re

from codes.bounce import words
from codes.bounce.logs import (
    activity,
    amavis,
    barracuda,
    cisco_esa,
    cisco_esa_delivery,
    cisco_esa_events,
    communigate,
    courier,
    cpanel,
    dma,
    domino,
    dovecot,
    exchange_connectivity,
    exchange_send,
    exchange_shell,
    exchange_trace,
    exchange_tracking,
    exim,
    fortimail,
    haraka,
    iis_smtp,
    kerio,
    maddy,
    mimecast,
    msmtp,
    opensmtpd,
    postfix,
    powermta,
    qmail,
    qmail_smtpd,
    queue_list,
    rspamd,
    sendmail,
    stalwart,
)
from codes.bounce.logs.story import Log, Reader
from codes.bounce.logs.syslog import unwrapped
from codes.bounce.logs.wrapped import parted, rejoined, without_gutter

#: A longer line is no line of a log; several patterns look at each one.
LONGEST_LINE = 4000
#: Rows of a table name up to a few thousand recipients; their readers take them apart once.
LONGEST_ROW = 100_000

#: A time, or a program and its process, at the beginning of a line.
_LINE_OF_A_LOG = re.compile(
    r"\s*[\[(]?(?:[A-Z]{3} |[A-Z][a-z]{2},? )?"
    r"(?:[A-Z][a-z]{2} +\d{1,2}|\d{1,4}[-/.](?:\d\d|[A-Z][a-z]{2})[-/.]\d{1,4})[ T,:]+(?:\d{4} )?\d\d:\d\d:\d\d|"
    r"\s*(?:[\w.-]+ )?[\w./-]+\[\d+\]: "
)

#: Each takes the lines and returns the deliveries they tell, or None where the lines are not its system's.
READERS: tuple[Reader, ...] = (
    cisco_esa.read,
    cisco_esa_delivery.read,
    cisco_esa_events.read,
    postfix.read,
    sendmail.read,
    fortimail.read,
    exim.read,
    qmail.read,
    opensmtpd.read,
    haraka.read,
    dma.read,
    courier.read,
    domino.read,
    dovecot.read,
    qmail_smtpd.read,
    queue_list.read,
    rspamd.read,
    amavis.read,
    powermta.read,
    kerio.read,
    mimecast.read,
    stalwart.read,
    maddy.read,
    msmtp.read,
    cpanel.read,
    communigate.read,
    barracuda.read,
    exchange_tracking.read,
    exchange_shell.read,
    exchange_trace.read,
    exchange_connectivity.read,
    exchange_send.read,
    iis_smtp.read,
    activity.read,
)
#: What joins the lines of those that part a delivery's story over several.
JOINTS = tuple(
    system.JOINT
    for system in (
        *(postfix, exim, sendmail, qmail, opensmtpd, haraka, dma, cisco_esa),
        *(stalwart, maddy, communigate, barracuda),
    )
)
_READ_ROWS = frozenset({powermta.read, exchange_tracking.read, exchange_shell.read, exchange_trace.read})


def read_log(text: str) -> Log | None:
    """Return what the log lines in a text tell, or None where it holds none."""
    rows = rows_in(text)
    lines = [line for line in rows if len(line) < LONGEST_LINE]
    return next((log for reader in READERS if (log := reader(rows if reader in _READ_ROWS else lines))), None)


def rows_in(text: str) -> list[str]:
    """Return the lines that a mail system wrote, without what others put before them, and none of them broken."""
    written = [line for line in text.splitlines() if len(line) < LONGEST_ROW]
    pieces = parted(without_gutter(written))
    return rejoined([unwrapped(line) for line in pieces], [len(line) for line in pieces])


def is_of_another_log(text: str) -> bool:
    """Return whether a text begins like the line of a log, and of a program that has nothing to do with mail."""
    return bool(_LINE_OF_A_LOG.match(text)) and not words.OF_REPLIES.search(text)


__all__ = ["JOINTS", "READERS", "Log", "is_of_another_log", "read_log", "rows_in"]
