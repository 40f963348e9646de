"""The admin's first page and its sign-in."""

from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context

from codes.admin import overview as gathered

register = template.Library()


@register.simple_tag
def has_sign_on() -> bool:
    """Return whether there is single sign-on."""
    return bool(settings.OIDC_RP_CLIENT_ID)


@register.inclusion_tag("admin/overview.html", takes_context=True)
def overview(context: Context) -> dict[str, Any]:
    """Show what there is to do, as far as the user may see it."""
    return gathered.overview(context["request"].user)
