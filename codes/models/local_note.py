"""What the house's own editors add to an entry: which queue, which phone, which procedure."""

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class NoteKind(models.TextChoices):
    """The kinds of entry that can have a note, by the name of their model."""

    REASON = "reason", _("reason")
    REPLY_CODE = "replycode", _("reply code")
    ENHANCED_CODE = "enhancedcode", _("enhanced code")
    PROVIDER = "provider", _("provider")
    SIGNATURE = "signature", _("known message")


class LocalNote(models.Model):
    """“Here”: shown apart on every page of the entry that it names.

    It is nobody's fixture: no upgrade touches it. It names its entry by key, so that it outlives an entry that goes
    and comes back.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=NoteKind)
    key = models.CharField(
        _("entry"), max_length=80, help_text=_("Its slug or code: mailbox-full, 550, X.1.1 (for 4.1.1 and 5.1.1).")
    )
    text = models.TextField(
        _("text"), blank=True, help_text=_("Which queue, whose phone, which procedure; no names of users.")
    )

    class Meta:
        ordering = ("kind", "key")
        constraints = [models.UniqueConstraint(fields=("kind", "key"), name="one_local_note_per_entry")]
        verbose_name = _("local note")
        verbose_name_plural = _("local notes")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key}"

    def entry(self) -> Any:
        """Return the entry that it names, None where there is none."""
        model: Any = apps.get_model("codes", self.kind)
        return model._default_manager.filter(**{model.natural_key_fields[0]: self.key}).first()

    def clean(self) -> None:
        """Refuse a note on nothing; an enhanced code is named without its class."""
        super().clean()
        if self.kind == NoteKind.ENHANCED_CODE and self.key[:2] in ("2.", "4.", "5.", "x."):
            self.key = f"X{self.key[1:]}"
        if self.kind in NoteKind.values and self.entry() is None:
            raise ValidationError({"key": _("There is no such entry.")})
        if not (self.text_it or self.text_en):
            sentence = _("A text is needed in one language at least.")
            raise ValidationError({"text_it": ValidationError(sentence, code="required")})
