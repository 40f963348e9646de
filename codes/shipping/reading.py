"""Reads fixture files into plain rows that still know the line they stand on."""

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from codes.shipping.kinds import BY_LABEL, KINDS, FieldPlan, Kind, NaturalKey, Plain, key_text

#: libyaml where it is installed: twenty times as fast as the pure Python one.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

TAGS = {
    "tag:yaml.org,2002:str": "text",
    "tag:yaml.org,2002:int": "number",
    "tag:yaml.org,2002:float": "decimal number",
    "tag:yaml.org,2002:bool": "yes or no",
    "tag:yaml.org,2002:null": "nothing",
    "tag:yaml.org,2002:timestamp": "date",
}


class InvalidFixture(ValueError):
    """A file cannot be loaded; the message is one sentence that names file and line."""

    def __init__(self, file: Path, line: int, sentence: str) -> None:
        super().__init__(f"{file.name}, line {line}: {sentence}")


@dataclass(frozen=True)
class Shipped:
    """One entry of a file."""

    kind: Kind
    key: NaturalKey
    plain: Plain
    file: Path
    line: int
    #: The line of each field, and of each item of a list.
    lines: dict[tuple[str, int | None], int] = field(compare=False)

    @property
    def name(self) -> str:
        """The entry as people say it."""
        return f"{self.kind.label} {key_text(self.key)}"

    def refused(self, sentence: str, name: str = "", position: int | None = None) -> InvalidFixture:
        """Return the error that something is wrong with an item of a field, the field, or the entry."""
        line = self.lines.get((name, position)) or self.lines.get((name, None), self.line)
        return InvalidFixture(self.file, line, sentence)


