"""What the app is made of: every package that it needs to run, with its version and its licence."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from site_config.environment import CHECKOUT

#: Classifiers say more than a licence does: "License :: OSI Approved :: MIT License".
_CLASSIFIER = "License :: OSI Approved :: "


@dataclass(frozen=True, order=True)
class Dependency:
    """One package. `licence` is as its maker writes it, or the empty string where it does not."""

    name: str
    version: str
    licence: str
    needed_by: str


#: What browsers run of others, in static/vendor: file, licence, who needs it. The version stands at its top.
VENDORED = (("htmx.min.js", "0BSD", "pages"), ("jquery-ui.min.js", "MIT", "the admin's tabs"))
_VERSION = re.compile(r"v?(\d+\.\d+\.\d+)")


def dependencies() -> list[Dependency]:
    """Return every package that pyproject.toml asks for, what those ask for in turn, and what is vendored."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, Dependency] = {}
    waiting = [(Requirement(line), "rimbalzo") for line in project["dependencies"]]
    while waiting:
        requirement, asking = waiting.pop()
        name = canonicalize_name(requirement.name)
        try:
            package = distribution(requirement.name)
        except PackageNotFoundError:  # for another system or Python than this
            continue
        if name not in found:
            found[name] = Dependency(name, package.version, licence_of(package), asking)
        waiting += [
            (each, name) for each in _needs(package, requirement.extras) if canonicalize_name(each.name) not in found
        ]
    return sorted([*found.values(), *_vendored()])


def licence_of(package: Distribution) -> str:
    """Return a package's licence in a few words: the SPDX expression, the classifier, or the field's first line."""
    told = package.metadata.json
    if expression := told.get("license_expression"):
        return str(expression)
    classified = [line.removeprefix(_CLASSIFIER) for line in told.get("classifier", []) if line.startswith(_CLASSIFIER)]
    if classified:
        return ", ".join(classified)
    return re.split(r"\n", str(told.get("license", "")), maxsplit=1)[0].strip()[:60]


def _vendored() -> Iterator[Dependency]:
    for name, licence, asking in VENDORED:
        version = _VERSION.search((CHECKOUT / "static" / "vendor" / name).read_text(encoding="utf-8")[:200])
        yield Dependency(name.removesuffix(".min.js"), version[1] if version else "", licence, asking)


def _needs(package: Distribution, extras: set[str]) -> Iterator[Requirement]:
    for line in package.requires or ():
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield requirement
