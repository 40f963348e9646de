"""What readers said of explanations, by entry."""

from typing import Any

from django.contrib import admin
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from codes.admin.named import KindFilter, NamingAdmin
from codes.admin.titles import titled
from codes.models import Feedback
from codes.models.entry import Entry
from codes.shipping.kinds import key_text

#: Remarks shown beside an entry's form.
MOST = 10


@admin.register(Feedback)
class FeedbackAdmin(NamingAdmin):
    """Counts and short remarks; they are read, and deleted once they are dealt with."""

    list_display = ("entry", "kind_title", "right", "missing", "count", "day")
    list_display_links = None
    list_filter = (("right", titled(admin.BooleanFieldListFilter, _("answer"))), KindFilter)
    search_fields = ("key", "missing")
    date_hierarchy = "day"
    show_full_result_count = False


def heard_about(row: Entry) -> dict[str, Any]:
    """Return how often an entry's explanation was called right and wrong, and what was missing."""
    about = Feedback.objects.filter(kind=row._meta.model_name, key=key_text(row.natural_key()))
    by_answer = dict(about.order_by().values_list("right").annotate(Sum("count")))
    return {
        "yes": by_answer.get(True, 0),
        "no": by_answer.get(False, 0),
        "missing": list(about.exclude(missing="").order_by("-day")[:MOST]),
    }
