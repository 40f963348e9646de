"""Shipped texts that wait, because their entry was edited here."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from codes.admin.history import difference
from codes.models import ShippedEntry
from codes.shipping.kinds import BY_NAME, Kind, key_text
from codes.shipping.merging import merge
from codes.shipping.stored import read_rows

ROW = (
    '<tr><th scope="row">{}</th><td>{}</td><td class="history">{}</td>'
    '<td><input type="checkbox" name="take" value="{}" aria-label="{}" checked></td></tr>'
)


def _may_take(request: HttpRequest, kind: str) -> bool:
    """Return whether somebody may change entries of a kind; what finds a known message takes a curator."""
    verb = "add" if kind == "signature" else "change"
    return kind in BY_NAME and request.user.has_perm(f"codes.{verb}_{kind}")


def ids_by_key(kind: Kind) -> dict[str, int]:
    """Return the primary keys of a kind's rows by their key as text, in one query."""
    return {
        key_text(tuple(key)): pk
        for pk, *key in kind.model._default_manager.values_list("pk", *kind.model.natural_key_fields)
    }


class WaitingList(ChangeList):
    """The list of waiting texts; each row knows its entry, at one query per kind."""

    def get_results(self, request: HttpRequest) -> None:
        """Find the entries of the rows shown."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        ids = {name: ids_by_key(BY_NAME[name]) for name in {row.kind for row in self.result_list} & set(BY_NAME)}
        for row in self.result_list:
            row.entry_id = ids.get(row.kind, {}).get(row.key)


@admin.register(ShippedEntry)
class ShippedEntryAdmin(admin.ModelAdmin):
    """Both texts side by side; an editor ticks what is better in the shipped one, and the rest stays as it is here."""

    list_display = ("key", "kind_title", "fields_that_differ", "entry")
    search_fields = ("kind", "key")
    change_form_template = "admin/shipped_form.html"
    fields = ("entry", "comparison")
    readonly_fields = ("entry", "comparison")

    class Media:
        css: ClassVar = {"all": ("admin-own/forms.css",)}

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Use the list that knows the entries."""
        return WaitingList

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Show those where a text waits."""
        return super().get_queryset(request).filter(waiting__isnull=False).order_by("kind", "key")

    def get_urls(self) -> list[URLPattern]:
        """Add the address at which a text is taken."""
        view = self.admin_site.admin_view(require_POST(self.take))
        return [path("<int:pk>/take/", view, name="codes_shippedentry_take"), *super().get_urls()]

    def take(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the ticked fields; the others stay, and nothing waits any more."""
        row = get_object_or_404(self.get_queryset(request), pk=pk)
        if not _may_take(request, row.kind):
            raise PermissionDenied
        try:
            entry = merge(row, request.POST.getlist("take"))
        except ShippedEntry.DoesNotExist as gone:
            raise Http404 from gone
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:codes_shippedentry_change", args=(pk,)))
        self.message_user(request, _("The shipped text waits no more."), messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"admin:codes_{row.kind}_change", args=(entry.pk,)))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Tell the form where a text is taken, for those who may."""
        row = kwargs.get("obj")
        if row is not None and _may_take(request, row.kind):
            context["take_address"] = reverse("admin:codes_shippedentry_take", args=(row.pk,))
        return super().render_change_form(request, context, *args, **kwargs)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only load_knowledge writes here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only load_knowledge writes here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only load_knowledge writes here."""
        return False

    @admin.display(description=_("kind"), ordering="kind")
    def kind_title(self, row: ShippedEntry) -> str:
        """Return the kind as people say it."""
        return str(BY_NAME[row.kind].model._meta.verbose_name) if row.kind in BY_NAME else row.kind

    @admin.display(description=_("fields with a newer text"))
    def fields_that_differ(self, row: ShippedEntry) -> str:
        """Return the fields that changed in what is shipped since it was last taken."""
        return ", ".join(name for name, value in (row.waiting or {}).items() if row.taken.get(name) != value)

    @admin.display(description=_("entry"))
    def entry(self, row: ShippedEntry) -> str:
        """Return a link to the form of the entry."""
        if row.kind not in BY_NAME:
            return "-"
        pk = row.entry_id if hasattr(row, "entry_id") else ids_by_key(BY_NAME[row.kind]).get(row.key)
        if pk is None:
            return "-"
        return format_html('<a href="{}">{}</a>', reverse(f"admin:codes_{row.kind}_change", args=(pk,)), _("Edit"))

    @admin.display(description=_("here and shipped"))
    def comparison(self, row: ShippedEntry) -> str:
        """Return a table of the fields that differ: as they are here, and as they are shipped."""
        kind = BY_NAME[row.kind]
        here = next((plain for plain in read_rows().of(kind) if key_text(kind.key_of(plain)) == row.key), {})
        titles = ((title,) for title in (_("field"), _("here"), _("shipped"), _("take")))
        cells = [
            (name, _shown(here.get(name)), difference(_shown(here.get(name)), _shown(value)), name, name)
            for name, value in (row.waiting or {}).items()
            if here.get(name) != value
        ]
        return format_html(
            '<table class="comparison"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>',
            format_html_join("", '<th scope="col">{}</th>', titles),
            format_html_join("", ROW, cells),
        )


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(" ".join(item) if isinstance(item, list) else item for item in value)
    return "" if value is None else str(value)
