"""Known messages: patterns, the examples that prove them, and the reason they stand for."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from codes.admin.base import EntryAdmin, EntryForm, MissingTextFilter
from codes.knowledge.examples import first_fault
from codes.models import Signature


class SignatureForm(EntryForm):
    """The form of a known message: it is saved only if its patterns find its examples."""

    def clean(self) -> dict[str, Any] | None:
        """Refuse a pattern that cannot be used, and an example that no pattern finds."""
        cleaned = super().clean()
        patterns, examples = self.cleaned_data.get("patterns"), self.cleaned_data.get("examples")
        if patterns and examples and (fault := first_fault(patterns, examples)):
            self.add_error(fault.field, fault.sentence)
        return cleaned


@admin.register(Signature)
class SignatureAdmin(EntryAdmin):
    """A known message."""

    form = SignatureForm
    list_display = ("title", "provider", "system", "reason", "evidence", "checked")
    list_filter = (
        "evidence",
        ("provider", admin.RelatedOnlyFieldListFilter),
        "system",
        ("reason", admin.RelatedOnlyFieldListFilter),
        MissingTextFilter,
    )
    list_select_related = ("provider", "reason")
    search_fields = ("slug", "title_it", "title_en", "patterns", "examples", "codes")
    autocomplete_fields = ("provider", "reason")
    fieldsets = (
        (None, {"fields": ("slug", "title", "provider", "system")}),
        (_("How it is found"), {"fields": ("patterns", "examples", "codes", "weight")}),
        (_("What it means"), {"fields": ("reason", "who_acts", "text", "headline", "steps", "reply")}),
        (_("Evidence"), {"fields": ("evidence", "checked", "sources")}),
    )
