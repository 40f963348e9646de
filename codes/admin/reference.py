"""References: where facts come from."""

from django.contrib import admin

from codes.admin.base import PlainEntryAdmin
from codes.models import Reference


@admin.register(Reference)
class ReferenceAdmin(PlainEntryAdmin):
    """A standard, a registry or a provider's page."""

    list_display = ("slug", "title", "url", "checked")
    list_display_links = ("slug", "title")
    search_fields = ("slug", "title", "url")
    date_hierarchy = "checked"
    fields = ("slug", "title", "url", "checked")
