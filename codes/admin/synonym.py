"""Synonyms: words that a search takes for one another."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from codes.admin.base import PlainEntryAdmin, joined
from codes.models import Synonym


@admin.register(Synonym)
class SynonymAdmin(PlainEntryAdmin):
    """A group of words."""

    list_display = ("slug", joined("words", _("words")))
    search_fields = ("slug", "words")
    fields = ("slug", "words")
