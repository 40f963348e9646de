"""Guides and the glossary."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from codes.admin.base import EntryAdmin, MissingTextFilter, joined
from codes.models import Guide, Term


@admin.register(Guide)
class GuideAdmin(EntryAdmin):
    """A guide, written in Markdown."""

    list_display = ("title", "slug", "position", "picture")
    list_display_links = ("title", "slug")
    list_filter = ("published", MissingTextFilter)
    search_fields = ("slug", "title_it", "title_en", "body_it", "body_en")
    fieldsets = (
        (None, {"fields": ("slug", "published", "position", "picture")}),
        (_("Texts"), {"fields": ("title", "summary", "body")}),
        (_("Links and evidence"), {"fields": ("reasons", "sources")}),
    )
    autocomplete_fields = ("reasons",)


@admin.register(Term)
class TermAdmin(EntryAdmin):
    """A word of the glossary."""

    list_display = ("title", "slug", joined("names_it", _("names (Italian)")), joined("names_en", _("names (English)")))
    list_display_links = ("title", "slug")
    list_filter = (MissingTextFilter,)
    search_fields = ("slug", "title_it", "title_en", "names_it", "names_en", "definition_it", "definition_en")
    fieldsets = (
        (None, {"fields": ("slug",)}),
        (_("Texts"), {"fields": ("title", "names", "definition")}),
        (_("Evidence"), {"fields": ("see", "sources")}),
    )
