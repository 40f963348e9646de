"""What came with the program, so that an upgrade can tell it from what an editor wrote."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from codes.models.entry import kind_title


class ShippedEntry(models.Model):
    """The shipped state of one entry."""

    kind = models.CharField(_("kind"), max_length=30)
    key = models.CharField(_("key"), max_length=120)
    #: The fields as they were last taken into the database; an entry that differs was edited here.
    taken = models.JSONField(_("taken"), default=dict)
    #: A newer shipped state that waits because the entry was edited here; null where none does.
    waiting = models.JSONField(_("waiting"), null=True, blank=True)
    #: The entry is shipped no more, but was kept: edited here, or named by others that stay.
    withdrawn = models.BooleanField(_("withdrawn"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("kind", "key"), name="one_shipped_state_per_entry")]
        verbose_name = _("waiting shipped text")
        verbose_name_plural = _("waiting shipped texts")

    def __str__(self) -> str:
        return f"{kind_title(self.kind)} {self.key}"
