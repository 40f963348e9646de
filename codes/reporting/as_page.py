"""A report as a page that stands alone: nothing is fetched, so it can be kept, sent and printed."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from codes.knowledge.entries import Knowledge
from codes.reporting.summary import Summary
from codes.reporting.tables import counted, lists_of, tables_of

#: Addresses of a list that are shown; the CSV file has them all.
MOST_ADDRESSES = 200
STYLES = ("rimbalzo.css", "report.css")


def as_page(summary: Summary, knowledge: Knowledge, language: str, made_at: datetime, *, partial: bool) -> str:
    """Return the page in the language that is active; `made_at` is the time that stands in its foot."""
    tables = tables_of(summary, knowledge, language)
    context = {
        "language": language,
        "counted": counted(summary),
        "partial": partial,
        "made_at": made_at,
        "days": next((table for table in tables if table.name == "days"), None),
        "tables": [table for table in tables if table.name != "days"],
        "lists": [
            {"listed": listed, "first": listed.first(MOST_ADDRESSES), "others": listed.others(MOST_ADDRESSES)}
            for listed in lists_of(summary)
        ],
        "style": mark_safe("".join((settings.BASE_DIR / "static/css" / name).read_text() for name in STYLES)),
    }
    return render_to_string("report.html", context)
