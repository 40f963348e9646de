"""Where editors keep the knowledge base right: Django's admin, one file per kind of entry.

A newcomer subclasses `codes.admin.base.EntryAdmin` and is imported below.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from codes.admin import (
    accounts,
    code,
    collection,
    feedback,
    former,
    guide,
    house,
    local_note,
    provider,
    reason,
    reference,
    shipped,
    signature,
    synonym,
    unrecognised,
)

__all__ = [
    "accounts",
    "code",
    "collection",
    "feedback",
    "former",
    "guide",
    "house",
    "local_note",
    "provider",
    "reason",
    "reference",
    "shipped",
    "signature",
    "synonym",
    "unrecognised",
]

admin.site.site_header = "Rimbalzo"
admin.site.site_title = "Rimbalzo"
admin.site.index_title = _("Knowledge base")
