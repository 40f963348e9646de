"""What lists and their filters are called, so that it reads well in every language."""

from typing import Any

from django.contrib.admin import FieldListFilter
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst


class PlainlyTitled:
    """A list with the name of its entries as heading."""

    model: Any

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list under its name."""
        context = {"title": capfirst(self.model._meta.verbose_name_plural)}
        return super().changelist_view(request, context | (extra_context or {}))  # type: ignore[misc]


def titled(kind: type[FieldListFilter], title: Any) -> type[FieldListFilter]:
    """Return a kind of filter under a title of its own, where "by" before the field's name reads badly."""

    class Titled(kind):  # type: ignore[valid-type, misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.title = title

    return Titled
