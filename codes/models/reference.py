"""Where a fact comes from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from codes.models.entry import Entry


class Reference(Entry):
    """A standard, a registry or a provider's page that entries cite as "slug section, section"."""

    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=500, blank=True)
    checked = models.DateField(_("checked on"), null=True, blank=True)

    class Meta:
        ordering = ("slug",)
        verbose_name = _("reference")
        verbose_name_plural = _("references")
