"""Who changed what and when, as a difference that reads like a text, and the way back."""

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Field, Model
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from simple_history.admin import SimpleHistoryAdmin
from simple_history.models import ModelDelta

from codes.history import unrecorded

WORDS = re.compile(r"\s+|\w+\s*|[^\w\s]\s*")


class HistoryAdmin(SimpleHistoryAdmin):
    """An entry with a history."""

    object_history_list_template = "admin/history_list.html"

    def set_history_delta_changes(
        self, request: HttpRequest, historical_records: Sequence[Any], foreign_keys_are_objs: bool = True
    ) -> None:
        """Give each record its changes; the oldest of a page is compared with the one before it."""
        records = list(historical_records)
        for number, record in enumerate(records):
            before = records[number + 1] if number + 1 < len(records) else record.prev_record
            record.changes = list(changes(self.model, record.diff_against(before))) if before else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save; a form in which nothing was changed leaves no record."""
        if not change or form.changed_data:
            super().save_model(request, obj, form, change)
            return
        super().save_model(request, unrecorded(obj), form, change)
        del obj.skip_history_when_saving


def changes(model: type[Model], delta: ModelDelta) -> Iterator[tuple[str, SafeString]]:
    """Yield the name of each changed field, and its old and new text in one, word by word."""
    bare = {field.translated_field.name for field in model._meta.get_fields() if hasattr(field, "translated_field")}
    for change in delta.changes:
        if change.field not in bare:
            field = model._meta.get_field(change.field)
            yield str(field.verbose_name), difference(_text(field, change.old), _text(field, change.new))


def _text(field: Any, value: Any) -> str:
    if isinstance(field, Field) and field.many_to_many:
        return "\n".join(sorted(str(next(iter(link.values()))) if link else "" for link in value))
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


def difference(old: str, new: str) -> SafeString:
    """Return both texts in one, as HTML: words that went in <del>, words that came in <ins>."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    parts: list[tuple[SafeString]] = []
    for what, from_, to, from_new, to_new in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            parts.append((format_html("{}", "".join(before[from_:to])),))
            continue
        if to > from_:
            parts.append((format_html("<del>{}</del>", "".join(before[from_:to])),))
        if to_new > from_new:
            parts.append((format_html("<ins>{}</ins>", "".join(after[from_new:to_new])),))
    return format_html_join("", "{}", parts)
