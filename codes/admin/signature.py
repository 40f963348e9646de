"""Known messages: patterns, the examples that prove them, and the reason they stand for."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.forms import Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from codes.admin.base import EntryAdmin, EntryForm, MissingTextFilter
from codes.counting import queue
from codes.knowledge import snapshot
from codes.knowledge.agreement import first_disagreement
from codes.knowledge.entries import Knowledge
from codes.knowledge.examples import Fault
from codes.knowledge.trial import Draft, attempt
from codes.models import Provider, Signature

#: Fields that decide which replies a message explains, and how.
FINDING = (
    "published",
    "provider",
    "system",
    "patterns",
    "examples",
    "codes",
    "weight",
    "reason",
    "differs",
    "who_acts",
)


class SignatureForm(EntryForm):
    """The form of a known message: it is saved only if it finds its examples, and takes none from another."""

    def clean(self) -> dict[str, Any] | None:
        """Refuse a pattern that cannot be used, an example that no pattern finds, and one that changes its owner."""
        cleaned = super().clean()
        values = self.cleaned_data
        if values.get("patterns") and values.get("examples"):
            # The form's own trial has just looked at the newest state; saving does not wait for another rebuild.
            refusal = refusal_of(values, self.instance.slug, snapshot.kept())
            if refusal:
                self.add_error(refusal.field, refusal.sentence)
        return cleaned


def refusal_of(values: dict[str, Any], slug: str, knowledge: Knowledge) -> Fault | None:
    """Return why a known message with these fields cannot be used, None if it can."""
    provider = values.get("provider")
    draft = Draft(
        patterns=tuple(values["patterns"]),
        examples=tuple(values["examples"]),
        slug=slug or "",
        provider=provider.slug if provider else None,
        system=values.get("system") or "",
        weight=values.get("weight") or 0,
    )
    refusal = attempt(draft, knowledge).refusal()
    if refusal is None and values.get("reason") and not values.get("differs"):
        return first_disagreement(values["reason"].slug, draft.examples, knowledge.said_by_enhanced_code)
    return refusal


@admin.register(Signature)
class SignatureAdmin(EntryAdmin):
    """A known message; beside its form stands what it would find."""

    form = SignatureForm
    change_form_template = "admin/signature_form.html"
    list_display = ("title", "provider", "system", "reason", "evidence", "checked")
    list_filter = (
        "published",
        "evidence",
        ("provider", admin.RelatedOnlyFieldListFilter),
        "system",
        ("reason", admin.RelatedOnlyFieldListFilter),
        MissingTextFilter,
    )
    list_select_related = ("provider", "reason")
    search_fields = ("slug", "title_it", "title_en", "patterns", "examples", "codes")
    autocomplete_fields = ("provider", "reason")
    fieldsets = (
        (None, {"fields": ("slug", "published", "title", "provider", "system")}),
        (_("How it is found"), {"fields": ("patterns", "examples", "codes", "weight")}),
        (_("What it means"), {"fields": ("reason", "differs", "who_acts", "text", "headline", "steps", "reply")}),
        (_("Evidence"), {"fields": ("evidence", "checked", "sources")}),
    )

    class Media:
        js: ClassVar = (
            Script("admin-own/trial.js", type="module"),
            Script("admin-own/varies.js", type="module"),
        )

    def get_urls(self) -> list[URLPattern]:
        """Add the address that tries a draft."""
        trial = path("try/", self.admin_site.admin_view(require_POST(self.trial)), name="codes_signature_try")
        return [trial, *super().get_urls()]

    def trial(self, request: HttpRequest) -> HttpResponse:
        """Show what the patterns in the form would find; nothing is saved."""
        if not self.has_view_or_change_permission(request) and not self.has_add_permission(request):
            raise PermissionDenied
        posted = request.POST
        provider = posted.get("provider", "")
        weight = posted.get("weight", "").strip()
        draft = Draft(
            patterns=_lines(posted.get("patterns", "")),
            examples=_lines(posted.get("examples", "")),
            slug=posted.get("own", ""),
            provider=Provider.objects.filter(pk=provider).values_list("slug", flat=True).first()
            if provider.isdecimal()
            else None,
            system=posted.get("system", "").strip(),
            weight=int(weight) if weight.lstrip("-").isdecimal() else 0,
        )
        trial = attempt(draft, snapshot.current(fresh=True), queue.examples()) if draft.patterns else None
        return render(request, "admin/trial.html", {"trial": trial, "draft": draft})

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Leave what finds a message, and what it stands for, to those who may add one; others change its words."""
        fixed = super().get_readonly_fields(request, obj)
        return fixed if self.has_add_permission(request) else (*fixed, *FINDING)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Fill the form from a row of the queue: `?reply=<its id>`."""
        return super().get_changeform_initial_data(request) | queue.draft_for(request.GET.get("reply", ""))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Tell the form where drafts are tried, and under which name its own examples are known."""
        shown = kwargs.get("obj")
        context |= {"try_address": reverse("admin:codes_signature_try"), "own": shown.slug if shown else ""}
        return super().render_change_form(request, context, *args, **kwargs)

    def fault_of(self, row: Any) -> str:
        """Return why a known message that is put back cannot find what it found."""
        values = {name: getattr(row, name) for name in FINDING}
        refusal = refusal_of(values, row.slug, snapshot.current(fresh=True))
        return refusal.sentence if refusal else ""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save, and take from the queue what the known message explains from now on."""
        super().save_model(request, obj, form, change)
        queue.settle(obj)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
