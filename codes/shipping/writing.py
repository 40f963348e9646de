"""Writes plain rows as YAML, in one way only: where two files differ, their entries do.

A field that has its default is left out; codes are quoted; a text of several lines is a literal block; a long one is
folded, so that a changed word shows as a changed line.
"""

import re
from collections.abc import Iterable
from typing import Any

import yaml

from codes.shipping.kinds import FieldPlan, Kind, Plain

WIDTH = 110
#: Lists that stand one item a line even where they are short: they grow, and a diff should show one line each.
TALL = {"patterns", "examples"}

#: A text that YAML reads back as the same text without quotes: it begins with a letter, and holds no ": ", " #" or
#: invisible character.
_PLAIN = re.compile(r"[^\W\d_](?:(?!: |:$| #)[^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff])*(?<! )")
_PLAIN_IN_BRACKETS = re.compile(r"[^\W\d_](?:(?!: |:$| #)[\w \-./@’'+():])*(?<! )")
_BLOCK = re.compile(r"[^\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]*")
#: What YAML 1.1 reads as yes, no or nothing.
_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}


def file_text(kind: Kind, rows: Iterable[Plain]) -> str:
    """Return the text of the file that holds these rows."""
    lines: list[str] = []
    for row in rows:
        lines += [f"- model: {kind.label}", "  fields:"]
        for plan in kind.fields.values():
            if row[plan.name] != plan.default:
                lines += _field(plan, row[plan.name])
    return "\n".join(lines or ["[]"]) + "\n"


def _field(plan: FieldPlan, value: Any) -> list[str]:
    key = f"    {plan.name}:"
    if plan.shape == "switch":
        return [f"{key} {'true' if value else 'false'}"]
    if plan.shape in ("number", "date"):
        return [f"{key} {value}"]
    if plan.shape == "one":
        return [f"{key} {_brackets(value)}"]
    if plan.shape == "many":
        return _wrapped(key, [_brackets(item) for item in value])
    if plan.shape == "list":
        return _list(key, plan.name, value)
    return _text(key, value, indent=6)


def _list(key: str, name: str, items: list[str]) -> list[str]:
    flat = f"{key} {_brackets(items)}"
    if name not in TALL and len(flat) <= WIDTH:
        return [flat]
    if name not in TALL and not any(" " in item for item in items):
        return _wrapped(key, [_word(item) for item in items])
    lines = [key]
    for item in items:
        lines += _text("      -", item, indent=8)
    return lines


def _brackets(items: list[str]) -> str:
    return f"[{', '.join(_word(item) for item in items)}]"


def _wrapped(key: str, items: list[str]) -> list[str]:
    """Return a list in brackets, over several lines where it is long."""
    if len(flat := f"{key} [{', '.join(items)}]") <= WIDTH:
        return [flat]
    lines = [f"{key} ["]
    line = "     "
    for item in items:
        if len(line) + len(item) + 2 > WIDTH:
            lines.append(line)
            line = "     "
        line += f" {item},"
    return [*lines, line, "    ]"]


def _word(text: str) -> str:
    """Return an item of a list in brackets."""
    return text if _PLAIN_IN_BRACKETS.fullmatch(text) and text.lower() not in _WORDS else _quoted(text)


def _text(start: str, text: str, indent: int) -> list[str]:
    """Return a text after its key or dash, in the form that reads best."""
    margin = " " * indent
    if not _BLOCK.fullmatch(text) or text != text.strip() or re.search(r" \n", text):
        return [f"{start} {_escaped(text)}"]
    if "\n" in text:
        return [f"{start} |-", *(margin + line if line else "" for line in text.split("\n"))]
    if len(f"{start} {text}") <= WIDTH:
        return [f"{start} {text if _PLAIN.fullmatch(text) and text.lower() not in _WORDS else _quoted(text)}"]
    return [f"{start} >-", *(margin + line for line in _folded(text, WIDTH - indent))]


def _folded(text: str, width: int) -> list[str]:
    """Break a text at single blanks, where folding gives the blank back."""
    lines: list[str] = []
    line = ""
    for word in re.split(r"(?<! ) (?! )", text):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def _quoted(text: str) -> str:
    if not _BLOCK.fullmatch(text) or "\n" in text:
        return _escaped(text)
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _escaped(text: str) -> str:
    """Return a text that needs escapes, on one line."""
    return yaml.safe_dump(text, default_style='"', allow_unicode=True, width=float("inf")).rstrip("\n")
