"""Reply codes, enhanced codes, and what their digits say."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import Length, Substr
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationStackedInline

from codes.admin.base import EntryAdmin, KeepsOthers, MissingTextFilter, joined
from codes.models import CodeClass, CodeSubject, EnhancedCode, ReplyCode, StageMeaning

TEXTS = (_("Texts"), {"fields": ("title", "meaning", "advice")})


@admin.register(CodeClass, CodeSubject)
class DigitAdmin(EntryAdmin):
    """What one digit says."""

    list_display = ("digit", "title")
    list_display_links = ("digit", "title")
    search_fields = ("digit", "title_it", "title_en", "meaning_it", "meaning_en")
    list_filter = (MissingTextFilter,)
    fieldsets = ((None, {"fields": ("digit",)}), TEXTS)


class StageMeaningInline(KeepsOthers, TranslationStackedInline):
    """What a reply code says at each stage."""

    model = StageMeaning
    extra = 0
    autocomplete_fields = ("reason",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Fetch what names the rows with them."""
        return super().get_queryset(request).select_related("reply_code", "reason")


class FirstDigitFilter(admin.SimpleListFilter):
    """Lists the codes of one class."""

    title = _("class of codes")
    parameter_name = "class"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the classes that SMTP has."""
        return [(digit, f"{digit}xx") for digit in "2345"]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep the codes that begin with the digit."""
        return queryset.filter(code__startswith=self.value()) if self.value() else queryset


@admin.register(ReplyCode)
class ReplyCodeAdmin(EntryAdmin):
    """A three-digit code, with what it says at each stage."""

    list_display = ("code", "title", "standing", joined("stages", _("stages")))
    list_display_links = ("code", "title")
    list_filter = ("published", FirstDigitFilter, "standing", MissingTextFilter)
    search_fields = ("code", "official_title", "title_it", "title_en", "meaning_it", "meaning_en")
    fieldsets = (
        (None, {"fields": ("code", "published", "official_title", "standing", "stages")}),
        (_("Texts"), {"fields": ("title", "meaning", "causes", "advice", "retry", "wordings")}),
        (_("Evidence"), {"fields": ("sources",)}),
    )
    inlines = (StageMeaningInline,)


@admin.register(StageMeaning)
class StageMeaningAdmin(EntryAdmin):
    """What all reply codes say at each stage, in one list."""

    list_display = ("reply_code", "stage", "reason")
    list_display_links = ("reply_code", "stage")
    list_filter = ("stage", ("reason", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("reply_code", "reason")
    search_fields = ("reply_code__code", "reason__slug", "reason__title_it", "reason__title_en")
    autocomplete_fields = ("reply_code", "reason")

    def view_on_site(self, obj: Any) -> str | None:
        """Return the address of its reply code's page."""
        return super().view_on_site(obj.reply_code)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Fetch what names the rows with them."""
        return super().get_queryset(request).select_related("reply_code", "reason")


class SubjectFilter(admin.SimpleListFilter):
    """Lists the enhanced codes of one subject."""

    title = _("subject")
    parameter_name = "subject"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the subjects by number and title."""
        return [(subject.digit, f"X.{subject.digit}: {subject.title}") for subject in CodeSubject.objects.all()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep the codes with this second number."""
        return queryset.filter(code__startswith=f"X.{self.value()}.") if self.value() else queryset


@admin.register(EnhancedCode)
class EnhancedCodeAdmin(EntryAdmin):
    """A subject and detail."""

    list_display = ("code", "title", joined("classes", _("classes")), "reason", "temporary_reason", "often")
    list_display_links = ("code", "title")
    list_filter = ("published", SubjectFilter, "often", ("reason", admin.RelatedOnlyFieldListFilter), MissingTextFilter)
    list_select_related = ("reason", "temporary_reason")
    search_fields = ("code", "official_title", "title_it", "title_en", "meaning_it", "meaning_en")
    autocomplete_fields = ("reason", "temporary_reason")
    fieldsets = (
        (None, {"fields": ("code", "published", "official_title", "classes", "often")}),
        (_("What it suggests"), {"fields": ("reason", "temporary_reason", "reply_codes")}),
        (_("Texts"), {"fields": ("title", "meaning", "difference", "other_uses", "advice")}),
        (_("Evidence"), {"fields": ("sources",)}),
    )

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        """Put X.1.2 before X.1.10."""
        return (Substr("code", 1, 4), Length("code"), "code")
