"""Local notes: what the house's own editors add."""

from django.contrib import admin
from modeltranslation.admin import TabbedTranslationAdmin

from codes.admin.history import HistoryAdmin
from codes.models import LocalNote


@admin.register(LocalNote)
class LocalNoteAdmin(HistoryAdmin, TabbedTranslationAdmin):
    """A note on one entry; the buttons on the entry's page fill in which one."""

    list_display = ("key", "kind", "text")
    list_filter = ("kind",)
    search_fields = ("key", "text_it", "text_en")
    fields = ("kind", "key", "text")

    def view_on_site(self, obj: LocalNote) -> str | None:
        """Return the address of the page on which the note stands."""
        entry = obj.entry()
        return entry.get_absolute_url() if entry and entry.published else None
