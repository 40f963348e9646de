"""What the lists and forms of all entries share."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Field, Model, Q, QuerySet, URLField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from modeltranslation.admin import TabbedTranslationAdmin

from codes import in_step, reviews
from codes.admin.feedback import heard_about
from codes.admin.help import EXAMPLES
from codes.admin.history import HistoryAdmin
from codes.admin.preview import PreviewAdmin
from codes.models import Reference, ShippedEntry
from codes.models.entry import Entry
from codes.models.former import PAGED
from codes.views.visitor import language_of_page

LANGUAGES = (("it", _("Italian")), ("en", _("English")))


class EntryForm(forms.ModelForm):
    """The form of an entry: its sources begin with a reference that exists."""

    def clean_sources(self) -> list[str]:
        """Refuse a source that no reference stands for."""
        sources: list[str] = self.cleaned_data["sources"]
        known = set(Reference.objects.values_list("slug", flat=True))
        for source in sources:
            if source.partition(" ")[0] not in known:
                raise forms.ValidationError(
                    _("“%(source)s” does not begin with the slug of a reference."), params={"source": source}
                )
        return sources


class LanguageFilter(admin.SimpleListFilter):
    """Lists what lacks something in one of the two languages."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the two languages."""
        return list(LANGUAGES)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep the entries that lack it in the chosen language."""
        language = self.value()
        return self.lacking(queryset, language) if language in dict(LANGUAGES) else queryset

    def lacking(self, queryset: QuerySet, language: str) -> QuerySet:
        """Return the entries that lack it in a language."""
        raise NotImplementedError


class MissingTextFilter(LanguageFilter):
    """Lists entries that lack their title in one of the languages."""

    title = _("missing text")
    parameter_name = "missing"

    def lacking(self, queryset: QuerySet, language: str) -> QuerySet:
        """Return the entries without a title in a language."""
        name = f"title_{language}"
        return queryset.filter(Q(**{name: ""}) | Q(**{f"{name}__isnull": True}))


class OlderTextFilter(LanguageFilter):
    """Lists entries of which one language was edited and the other not since."""

    title = _("older text")
    parameter_name = "older"

    def lacking(self, queryset: QuerySet, language: str) -> QuerySet:
        """Return the entries that are older in a language."""
        return queryset.filter(pk__in=in_step.rows_older_in(queryset.model, language))


class NotReviewedFilter(LanguageFilter):
    """Lists entries whose texts in a language nobody has reviewed since their last edit."""

    title = _("missing review")
    parameter_name = "unreviewed"

    def lacking(self, queryset: QuerySet, language: str) -> QuerySet:
        """Return the entries without a review in a language."""
        return queryset.exclude(pk__in=reviews.rows_reviewed_in(queryset.model, language))


def _is_shipped(entry: Entry) -> bool:
    """Return whether an entry came with the program."""
    key = " ".join(part for part in entry.natural_key() if part)
    return ShippedEntry.objects.filter(kind=entry._meta.model_name, key=key).exists()


class KeepsOthers:
    """A form from which no other entry is deleted: that is done in its own form, with its own warning."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        """Offer to change, add and look at what a field names."""
        field: forms.Field | None = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and hasattr(field.widget, "can_delete_related"):
            field.widget.can_delete_related = False
        return field


class PlainEntryAdmin(KeepsOthers, PreviewAdmin, HistoryAdmin):
    """An entry: a link to its page, and a key that never changes once it is there."""

    form = EntryForm
    change_form_template = "admin/entry_form.html"
    save_on_top = True
    list_per_page = 50
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Fix the natural key of an entry that exists, since fixtures name it; the house's own pages can be renamed."""
        fixed = tuple(super().get_readonly_fields(request, obj))
        if obj is None or (self.model._meta.model_name in PAGED and not _is_shipped(obj)):
            return fixed
        return (*fixed, *(lookup.split("__")[0] for lookup in self.model.natural_key_fields))

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        """Take an address without a scheme as https, and show a good example of a text."""
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        name = getattr(db_field, "translated_field", db_field).name
        example = EXAMPLES.get(f"{self.model._meta.model_name}.{name}", EXAMPLES.get(name))
        if field is not None and example and not field.help_text:
            field.help_text = example
        return field

    def get_urls(self) -> list[URLPattern]:
        """Add the address at which those who cannot edit mark a language as reviewed."""
        view = self.admin_site.admin_view(require_POST(self.review))
        return [
            path("<int:pk>/review/", view, name=f"codes_{self.model._meta.model_name}_review"),
            *super().get_urls(),
        ]

    def review(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Mark the texts of one language as reviewed; who may edit does so by saving the form, and loses no edit."""
        row = get_object_or_404(self.model, pk=pk)
        if not self.has_view_permission(request, row) or self.has_change_permission(request, row):
            raise PermissionDenied
        self._mark(request, row, request.POST.get("language", ""))
        return HttpResponseRedirect(self._form_of(row))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Stay in the form whose texts were saved to be marked: as reviewed, or as in step with each other."""
        if "_review" in request.POST:
            self._mark(request, obj, request.POST["_review"])
        elif "_in_step" in request.POST:
            in_step.catch_up(obj)
            self.message_user(request, _("Both languages say the same now."), messages.SUCCESS)
        else:
            return super().response_change(request, obj)
        return HttpResponseRedirect(self._form_of(obj))

    def _mark(self, request: HttpRequest, row: Any, language: str) -> None:
        if not request.user.has_perm("codes.add_review"):
            raise PermissionDenied
        if language in reviews.LANGUAGES:
            reviews.mark(row, language, request.user)
            in_step.catch_up(row, language)
            self.message_user(request, _("The text is marked as reviewed."), messages.SUCCESS)

    def _form_of(self, row: Any) -> str:
        return reverse(f"admin:codes_{self.model._meta.model_name}_change", args=(row.pk,))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Give the form the reviews of its entry, and what readers said of it."""
        row = kwargs.get("obj")
        context["preview_address"] = self.preview_address(row)
        context["language"] = language_of_page()
        if row is not None and request.user.has_perm("codes.view_feedback"):
            context["heard"] = heard_about(row)
        if row is not None and reviews.is_bilingual(self.model):
            done = reviews.reviews_of(row)
            context["older"] = next(iter(in_step.older_of(self.model, row.pk).values()), None)
            context["reviews"] = [
                {"language": language, "name": name, "done": done[language]} for language, name in LANGUAGES
            ]
            context["may_review"] = request.user.has_perm("codes.add_review")
            if not self.has_change_permission(request, row):
                context["review_address"] = reverse(f"admin:codes_{self.model._meta.model_name}_review", args=(row.pk,))
        return super().render_change_form(request, context, *args, **kwargs)

    def view_on_site(self, obj: Entry) -> str | None:
        """Return the address of the entry's page, where it has one."""
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") and getattr(obj, "published", True) else None


class EntryAdmin(PlainEntryAdmin, TabbedTranslationAdmin):
    """An entry in two languages: a tab for each, and one switch for the whole form."""

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Let every list show what is older in one language, and what nobody has reviewed."""
        return [*super().get_list_filter(request), OlderTextFilter, NotReviewedFilter]

    class Media:
        js: ClassVar = (
            forms.Script("admin-own/languages.js", type="module"),
            forms.Script("admin-own/preview.js", type="module"),
        )


def joined(name: str, label: Any) -> Callable[[Model], str]:
    """Return a column that shows a list field on one line."""

    @admin.display(description=label, ordering=name)
    def column(row: Model) -> str:
        return ", ".join(getattr(row, name)) or "-"

    column.__name__ = name
    return column
