"""Addresses that pages once had."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from codes.models.entry import Entry

#: The kinds of entry whose slug is their page's address.
PAGED = {
    "reason": _("reason"),
    "provider": _("provider"),
    "signature": _("known message"),
    "collection": _("collection"),
    "guide": _("guide"),
}


class FormerSlug(Entry):
    """A slug that an entry had before, or that people try: its address leads to the entry's page for ever."""

    natural_key_fields = ("kind", "slug")

    kind = models.CharField(_("kind"), max_length=30, choices=list(PAGED.items()))
    slug = models.SlugField(_("former slug"))
    now = models.SlugField(_("slug now"))

    class Meta:
        ordering = ("kind", "slug")
        constraints = [models.UniqueConstraint(fields=("kind", "slug"), name="one_page_per_former_slug")]
        verbose_name = _("former slug")
        verbose_name_plural = _("former slugs")

    def clean(self) -> None:
        """Refuse a slug that leads to itself."""
        super().clean()
        if self.slug == self.now:
            raise ValidationError({"now": _("This is the former slug itself.")})


def remember(kind: str, before: str, now: str) -> None:
    """Let the address of a former slug lead to the entry, and those of all slugs before it."""
    forget(kind, now)
    FormerSlug.objects.filter(kind=kind, now=before).update(now=now)
    FormerSlug.objects.update_or_create(kind=kind, slug=before, defaults={"now": now})


def forget(kind: str, slug: str) -> None:
    """Let the address of a slug lead to the entry that has it."""
    FormerSlug.objects.filter(kind=kind, slug=slug).delete()
