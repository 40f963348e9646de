"""Shipped texts that wait, because their entry was edited here."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Field, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from codes.admin.history import difference
from codes.admin.named import NamingAdmin
from codes.admin.shown import shown
from codes.models import ShippedEntry
from codes.shipping.kinds import BY_NAME, key_text
from codes.shipping.merging import merge
from codes.shipping.stored import read_rows

ROW = (
    '<tr><th scope="row">{}</th><td data-title="{}">{}</td><td data-title="{}" class="history">{}</td>'
    '<td data-title="{}"><input type="checkbox" name="take" value="{}" aria-label="{}" checked></td></tr>'
)


def _field_of(kind: str, name: str) -> Field | None:
    plan = BY_NAME[kind].fields.get(name) if kind in BY_NAME else None
    return plan.field if plan else None


def field_title(kind: str, name: str) -> str:
    """Return a field of a kind as its form calls it."""
    field = _field_of(kind, name)
    return str(field.verbose_name) if field else name


def _may_take(request: HttpRequest, kind: str) -> bool:
    """Return whether somebody may change entries of a kind; what finds a known message takes a curator."""
    verb = "add" if kind == "signature" else "change"
    return kind in BY_NAME and request.user.has_perm(f"codes.{verb}_{kind}")


@admin.register(ShippedEntry)
class ShippedEntryAdmin(NamingAdmin):
    """Both texts side by side; an editor ticks what is better in the shipped one, and the rest stays as it is here."""

    list_display = ("compare", "kind_title", "fields_that_differ", "entry")
    search_fields = ("kind", "key")
    change_form_template = "admin/shipped_form.html"
    fields = ("entry", "comparison")
    readonly_fields = ("entry", "comparison")

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
        if row is not None:
            context["title"] = _("A newer shipped text")
            context["subtitle"] = str(row)
        if row is not None and _may_take(request, row.kind):
            context["take_address"] = reverse("admin:codes_shippedentry_take", args=(row.pk,))
        return super().render_change_form(request, context, *args, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only load_knowledge writes here."""
        return False

    @admin.display(description=_("newer text"), ordering="key")
    def compare(self, row: ShippedEntry) -> str:
        """Return what the link to both texts says."""
        return gettext("Compare: %(key)s") % {"key": row.key}

    @admin.display(description=_("fields with a newer text"))
    def fields_that_differ(self, row: ShippedEntry) -> str:
        """Return the fields that changed in what is shipped since it was last taken."""
        waiting = (row.waiting or {}).items()
        return ", ".join(field_title(row.kind, name) for name, value in waiting if row.taken.get(name) != value)

    @admin.display(description=_("here and shipped"))
    def comparison(self, row: ShippedEntry) -> str:
        """Return a table of the fields that differ: as they are here, and as they are shipped."""
        kind = BY_NAME[row.kind]
        here = next((plain for plain in read_rows().of(kind) if key_text(kind.key_of(plain)) == row.key), {})
        titles = (_("field"), _("here"), _("shipped"), _("take"))
        cells = []
        for name, value in (row.waiting or {}).items():
            if here.get(name) != value:
                field, title = _field_of(row.kind, name), capfirst(field_title(row.kind, name))
                before, after = _shown(field, here.get(name)), _shown(field, value)
                here_title, shipped_title, take_title = titles[1:]
                cells.append(
                    (title, here_title, before, shipped_title, difference(before, after), take_title, name, title)
                )
        return format_html(
            '<table class="comparison"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>',
            format_html_join("", '<th scope="col">{}</th>', ((title,) for title in titles)),
            format_html_join("", ROW, cells),
        )


def _shown(field: Field | None, value: Any) -> str:
    if isinstance(value, list):  # a natural key, or several
        value = [" ".join(item) if isinstance(item, list) else item for item in value]
    return shown(field, value)
