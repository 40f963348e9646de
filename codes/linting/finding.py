"""What a rule says of a text that breaks it."""

from dataclasses import dataclass

from codes.shipping.reading import Shipped


@dataclass(frozen=True)
class Finding:
    """One place where a rule is broken: what stands there, and what should."""

    rule: str
    place: str  # the entry as people say it, and its field: "codes.reason mailbox-full, steps_it"
    found: str
    expected: str
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}: " if self.file else ""
        return f"{where}{self.place}\n  {self.rule}: found {self.found}; expected {self.expected}"


def finding(rule: str, entry: Shipped, field: str, found: str, expected: str) -> Finding:
    """Return the finding about a field of an entry, or about the whole entry where the field is empty."""
    line = entry.lines.get((field, None), entry.line)
    place = f"{entry.name}, {field}" if field else entry.name
    return Finding(rule, place, found, expected, entry.file.name, line)


def quoted(text: str, most: int = 70) -> str:
    """Return a text as a finding shows it: on one line, cut where it is long."""
    flat = " ".join(str(text).split())
    return f"“{flat[:most]}…”" if len(flat) > most else f"“{flat}”"
