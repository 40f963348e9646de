"""Known messages: what servers say, and what they mean by it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from codes.models.entry import Entry, Publishable, page_address
from codes.models.fields import EachMatches, ListField
from codes.models.provider import Provider
from codes.models.reason import Reason
from codes.models.vocabulary import Actor, Difference, Evidence


class Signature(Publishable, Entry):
    """A known message: patterns that find it, examples that prove it, and the reason it stands for."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=80, blank=True)
    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, related_name="signatures", verbose_name=_("provider")
    )
    system = models.CharField(_("mail system"), max_length=30, blank=True, help_text=_("postfix, exim, exchange…"))
    reason = models.ForeignKey(Reason, models.PROTECT, related_name="signatures", verbose_name=_("reason"))
    patterns = ListField(
        _("patterns"),
        blank=False,
        help_text=_("One phrase a line, found anywhere in the reply; * stands for anything, re: begins RE2 syntax."),
    )
    examples = ListField(_("examples"), blank=False, help_text=_("Whole replies, one a line."))
    codes = ListField(
        _("codes"),
        validators=[EachMatches(r"\d{3}|[245X]\.\d{1,3}\.\d{1,3}")],
        help_text=_("Reply and enhanced codes it comes with, one a line."),
    )
    differs = models.CharField(
        _("differs from its code"),
        max_length=10,
        choices=Difference,
        blank=True,
        help_text=_(
            "Why the reason is another than the one of the enhanced code in its examples; empty where it is not."
        ),
    )
    who_acts = models.CharField(
        _("who acts"), max_length=20, choices=Actor, blank=True, help_text=_("Empty: as the reason says.")
    )
    text = models.TextField(_("own explanation"), blank=True, help_text=_("Where the reason’s meaning is not enough."))
    headline = models.CharField(
        _("own headline"), max_length=250, blank=True, help_text=_("Where the reason’s headline would be wrong.")
    )
    steps = models.TextField(
        _("own steps"), blank=True, help_text=_("One a line, where the reason’s steps would be wrong.")
    )
    reply = models.TextField(
        _("own reply to the user"),
        blank=True,
        help_text=_("Begins with {sent}, where the reason’s reply would be wrong."),
    )
    weight = models.SmallIntegerField(
        _("weight"),
        default=0,
        help_text=_("Higher wins; −30 or less for phrases that say little, which an enhanced code outranks."),
    )
    evidence = models.CharField(_("evidence"), max_length=10, choices=Evidence, default=Evidence.ASSUMED)
    checked = models.DateField(_("checked on"), null=True, blank=True)
    sources = ListField(_("sources"), help_text=_("One a line: slug of a reference, then its sections."))

    class Meta:
        ordering = ("slug",)
        verbose_name = _("known message")
        verbose_name_plural = _("known messages")

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return page_address(f"messages/{self.slug}/")
