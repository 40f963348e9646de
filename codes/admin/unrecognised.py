"""The queue of replies that nobody explains, the most frequent first."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from codes.admin.titles import PlainlyTitled, titled
from codes.models import UnrecognisedReply


class StateFilter(admin.SimpleListFilter):
    """Lists what waits, unless something else is asked for."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer what is dealt with."""
        return [("ignored", _("ignored")), ("known", _("known by now")), ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        """Call the first choice by its name."""
        choices = super().choices(changelist)
        yield next(choices) | {"display": _("waiting")}
        yield from choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep the rows of the chosen state."""
        if self.value() == "ignored":
            return queryset.filter(ignored=True)
        if self.value() == "known":
            return queryset.exclude(signature=None)
        return queryset if self.value() == "all" else queryset.filter(ignored=False, signature=None)


@admin.register(UnrecognisedReply)
class UnrecognisedReplyAdmin(PlainlyTitled, admin.ModelAdmin):
    """A masked reply: one step makes a known message of it, one puts it aside."""

    list_display = ("reply", "count", "basis", "days")
    list_display_links = None
    list_filter = (StateFilter, ("basis", titled(admin.ChoicesFieldListFilter, _("what is known of it"))))
    list_select_related = ("signature",)
    list_per_page = 100
    search_fields = ("shape",)
    show_full_result_count = False
    actions = ("ignore", "take_back")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only explanations write here."""
        return False

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """Offer the next step to those who may take it; others see the reply alone."""
        if request.user.has_perm("codes.add_signature"):
            return self.list_display
        return ("shape", "signature", *self.list_display[1:])

    @admin.display(description=_("first and last day"), ordering="last_day")
    def days(self, row: UnrecognisedReply) -> str:
        """Return since when and until when the reply came."""
        first, last = (date_format(day, "SHORT_DATE_FORMAT") for day in (row.first_day, row.last_day))
        return first if first == last else f"{first} –\N{NO-BREAK SPACE}{last}"

    @admin.display(description=_("reply"), ordering="shape")
    def reply(self, row: UnrecognisedReply) -> str:
        """Return the reply, and below it the way to a new known message, or to the one there is by now."""
        if row.signature:
            address, step = reverse("admin:codes_signature_change", args=(row.signature.pk,)), str(row.signature)
        else:
            address = f"{reverse('admin:codes_signature_add')}?reply={row.pk}"
            step = gettext("Make a known message of it")
        return format_html('<p class="shape">{}</p><a href="{}">{}</a>', row.shape, address, step)

    @admin.action(description=_("Ignore from now on"), permissions=["change"])
    def ignore(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Put the rows aside; they are counted on, and stay aside."""
        number = queryset.update(ignored=True)
        self.message_user(
            request,
            ngettext("%(number)s reply is ignored now.", "%(number)s replies are ignored now.", number)
            % {"number": number},
            messages.SUCCESS,
        )

    @admin.action(description=_("Put back into the queue"), permissions=["change"])
    def take_back(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Let the rows wait again."""
        number = queryset.update(ignored=False, signature=None)
        self.message_user(
            request,
            ngettext("%(number)s reply waits again.", "%(number)s replies wait again.", number) % {"number": number},
            messages.SUCCESS,
        )
