"""Reply codes (RFC 5321, 4.2), enhanced codes (RFC 3463), and their digits."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from codes.models.entry import Entry, Publishable, page_address
from codes.models.fields import EachMatches, ListField
from codes.models.reason import Reason
from codes.models.vocabulary import OTHER_COMMANDS, Stage, Standing

#: The stages of a delivery, and the other commands that a reply may answer.
EVERY_STAGE = [*Stage.choices, *((name, name.upper()) for name in OTHER_COMMANDS)]
SOURCES_HELP = _("One a line: slug of a reference, then its sections (rfc5321 4.2.2, 4.2.3).")


class Explained(Entry):
    """An entry with a title, a meaning and what to do when nothing more is known."""

    title = models.CharField(_("title"), max_length=80, blank=True)
    meaning = models.TextField(_("meaning"), blank=True)
    advice = models.TextField(_("advice"), blank=True, help_text=_("What to do when only this is known."))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """Return the code, which people know, before its title."""
        return f"{self.natural_key()[0]} {self.title}".strip()


class CodeClass(Explained):
    """What the first digit says: 2, 3, 4 or 5."""

    natural_key_fields = ("digit",)

    digit = models.CharField(_("digit"), max_length=1, unique=True, validators=[RegexValidator(r"^[2-5]$")])

    class Meta:
        ordering = ("digit",)
        verbose_name = _("class of codes")
        verbose_name_plural = _("classes of codes")

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return page_address(f"codes/{self.digit}xx/")


class CodeSubject(Explained):
    """What the second number of an enhanced code says (RFC 3463, section 3)."""

    natural_key_fields = ("digit",)

    digit = models.CharField(_("digit"), max_length=1, unique=True, validators=[RegexValidator(r"^[0-9]$")])

    class Meta:
        ordering = ("digit",)
        verbose_name = _("subject of enhanced codes")
        verbose_name_plural = _("subjects of enhanced codes")

    def get_absolute_url(self) -> str:
        """Return the address of its page, over all classes."""
        return page_address(f"codes/x.{self.digit}.x/")


class ReplyCode(Publishable, Explained):
    """A three-digit reply code."""

    natural_key_fields = ("code",)

    code = models.CharField(_("code"), max_length=3, unique=True, validators=[RegexValidator(r"^\d{3}$")])
    official_title = models.CharField(_("official title"), max_length=200, blank=True)
    stages = ListField(_("stages"), choices=EVERY_STAGE)
    standing = models.CharField(_("standing"), max_length=12, choices=Standing, default=Standing.STANDARD)
    causes = models.TextField(_("causes"), blank=True, help_text=_("One a line, the likeliest first."))
    retry = models.TextField(_("is it retried"), blank=True, help_text=_("Where its class does not say it all."))
    wordings = ListField(
        _("how servers word it"), help_text=_("One a line, where too few known messages come with this code.")
    )
    sources = ListField(_("sources"), help_text=SOURCES_HELP)

    class Meta:
        ordering = ("code",)
        verbose_name = _("reply code")
        verbose_name_plural = _("reply codes")

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return page_address(f"codes/{self.code}/")


class StageMeaning(Entry):
    """A reply code at one stage: what it says there, and the reason it suggests when nothing else says more."""

    natural_key_fields = ("reply_code__code", "stage")

    reply_code = models.ForeignKey(
        ReplyCode, models.CASCADE, related_name="stage_meanings", verbose_name=_("reply code")
    )
    stage = models.CharField(
        _("stage"), max_length=10, choices=EVERY_STAGE, blank=True, help_text=_("Empty: any other.")
    )
    meaning = models.TextField(_("meaning"), blank=True, help_text=_("What it says when it comes at this stage."))
    reason = models.ForeignKey(
        Reason,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stage_meanings",
        verbose_name=_("reason"),
        help_text=_("Where neither words nor enhanced code say more."),
    )

    class Meta:
        ordering = ("reply_code__code", "stage")
        constraints = [models.UniqueConstraint(fields=("reply_code", "stage"), name="one_meaning_per_stage")]
        verbose_name = _("meaning at a stage")
        verbose_name_plural = _("meanings at a stage")

    def __str__(self) -> str:
        return f"{self.reply_code.code} {self.get_stage_display()}".rstrip()


class EnhancedCode(Publishable, Explained):
    """A subject and detail of RFC 3463, "X.1.1"; 4.1.1 and 5.1.1 share it."""

    natural_key_fields = ("code",)

    code = models.CharField(_("code"), max_length=7, unique=True, validators=[RegexValidator(r"^X\.\d{1,3}\.\d{1,3}$")])
    official_title = models.CharField(_("official title"), max_length=200, blank=True)
    classes = ListField(_("classes"), choices=[(digit, f"{digit}.y.z") for digit in "245"])
    difference = models.TextField(
        _("beside its reason"), blank=True, help_text=_("What sets it apart from the reason it stands for.")
    )
    other_uses = models.TextField(
        _("other uses"), blank=True, help_text=_("One a line: what somebody uses it for beyond its definition.")
    )
    often = models.BooleanField(_("often seen"), default=False)
    reason = models.ForeignKey(
        Reason, models.PROTECT, null=True, blank=True, related_name="enhanced_codes", verbose_name=_("default reason")
    )
    temporary_reason = models.ForeignKey(
        Reason,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="temporary_enhanced_codes",
        verbose_name=_("default reason of 4.y.z"),
        help_text=_("Empty: the same."),
    )
    reply_codes = ListField(
        _("reply codes"),
        validators=[EachMatches(r"\d{3}")],
        help_text=_("The codes with which it goes, one a line."),
    )
    sources = ListField(_("sources"), help_text=SOURCES_HELP)

    class Meta:
        ordering = ("code",)
        verbose_name = _("enhanced code")
        verbose_name_plural = _("enhanced codes")

    def get_absolute_url(self) -> str:
        """Return the address of its page, in the most severe class it is used in."""
        return page_address(f"codes/{max(self.classes, default='5')}{self.code[1:]}/")
