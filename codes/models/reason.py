"""Why a mail was not delivered, and what to do about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from codes.models.entry import Entry, Publishable, page_address
from codes.models.fields import ListField
from codes.models.vocabulary import Actor, ReasonGroup, UsualOutcome

PLACEHOLDERS_HELP = _(
    "May hold {recipient}, {domain}, {host}, {date} and {code}; and {refusing_domain}, the recipient’s domain where "
    "its own server may have refused. Where one of them is not known, the other headline is shown."
)


class Reason(Publishable, Entry):
    """One answer to "why?": the advice lives here, codes and known messages lead to it."""

    slug = models.SlugField(_("slug"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("Order in the list."))
    group = models.CharField(_("group"), max_length=20, choices=ReasonGroup)
    usual_outcome = models.CharField(_("usual outcome"), max_length=24, choices=UsualOutcome)
    acts_while_retried = models.CharField(_("whose move while it is retried"), max_length=20, choices=Actor, blank=True)
    acts_when_final = models.CharField(_("whose move when it is final"), max_length=20, choices=Actor, blank=True)
    may_help = ListField(_("may help"), choices=Actor.choices)

    title = models.CharField(_("title"), max_length=80, blank=True)
    headline = models.CharField(
        _("headline"), max_length=200, blank=True, help_text=_("One sentence, no placeholders.")
    )
    headline_named = models.CharField(
        _("headline with the address"), max_length=250, blank=True, help_text=PLACEHOLDERS_HELP
    )
    meaning = models.TextField(_("meaning"), blank=True)
    certainty = models.TextField(_("how sure one can be"), blank=True)
    steps = models.TextField(_("steps"), blank=True, help_text=_("What the helpdesk does, one step a line."))
    admin_steps = models.TextField(_("steps for administrators"), blank=True, help_text=_("One step a line."))
    recipient_steps = models.TextField(
        _("steps for the recipient"), blank=True, help_text=_("One a line, to pass on by phone.")
    )
    retry = models.TextField(_("when to try again, when to stop"), blank=True)
    reply = models.TextField(
        _("reply to the user, when it is final"),
        blank=True,
        help_text=_("Begins with {sent}: “The message you sent on 23 November to …”. No greeting, no code."),
    )
    reply_delayed = models.TextField(_("reply to the user, while it is retried"), blank=True)
    note_to_postmaster = models.TextField(_("note to their postmaster"), blank=True)
    synonyms = ListField(_("also called"), help_text=_("One a line: the words people use and servers say."))

    sisimai = models.CharField(_("name in Sisimai"), max_length=80, blank=True)
    kumomta = models.CharField(_("name in KumoMTA"), max_length=80, blank=True)
    sources = ListField(_("sources"), help_text=_("One a line: slug of a reference, then its sections."))

    class Meta:
        ordering = ("position", "slug")
        verbose_name = _("reason")
        verbose_name_plural = _("reasons")

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return page_address(f"reasons/{self.slug}/")
