"""Collections: curated lists of codes."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from codes.admin.base import EntryAdmin, MissingTextFilter
from codes.models import Collection


@admin.register(Collection)
class CollectionAdmin(EntryAdmin):
    """A list of reply codes with an introduction."""

    list_display = ("title", "slug", "number_of_codes")
    list_display_links = ("title", "slug")
    list_filter = ("published", MissingTextFilter)
    search_fields = ("slug", "title_it", "title_en", "text_it", "text_en")
    autocomplete_fields = ("codes",)
    fieldsets = (
        (None, {"fields": ("slug", "published")}),
        (_("Texts"), {"fields": ("title", "text")}),
        (_("Codes"), {"fields": ("codes",)}),
        (_("Evidence"), {"fields": ("sources",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Count the codes of each."""
        return super().get_queryset(request).annotate(size=Count("codes"))

    @admin.display(description=_("codes"), ordering="size")
    def number_of_codes(self, collection: Collection) -> int:
        """Return how many codes the collection has."""
        return collection.size
