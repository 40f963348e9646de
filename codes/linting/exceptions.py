"""What breaks a rule with good reason, as exceptions.yaml lists it."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from codes.linting.finding import Finding

FILE = Path(__file__).with_name("exceptions.yaml")


@dataclass(frozen=True)
class Exempt:
    """A place where a rule does not hold, and why."""

    rule: str
    place: str  # as a finding names it
    why: str


def exempt(file: Path = FILE) -> list[Exempt]:
    """Return the exceptions; raises TypeError where one lacks rule, place or why."""
    return [Exempt(**row) for row in yaml.safe_load(file.read_text()) or ()]


def without(findings: list[Finding], exceptions: list[Exempt]) -> list[Finding]:
    """Return the findings that no exception covers, and one for each exception that covers none."""
    allowed = {(exception.rule, exception.place) for exception in exceptions}
    met = {(finding.rule, finding.place) for finding in findings}
    left = [finding for finding in findings if (finding.rule, finding.place) not in allowed]
    left += [
        Finding("exception", exception.place, f"nothing that breaks “{exception.rule}”", "no exception", FILE.name)
        for exception in exceptions
        if (exception.rule, exception.place) not in met
    ]
    return left
