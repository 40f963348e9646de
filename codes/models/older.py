"""Which language of an entry has fallen behind the other."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OlderText(models.Model):
    """One language of one entry, since the other one was edited alone; codes.in_step writes and deletes the rows."""

    kind = models.CharField(_("kind"), max_length=30)
    #: The primary key of the entry.
    row = models.PositiveBigIntegerField()
    language = models.CharField(_("language"), max_length=5)
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("kind", "row", "language"), name="one_older_text_per_language")]
        verbose_name = _("older text")
        verbose_name_plural = _("older texts")

    def __str__(self) -> str:
        return f"{self.kind} {self.row} {self.language}"
