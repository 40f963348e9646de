"""The admin's first page."""

from typing import Any

from django import template
from django.template.context import Context

from codes.admin import overview as gathered

register = template.Library()


@register.inclusion_tag("admin/overview.html", takes_context=True)
def overview(context: Context) -> dict[str, Any]:
    """Show what there is to do, as far as the user may see it."""
    return gathered.overview(context["request"].user)
