"""Guides: pages that explain a subject, and the glossary."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from codes.models.entry import Entry, Publishable, page_address
from codes.models.fields import ListField
from codes.models.reason import Reason
from codes.models.vocabulary import Picture


class Guide(Publishable, Entry):
    """A page of documentation, written in Markdown."""

    slug = models.SlugField(_("slug"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("Order in the list."))
    picture = models.CharField(
        _("picture"), max_length=20, choices=Picture, blank=True, help_text=_("Stands after the summary.")
    )
    title = models.CharField(_("title"), max_length=80, blank=True)
    summary = models.CharField(_("summary"), max_length=300, blank=True, help_text=_("One or two sentences."))
    body = models.TextField(
        _("body"),
        blank=True,
        help_text=_(
            "Markdown, no HTML: ## heading, **bold**, - list, 1. steps, > remark, `550` (a code links itself), "
            "[words](/reasons/greylisted/) for our own pages, without the language."
        ),
    )
    reasons = models.ManyToManyField(
        Reason,
        related_name="guides",
        verbose_name=_("reasons"),
        blank=True,
        help_text=_("Their pages link to this guide."),
    )
    sources = ListField(_("sources"), help_text=_("One a line: slug of a reference, then its sections."))

    class Meta:
        ordering = ("position", "slug")
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return page_address(f"guides/{self.slug}/")


class Term(Entry):
    """A word of the glossary; texts that use one of its names link to it."""

    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=80, blank=True)
    names = ListField(
        _("names"),
        help_text=_(
            "The forms in which texts use it, one a line, singular and plural. A name with a capital is found only "
            "as it is written."
        ),
    )
    definition = models.TextField(_("definition"), blank=True, help_text=_("One to three sentences."))
    see = models.CharField(
        _("see also"), max_length=100, blank=True, help_text=_("A page of ours, without the language: /guides/pec/")
    )
    sources = ListField(_("sources"), help_text=_("One a line: slug of a reference, then its sections."))

    class Meta:
        ordering = ("slug",)
        verbose_name = _("term of the glossary")
        verbose_name_plural = _("terms of the glossary")

    def get_absolute_url(self) -> str:
        """Return its place in the glossary."""
        return page_address(f"glossary/#{self.slug}")
