"""Runs all rules over a folder of fixtures."""

from pathlib import Path

from codes.linting import completeness, languages, layout, lengths, markup, repeats, sources, style, templates
from codes.linting.exceptions import exempt, without
from codes.linting.finding import Finding
from codes.linting.shelf import Shelf

#: The families of rules, in the order in which their findings are told.
FAMILIES = (layout, completeness, languages, markup, templates, lengths, sources, repeats, style)


def lint(folder: Path) -> list[Finding]:
    """Return what breaks a rule in a folder, exceptions left out; raises InvalidFixture where a file cannot be read."""
    shelf = Shelf.of(folder)
    findings = [found for family in FAMILIES for rule in family.RULES for found in rule(shelf)]
    return without(findings, exempt())
