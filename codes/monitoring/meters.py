"""The meters. Workers write theirs into a folder that `serve` makes, so that any of them can tell the sum of all."""

import os
import re
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)

__all__ = ["CONTENT_TYPE_LATEST", "Meters", "meters", "told"]

#: Seconds; most pages take some ten-thousandths.
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)

_lock = threading.Lock()


@dataclass(frozen=True)
class Meters:
    """Every meter; labels are patterns of addresses and words of the knowledge base, never what somebody typed."""

    requests: Counter
    seconds: Histogram
    explanations: Counter
    revision: Gauge


def meters() -> Meters:
    """Return this process's meters, made on first use: that is in a worker, after `serve` has said where they lie."""
    with _lock:  # the first two requests may come at once, and a meter can be made only once
        return _meters()


@cache
def _meters() -> Meters:
    return Meters(
        requests=Counter("rimbalzo_requests", "Requests answered.", ["route", "method", "status"]),
        seconds=Histogram("rimbalzo_request_seconds", "Seconds that requests took.", ["route"], buckets=BUCKETS),
        explanations=Counter("rimbalzo_explanations", "Deliveries explained.", ["reason", "basis"]),
        revision=Gauge(
            "rimbalzo_snapshot_revision",
            "Revision of the texts that the worker furthest behind serves.",
            multiprocess_mode="livemin",
        ),
    )


def told() -> bytes:
    """Return all meters in Prometheus's text format."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if not folder:
        return generate_latest(REGISTRY)
    _forget_dead(Path(folder))
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    return generate_latest(registry)


def _forget_dead(folder: Path) -> None:
    """Drop what dead workers said of their present; what they counted stays."""
    for file in folder.glob("gauge_live*.db"):
        pid = re.search(r"_(\d+)\.db$", file.name)
        if pid and not _is_running(int(pid[1])):
            file.unlink(missing_ok=True)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
