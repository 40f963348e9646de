"""Curated lists of codes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from codes.models.code import ReplyCode
from codes.models.entry import Entry, Publishable, page_address
from codes.models.fields import ListField


class Collection(Publishable, Entry):
    """A list of reply codes with an introduction, such as those a product documents."""

    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=80, blank=True)
    text = models.TextField(_("text"), blank=True)
    codes = models.ManyToManyField(ReplyCode, related_name="collections", verbose_name=_("codes"), blank=True)
    sources = ListField(_("sources"), help_text=_("One a line: slug of a reference, then its sections."))

    class Meta:
        ordering = ("slug",)
        verbose_name = _("collection")
        verbose_name_plural = _("collections")

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return page_address(f"collections/{self.slug}/")
