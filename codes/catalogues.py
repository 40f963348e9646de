"""Message catalogues: compiled without msgfmt, which a bare machine lacks, and compared with what the program says."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

#: The calls whose literal arguments are messages, and which of the arguments are context, singular and plural.
CALLS = {
    "_": ("id",),
    "gettext": ("id",),
    "gettext_lazy": ("id",),
    "gettext_noop": ("id",),
    "ngettext": ("id", "plural"),
    "ngettext_lazy": ("id", "plural"),
    "pgettext": ("context", "id"),
    "pgettext_lazy": ("context", "id"),
}
#: A call in what Django's `templatize` makes of a template.
TEMPLATE_CALL = re.compile(
    r"""\b(_|gettext|ngettext|pgettext)\(\s*u?((?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")(?:\s*,\s*u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))*)"""
)
LITERAL = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the program: its id, its plural and its context, each empty where it has none."""

    id: str
    plural: str = ""
    context: str = ""
    place: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What tells messages apart in a catalogue."""
        return (self.context, self.id)


def compile_catalogues(sources: Path, target: Path) -> int:
    """Compile every .po below `sources` to a .mo at the same place below `target`; return how many there were."""
    count = 0
    for source in sorted(sources.glob("*/LC_MESSAGES/*.po")):
        compiled = target / source.relative_to(sources).with_suffix(".mo")
        compiled.parent.mkdir(parents=True, exist_ok=True)
        draft = compiled.with_suffix(".draft")
        polib.pofile(str(source)).save_as_mofile(str(draft))
        draft.replace(compiled)  # readers see the old one or the new one, never half of it
        count += 1
    return count


def messages_of(root: Path) -> Iterator[Message]:
    """Yield every message that the program and its templates use."""
    for file in sorted((root / "codes").rglob("*.py")):
        yield from _in_python(file.read_text(), str(file.relative_to(root)))
    for file in sorted((root / "templates").rglob("*.html")):
        yield from _in_template(file.read_text(), str(file.relative_to(root)))


def _in_python(source: str, place: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in CALLS:
            literals = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            roles = CALLS[name]
            if len(literals) >= len(roles):
                yield Message(**dict(zip(roles, literals, strict=False)), place=f"{place}:{node.lineno}")


def _in_template(source: str, place: str) -> Iterator[Message]:
    for call in TEMPLATE_CALL.finditer(templatize(source)):
        literals = [ast.literal_eval(literal[0]) for literal in LITERAL.finditer(call[2])]
        roles = CALLS[call[1]]
        if len(literals) >= len(roles):
            values = {role: literal.replace("%%", "%") for role, literal in zip(roles, literals, strict=False)}
            yield Message(**values, place=place)
