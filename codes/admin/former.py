"""Former slugs: addresses that lead to a page's new one."""

from django.contrib import admin

from codes.admin.base import PlainEntryAdmin
from codes.models import FormerSlug


@admin.register(FormerSlug)
class FormerSlugAdmin(PlainEntryAdmin):
    """A former slug and the one that stands for it now; renaming an entry adds one by itself."""

    list_display = ("slug", "kind", "now")
    list_filter = ("kind",)
    search_fields = ("slug", "now")
    fields = ("kind", "slug", "now")
