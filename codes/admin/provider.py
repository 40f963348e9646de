"""Providers: whose service refused."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from codes.admin.base import EntryAdmin, joined
from codes.models import Provider


@admin.register(Provider)
class ProviderAdmin(EntryAdmin):
    """A provider, and how to tell it."""

    list_display = ("title", "slug", "kind", joined("domains", _("mail domains")), "known_messages")
    list_display_links = ("title", "slug")
    list_filter = ("published", "kind")
    search_fields = ("slug", "title", "hosts", "domains", "words")
    fieldsets = (
        (None, {"fields": ("slug", "title", "kind", "published")}),
        (_("How to tell it"), {"fields": ("hosts", "domains", "words")}),
        (_("Texts"), {"fields": ("description", "advice")}),
        (_("Its own pages"), {"fields": ("postmaster_url", "codes_url", "unblock_url")}),
        (_("Evidence"), {"fields": ("sources",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Count the known messages of each."""
        return super().get_queryset(request).annotate(messages=Count("signatures"))

    @admin.display(description=_("known messages"), ordering="messages")
    def known_messages(self, provider: Provider) -> int:
        """Return how many known messages are the provider's own."""
        return provider.messages
