"""Rows that name an entry by its kind and key: what lists call it, and the way to its form."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from codes.admin.titles import PlainlyTitled
from codes.models.entry import kind_title
from codes.shipping.kinds import BY_NAME


class NamingList(ChangeList):
    """A list of rows that name entries; each row knows the primary key of its own, at one query per kind."""

    def get_results(self, request: HttpRequest) -> None:
        """Find the entries of the rows shown."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        ids = {name: BY_NAME[name].ids_by_key() for name in {row.kind for row in self.result_list} & set(BY_NAME)}
        for row in self.result_list:
            row.entry_id = ids.get(row.kind, {}).get(row.key)


class KindFilter(admin.SimpleListFilter):
    """Lists what concerns one kind of entry."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the kinds that there are."""
        kinds = model_admin.get_queryset(request).order_by().values_list("kind", flat=True).distinct()
        return sorted(((kind, kind_title(kind)) for kind in kinds), key=lambda choice: choice[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep the rows of the chosen kind."""
        return queryset.filter(kind=self.value()) if self.value() else queryset


class NamingAdmin(PlainlyTitled, admin.ModelAdmin):
    """Rows that name an entry; people look at them and do not write them."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Use the list that knows the entries."""
        return NamingList

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody writes here by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody writes here by hand."""
        return False

    @admin.display(description=_("kind"), ordering="kind")
    def kind_title(self, row: Any) -> str:
        """Return the kind as people say it."""
        return kind_title(row.kind)

    @admin.display(description=_("entry"), ordering="key")
    def entry(self, row: Any) -> str:
        """Return a link to the form of the entry, its key where there is none."""
        if row.kind not in BY_NAME:
            return row.key
        pk = row.entry_id if hasattr(row, "entry_id") else BY_NAME[row.kind].ids_by_key().get(row.key)
        if pk is None:
            return row.key
        return format_html('<a href="{}">{}</a>', reverse(f"admin:codes_{row.kind}_change", args=(pk,)), row.key)
