"""Words that mean the same to a search."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from codes.models.entry import Entry
from codes.models.fields import ListField


class Synonym(Entry):
    """A group of words and phrases, in either language: who searches for one finds the others."""

    slug = models.SlugField(_("slug"), unique=True)
    words = ListField(_("words"), help_text=_("Words and phrases that mean the same, in either language, one a line."))

    class Meta:
        ordering = ("slug",)
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
