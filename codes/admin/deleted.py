"""What was deleted of a kind of entry: the list, what each held, and the button that puts it back."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from codes.admin.shown import shown
from codes.deleted import WayBack, as_it_was, deleted, linked, put_back, way_back, went_with

#: Of a list.
PAGE = "p"


class DeletedAdmin:
    """Shows those who may add entries of a kind what was deleted, and lets them put it back."""

    model: Any
    change_list_template = "admin/entry_list.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the addresses of the list, and of each version of what was deleted."""
        name = f"codes_{self.model._meta.model_name}"
        shown_at, put_back_at = self.admin_site.admin_view(self.deleted_view), self.admin_site.admin_view(self.restore)
        return [
            path("deleted/", shown_at, name=f"{name}_deleted"),
            path("deleted/<int:version>/", put_back_at, name=f"{name}_restore"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Tell the list how many were deleted."""
        context = {"deleted": deleted(self.model).count() if self.has_add_permission(request) else 0}
        return super().changelist_view(request, context | (extra_context or {}))

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """List what was deleted, by whom and when."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        page = Paginator(deleted(self.model), self.list_per_page).get_page(request.GET.get(PAGE))
        for record in page:
            record.entry = as_it_was(record)
        context = {
            "title": _("Deleted: %(kind)s") % {"kind": self.model._meta.verbose_name_plural},
            "page_obj": page,
            "page_range": page.paginator.get_elided_page_range(page.number),
            "page_var": PAGE,
            "pagination_required": page.has_other_pages(),
        }
        return self._page(request, "admin/deleted.html", context)

    def restore(self, request: HttpRequest, version: int) -> HttpResponse:
        """Show what a deleted entry held, and what of it cannot be put back; a POST puts it back."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        record = get_object_or_404(self.model.history, pk=version)
        if self.model._base_manager.filter(pk=record.id).exists():
            return HttpResponseRedirect(reverse(f"admin:codes_{self.model._meta.model_name}_change", args=(record.id,)))
        way = way_back(record)
        hanging = [other for other in went_with(way.row) if self._may_add(request, other)]
        fault = "" if way.refusal else self.fault_of(way.row)
        if fault:
            way.row.published = False
        if request.method == "POST" and not way.refusal:
            return self._put_back(request, way, hanging, fault)
        versions = list(self.model.history.filter(id=record.id).select_related("history_user"))
        self.set_history_delta_changes(request, versions)
        context = {
            "title": _("Deleted: “%(entry)s”") % {"entry": as_it_was(record)},
            "version": record,
            "deletion": next((each for each in versions if each.history_type == "-"), None),
            "held": list(held(record)),
            "way": way,
            "fault": fault,
            "hanging": [as_it_was(other) for other in hanging],
            "page_obj": versions,
            "object": way.row,
        }
        return self._page(request, "admin/restore.html", context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead from the history of what is deleted to the way back."""
        last = self._deletion(object_id)
        return self._way_to(last.pk) if last else super().history_view(request, object_id, extra_context)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead from a version of what is deleted to the way back to it."""
        if self._deletion(object_id):
            return self._way_to(version_id)
        return super().history_form_view(request, object_id, version_id, extra_context)

    def fault_of(self, row: Any) -> str:
        """Return why an entry that is put back can stand there only unpublished; empty where it can be published."""
        return ""

    def _put_back(self, request: HttpRequest, way: WayBack, hanging: list[Any], fault: str) -> HttpResponse:
        put_back(way, hanging, lambda row: self.save_model(request, row, None, change=False))
        self.log_addition(request, way.row, [{"added": {}}])
        self.message_user(request, _("“%(entry)s” is there again.") % {"entry": way.row}, messages.SUCCESS)
        for sentence in filter(
            None, (way.left_out, _("It is not published: %(fault)s") % {"fault": fault} if fault else "")
        ):
            self.message_user(request, sentence, messages.WARNING)
        return HttpResponseRedirect(reverse(f"admin:codes_{self.model._meta.model_name}_change", args=(way.row.pk,)))

    def _may_add(self, request: HttpRequest, record: Any) -> bool:
        return request.user.has_perm(f"codes.add_{record.instance_type._meta.model_name}")

    def _deletion(self, pk: str) -> Any:
        return deleted(self.model).filter(id=pk).first() if pk.isdecimal() else None

    def _way_to(self, version: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse(f"admin:codes_{self.model._meta.model_name}_restore", args=(version,)))

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        return render(request, template, self.admin_site.each_context(request) | {"opts": self.model._meta} | context)


def held(version: Any) -> Iterator[tuple[str, str]]:
    """Yield the name of each field of a record that holds something, and what it holds."""
    row = as_it_was(version)
    bare = {each.translated_field.name for each in row._meta.get_fields() if hasattr(each, "translated_field")}
    for each in row._meta.concrete_fields:
        words = "" if each.primary_key or each.name in bare else shown(each, getattr(row, each.name))
        if words:
            yield str(each.verbose_name), words
    for each, found in linked(version):
        if found:
            yield str(each.verbose_name), shown(each, [str(target) for target in found])
