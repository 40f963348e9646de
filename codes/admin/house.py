"""The house's own row: name, helpdesk, domains, servers."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from codes.admin.history import HistoryAdmin
from codes.models import House


@admin.register(House)
class HouseAdmin(HistoryAdmin):
    """Exactly one row: its list leads to its form."""

    fieldsets = (
        (None, {"fields": ("name", "helpdesk_contact")}),
        (_("Our mail"), {"fields": ("own_domains", "own_hosts", "own_gateways", "queue_hours")}),
    )

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Offer no second row."""
        context = {"show_save_and_add_another": False} | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Allow the first row only."""
        return super().has_add_permission(request) and not House.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep the row."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead to the form of the row, or to that of the first one."""
        row = House.objects.order_by("pk").first()
        if row is not None:
            return HttpResponseRedirect(reverse("admin:codes_house_change", args=(row.pk,)))
        if self.has_add_permission(request):
            return HttpResponseRedirect(reverse("admin:codes_house_add"))
        return super().changelist_view(request, extra_context)
