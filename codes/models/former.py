"""Addresses that pages once had."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FormerSlug(models.Model):
    """A slug that an entry had before: its address leads to the entry's page for ever."""

    kind = models.CharField(_("kind"), max_length=30)
    slug = models.CharField(_("former slug"), max_length=120)
    #: The slug it has now; renamed again, every older one is brought up to date.
    now = models.CharField(_("slug now"), max_length=120)

    class Meta:
        ordering = ("kind", "slug")
        constraints = [models.UniqueConstraint(fields=("kind", "slug"), name="one_page_per_former_slug")]
        verbose_name = _("former slug")
        verbose_name_plural = _("former slugs")

    def __str__(self) -> str:
        return f"{self.kind} {self.slug} → {self.now}"
