"""The public page of an entry as it stands in its form, before it is saved: nothing is written for it."""

import inspect
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, resolve, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from codes.knowledge import snapshot
from codes.knowledge.entries import LANGUAGES, Knowledge
from codes.knowledge.reading import with_entry
from codes.views.visitor import THEME_COOKIE

#: Of the request for a preview, what the request for the page has too: where the site is.
SAME = ("HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "HTTP_X_FORWARDED_PROTO", "wsgi.url_scheme")


class PreviewAdmin:
    """Adds the address that shows the page of what is in the form, for kinds of entry that have one."""

    model: Any

    def get_urls(self) -> list[URLPattern]:
        """Add the addresses of the preview: for a new entry, and for one that is there."""
        view = self.admin_site.admin_view(require_POST(self.preview))
        name = f"codes_{self.model._meta.model_name}_preview"
        own = [path("preview/", view, name=name), path("<int:pk>/preview/", view, name=name)]
        return [*own, *super().get_urls()] if hasattr(self.model, "get_absolute_url") else super().get_urls()

    def preview_address(self, row: Any) -> str:
        """Return where the form of a row is previewed, empty where it has no page."""
        if not hasattr(self.model, "get_absolute_url"):
            return ""
        return reverse(f"admin:codes_{self.model._meta.model_name}_preview", args=(row.pk,) if row else ())

    def preview(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Answer with the page in `html` and where on it the entry is in `place`, or say why there is none.

        That is in `error` what is wrong, and in `needs` what is only not written yet.
        """
        row = get_object_or_404(self.model, pk=pk) if pk else None
        may = self.has_view_or_change_permission(request, row) if row else self.has_add_permission(request)
        if not may:
            raise PermissionDenied
        form = self.get_form(request, row, change=row is not None)(request.POST, instance=row or self.model())
        sets, _inlines = self._create_formsets(request, form.instance, change=row is not None)
        if not form.is_valid() or not all(each.is_valid() for each in sets):
            return JsonResponse(_why_not(form, sets))
        linked = [
            each.instance
            for hanging in sets
            for each in hanging.forms
            if each.cleaned_data and not each.cleaned_data.get("DELETE")
        ]
        for field in self.model._meta.many_to_many:
            linked += form.cleaned_data[field.name]
        try:
            knowledge = with_entry(snapshot.kept(), form.instance, linked)
        except LookupError:
            return JsonResponse({"error": _("The reason that it stands for is not published.")})
        language = request.POST.get("preview-language", "")
        with translation.override(language if language in LANGUAGES else translation.get_language()):
            address, _hash, place = form.instance.get_absolute_url().partition("#")
            html = page_of(request, knowledge, address)
        return JsonResponse({"html": html, "place": place})


def _why_not(form: Any, sets: list[Any]) -> dict[str, str]:
    """Return the first thing that is wrong, with the name of its field, or else what still has to be written."""
    needed: dict[str, None] = {}
    for each in (form, *(hanging for formset in sets for hanging in formset.forms)):
        for name, errors in each.errors.as_data().items():
            label = _label(each, name)
            if errors[0].code != "required":
                sentence = errors[0].messages[0]
                return {"error": f"{label}: {sentence}" if label else sentence}
            needed[label] = None
    if needed:
        return {"needs": _("The page appears here once this is filled in: %(fields)s.") % {"fields": ", ".join(needed)}}
    return {"error": " ".join(str(error) for formset in sets for error in formset.non_form_errors())}


def _label(form: Any, name: str) -> str:
    """Return what a form calls a field, without its language; empty for what concerns no field."""
    if name not in form.fields:
        return ""
    field = form._meta.model._meta.get_field(name)
    return str(getattr(field, "translated_field", field).verbose_name)


def page_of(request: HttpRequest, knowledge: Knowledge, address: str) -> str:
    """Return the page at an address in the active language, as a visitor of this site would see it."""
    asked = HttpRequest()
    asked.method = "GET"
    asked.path = asked.path_info = address
    asked.META = {name: value for name, value in request.META.items() if name in SAME}
    asked.COOKIES = {name: value for name, value in request.COOKIES.items() if name == THEME_COOKIE}
    asked.user = AnonymousUser()
    asked.knowledge = knowledge  # type: ignore[attr-defined]
    match = resolve(address)
    view = inspect.unwrap(match.func)  # pages that are kept know the snapshot by its revision only
    return view(asked, *match.args, **match.kwargs).content.decode()