def read_folder(folder: Path) -> list[Shipped]:
    """Return all entries of all files of a folder; raises InvalidFixture at the first thing that is wrong."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise InvalidFixture(folder, 0, "there is no file *.yaml in this folder.")
    entries: dict[tuple[str, NaturalKey], Shipped] = {}
    for file in files:
        for entry in read_file(file):
            first = entries.setdefault((entry.kind.name, entry.key), entry)
            if first is not entry:
                raise entry.refused(f"{entry.name} was there before, in {first.file.name}, line {first.line}.")
    order = {kind.name: position for position, kind in enumerate(KINDS)}
    return sorted(entries.values(), key=lambda entry: order[entry.kind.name])


def read_file(file: Path) -> list[Shipped]:
    """Return the entries of one file."""
    try:
        root = yaml.compose(file.read_text(encoding="utf-8"), Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise InvalidFixture(file, mark.line + 1 if mark else 1, f"this is not YAML: {error.problem}.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InvalidFixture(file, 1, f"this is not YAML in UTF-8: {str(error).splitlines()[0]}.") from error
    if root is None:
        return []
    if not isinstance(root, yaml.SequenceNode):
        raise InvalidFixture(file, _line(root), "a list of entries is expected, each with model and fields.")
    return [_entry(file, node) for node in root.value]


def _line(node: yaml.Node) -> int:
    return node.start_mark.line + 1


def _pairs(file: Path, node: yaml.Node, what: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    """Return the keys and values of a mapping; YAML itself would silently keep the last of two equal keys."""
    if not isinstance(node, yaml.MappingNode):
        raise InvalidFixture(file, _line(node), f"{what} has keys and values, which are missing here.")
    pairs: dict[str, tuple[yaml.Node, yaml.Node]] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise InvalidFixture(file, _line(key), "a key is one word.")
        if key.value in pairs:
            raise InvalidFixture(file, _line(key), f"“{key.value}” stands here twice.")
        pairs[key.value] = (key, value)
    return pairs


def _entry(file: Path, node: yaml.Node) -> Shipped:
    pairs = _pairs(file, node, "an entry")
    for key, (key_node, _node) in pairs.items():
        if key not in ("model", "fields"):
            raise InvalidFixture(file, _line(key_node), f"“{key}” is not expected: an entry has model and fields.")
    for key in ("model", "fields"):
        if key not in pairs:
            raise InvalidFixture(file, _line(node), f"the entry has no {key}.")
    kind = _kind(file, pairs["model"][1])
    plain: Plain = {}
    lines: dict[tuple[str, int | None], int] = {}
    for name, (key_node, value) in _pairs(file, pairs["fields"][1], "fields").items():
        plan = kind.fields.get(name)
        if plan is None:
            raise InvalidFixture(file, _line(key_node), f"{kind.label} has no field “{name}”.")
        plain[name] = _value(file, plan, value)
        lines[name, None] = _line(value)
        if isinstance(value, yaml.SequenceNode):
            lines.update({(name, position): _line(item) for position, item in enumerate(value.value)})
    for lookup in kind.model.natural_key_fields:
        name = lookup.split("__")[0]
        if not plain.get(name) and not kind.fields[name].field.blank:
            raise InvalidFixture(file, _line(node), f"the entry has no “{name}”, which names it.")
    plain = kind.complete(plain)
    return Shipped(kind, kind.key_of(plain), plain, file, _line(node), lines)


def _kind(file: Path, node: yaml.Node) -> Kind:
    kind = BY_LABEL.get(str(node.value).lower())
    if kind is None:
        raise InvalidFixture(file, _line(node), f"the model “{node.value}” is not one of {', '.join(BY_LABEL)}.")
    return kind


def _value(file: Path, plan: FieldPlan, node: yaml.Node) -> Any:
    """Return the plain value of a field; raises InvalidFixture where it has another shape."""
    if plan.shape == "list":
        return [_text(file, plan, item) for item in _items(file, plan, node)]
    if plan.shape == "many":
        return sorted(
            [_text(file, plan, part) for part in _items(file, plan, item)] for item in _items(file, plan, node)
        )
    if plan.shape == "one":
        if _is_nothing(node):
            return None
        return [_text(file, plan, part) for part in _items(file, plan, node)]
    if plan.shape == "text":
        return _text(file, plan, node)
    if plan.shape == "date":
        return None if _is_nothing(node) else _date(file, plan, node)
    wanted = "number" if plan.shape == "number" else "yes or no"
    if TAGS.get(node.tag) != wanted:
        raise InvalidFixture(file, _line(node), f"“{plan.name}” is a {wanted}, not {_said(node)}.")
    return yaml.safe_load(node.value)


def _is_nothing(node: yaml.Node) -> bool:
    return TAGS.get(node.tag) == "nothing"


def _items(file: Path, plan: FieldPlan, node: yaml.Node) -> list[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode):
        shape = "the key of an entry in brackets" if plan.shape == "one" else "a list"
        raise InvalidFixture(file, _line(node), f"“{plan.name}” is {shape}, not {_said(node)}.")
    return list(node.value)


def _text(file: Path, plan: FieldPlan, node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode) or TAGS.get(node.tag) != "text":
        hint = "; put it in quotes" if isinstance(node, yaml.ScalarNode) and not _is_nothing(node) else ""
        raise InvalidFixture(file, _line(node), f"“{plan.name}” is a text, not {_said(node)}{hint}.")
    return str(node.value)


def _date(file: Path, plan: FieldPlan, node: yaml.Node) -> str:
    try:
        return datetime.date.fromisoformat(str(node.value)).isoformat()
    except ValueError:
        raise InvalidFixture(
            file, _line(node), f"“{plan.name}” is a date like 2026-11-23, not {_said(node)}."
        ) from None


def _said(node: yaml.Node) -> str:
    """Return a value as a sentence can name it."""
    if isinstance(node, yaml.ScalarNode):
        return f"the {TAGS.get(node.tag, 'value')} {node.value[:40]}" if not _is_nothing(node) else "nothing"
    return "a list" if isinstance(node, yaml.SequenceNode) else "keys and values"
