"""Who has read an entry's texts and found them right."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from codes.models.entry import kind_title


class Review(models.Model):
    """One language of one entry, as it was when somebody reviewed it; an edit of its texts deletes the row."""

    kind = models.CharField(_("kind"), max_length=30)
    key = models.CharField(_("key"), max_length=120)
    language = models.CharField(_("language"), max_length=5)
    #: Of the texts that were reviewed.
    digest = models.CharField(max_length=32)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("reviewer")
    )
    at = models.DateTimeField(_("reviewed at"), auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("kind", "key", "language"), name="one_review_per_language")]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def __str__(self) -> str:
        return f"{kind_title(self.kind)} {self.key} {self.language}"
