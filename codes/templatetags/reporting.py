"""Filters for the numbers of a report."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from codes.reporting.tables import number

register = template.Library()

register.filter("grouped", number)


@register.filter
def percent(share: float) -> str:
    """Return a share of 1 as per cent."""
    return f"{share:.0%}"


@register.filter
def chart_bar(length: float) -> SafeString:
    """Draw a bar of this length, 1 the longest; the number stands beside it."""
    width = f"{max(length * 100, 0.5):.1f}"
    return format_html(
        '<svg class="report-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="10"/></svg>',
        width,
    )
