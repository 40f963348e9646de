"""Reasons: where the advice lives."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from codes.admin.base import EntryAdmin, MissingTextFilter
from codes.admin.titles import titled
from codes.models import Reason

WHO_ACTS = ("acts_when_final", titled(admin.ChoicesFieldListFilter, _("who acts")))


@admin.register(Reason)
class ReasonAdmin(EntryAdmin):
    """A reason: who acts, what to say, what to write back."""

    list_display = ("title", "slug", "group", "usual_outcome", "acts_while_retried", "acts_when_final")
    list_display_links = ("title", "slug")
    list_filter = ("published", "group", "usual_outcome", WHO_ACTS, MissingTextFilter)
    search_fields = ("slug", "title_it", "title_en", "meaning_it", "meaning_en", "synonyms_it", "synonyms_en")
    fieldsets = (
        (None, {"fields": ("slug", "published", "position", "group", "usual_outcome")}),
        (_("Who acts"), {"fields": ("acts_while_retried", "acts_when_final", "may_help")}),
        (_("What happened"), {"fields": ("title", "headline", "headline_named", "meaning", "certainty")}),
        (_("What to do"), {"fields": ("steps", "admin_steps", "recipient_steps", "retry")}),
        (_("What to write"), {"fields": ("reply", "reply_delayed", "note_to_postmaster")}),
        (_("Other names and evidence"), {"fields": ("synonyms", "sisimai", "kumomta", "sources")}),
    )
