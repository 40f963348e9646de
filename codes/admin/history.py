"""Who changed what and when, as a difference that reads like a text, and the way back."""

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from codes.admin.deleted import DeletedAdmin
from codes.admin.shown import shown
from codes.admin.titles import PlainlyTitled
from codes.history import unrecorded

WORDS = re.compile(r"\s+|\w+\s*|[^\w\s]\s*")


class HistoryAdmin(DeletedAdmin, PlainlyTitled, SimpleHistoryAdmin):
    """An entry with a history."""

    object_history_template = "admin/history.html"
    object_history_list_template = "admin/history_list.html"
    object_history_form_template = "admin/history_form.html"

    def set_history_delta_changes(
        self, request: HttpRequest, historical_records: Sequence[Any], foreign_keys_are_objs: bool = True
    ) -> None:
        """Give each record its changes; the oldest of a page is compared with the one before it."""
        records = list(historical_records)
        for number, record in enumerate(records):
            before = records[number + 1] if number + 1 < len(records) else record.prev_record
            record.changes = list(changes(self.model, record, before)) if before else []

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show with a former version what restoring it would change in the newest one."""
        versions = self.model.history.filter(**{self.model._meta.pk.attname: object_id})
        newest, version = versions.first(), get_object_or_404(versions, pk=version_id)
        context = {"version": version, "changes": list(changes(self.model, version, newest))}
        return super().history_form_view(request, object_id, version_id, context | (extra_context or {}))

    def history_view_title(self, request: HttpRequest, obj: Any) -> str:
        """Return the heading of the history."""
        return _("History of “%(entry)s”") % {"entry": obj}

    def history_form_view_title(self, request: HttpRequest, obj: Any) -> str:
        """Return the heading of a former version."""
        return _("Former version of “%(entry)s”") % {"entry": obj}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save; a form in which nothing was changed leaves no record."""
        if not change or form.changed_data:
            super().save_model(request, obj, form, change)
            return
        super().save_model(request, unrecorded(obj), form, change)
        del obj.skip_history_when_saving


def changes(model: type[Model], record: Any, before: Any) -> Iterator[tuple[str, SafeString]]:
    """Yield the name of each field in which two records differ, and its old and new text in one, word by word."""
    bare = {field.translated_field.name for field in model._meta.get_fields() if hasattr(field, "translated_field")}
    for change in record.diff_against(before, foreign_keys_are_objs=True).changes:
        if change.field not in bare:
            field = model._meta.get_field(change.field)
            yield str(field.verbose_name), difference(shown(field, change.old), shown(field, change.new))


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
