"""What explanations leave behind: counts, and the masked shapes of replies that nobody explains."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from codes.models.entry import kind_title
from codes.models.signature import Signature


class UnrecognisedReply(models.Model):
    """The shape of replies for which there is no known message, no code that says why; nothing personal is in it."""

    shape = models.CharField(_("reply"), max_length=300, unique=True)
    basis = models.CharField(
        _("explained by"),
        max_length=10,
        choices=[("class", _("its first digit only")), ("none", _("nothing"))],
    )
    count = models.PositiveIntegerField(_("times"), default=0)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), db_index=True)
    ignored = models.BooleanField(_("ignored"), default=False)
    signature = models.ForeignKey(
        Signature, models.SET_NULL, null=True, blank=True, related_name="replies", verbose_name=_("known message")
    )

    class Meta:
        ordering = ("-count", "shape")
        verbose_name = _("unrecognised reply")
        verbose_name_plural = _("unrecognised replies")

    def __str__(self) -> str:
        return self.shape


class ReasonCount(models.Model):
    """How many deliveries were explained by a reason on one day."""

    day = models.DateField(_("day"))
    reason = models.SlugField(_("reason"), max_length=50)
    count = models.PositiveIntegerField(_("times"), default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("day", "reason"), name="one_count_per_day_and_reason")]
        verbose_name = _("count per reason")
        verbose_name_plural = _("counts per reason")


class HourCount(models.Model):
    """How many deliveries were explained by a reason in one hour, and whose servers refused them; kept for two days."""

    hour = models.DateTimeField(_("hour"))
    reason = models.SlugField(_("reason"), max_length=50)
    provider = models.SlugField(_("provider"), max_length=50, blank=True)
    count = models.PositiveIntegerField(_("times"), default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("hour", "reason", "provider"), name="one_count_per_hour")]
        verbose_name = _("count per hour")
        verbose_name_plural = _("counts per hour")


class Feedback(models.Model):
    """What readers of explanations said of them on one day: about an entry, by nobody in particular."""

    kind = models.CharField(_("kind"), max_length=30)
    key = models.CharField(_("entry"), max_length=120)
    day = models.DateField(_("day"))
    right = models.BooleanField(_("was it right?"))
    missing = models.CharField(_("what was missing"), max_length=300, blank=True)
    count = models.PositiveIntegerField(_("times"), default=0)

    class Meta:
        ordering = ("-day", "kind", "key", "right")
        constraints = [
            models.UniqueConstraint(fields=("kind", "key", "day", "right", "missing"), name="one_feedback_per_day")
        ]
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")

    def __str__(self) -> str:
        return f"{kind_title(self.kind)} {self.key}"
