"""What all entries of the knowledge base share."""

from typing import Any, ClassVar, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import get_script_prefix
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def page_address(path: str) -> str:
    """Return the address of a public page in the reader's language; contract.md fixes these addresses."""
    language = "en" if (get_language() or "").startswith("en") else "it"
    return f"{get_script_prefix()}{language}/{path}"


def kind_title(kind: str) -> str:
    """Return what people call a kind of entry, given as its model's name in lower case."""
    try:
        return str(apps.get_model("codes", kind)._meta.verbose_name)
    except LookupError:  # of a program older or newer than this
        return kind


class EntryManager(models.Manager):
    """Finds entries by their natural key, as fixtures name them."""

    def get_by_natural_key(self, *key: str) -> models.Model:
        """Return the entry with this natural key; raises the model's DoesNotExist."""
        return self.get(**dict(zip(self.model.natural_key_fields, key, strict=True)))


class Entry(models.Model):
    """One row of the knowledge base, named by a natural key that never changes."""

    #: Look-ups that make up the natural key; may cross a foreign key ("reply_code__code").
    natural_key_fields: ClassVar[tuple[str, ...]] = ("slug",)

    objects = EntryManager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """Return the title in the active language; the key where there is none."""
        return getattr(self, "title", "") or " ".join(part for part in self.natural_key() if part)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with plain line ends, since browsers send CR LF and an entry would seem edited that was only opened.

        The address of a slug that changes leads to the new one from then on.
        """
        for field in self._meta.concrete_fields:
            value = self.__dict__.get(field.attname)
            if isinstance(value, str) and "\r" in value:
                setattr(self, field.attname, value.replace("\r\n", "\n").replace("\r", "\n"))
        super().save(*args, **kwargs)
        self._remember_slug()

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        """Remember the slug with which a row was read."""
        row = super().from_db(*args, **kwargs)
        row._slug_before = row.__dict__.get("slug", "")
        return row

    def _remember_slug(self) -> None:
        """Let the address of a slug that has just changed lead here."""
        from codes.models.former import PAGED, remember

        before, now = getattr(self, "_slug_before", ""), getattr(self, "slug", "")
        if before and before != now and self._meta.model_name in PAGED:
            remember(self._meta.model_name, before, now)
        self._slug_before = now

    def natural_key(self) -> tuple[str, ...]:
        """Return the values of `natural_key_fields`."""
        values = []
        for lookup in self.natural_key_fields:
            value: Any = self
            for name in lookup.split("__"):
                value = getattr(value, name)
            values.append(value)
        return tuple(values)

    def clean(self) -> None:
        """Refuse an entry whose title is empty in both languages."""
        super().clean()
        if hasattr(self, "title_it") and not (self.title_it or self.title_en):
            sentence = _("A title is needed in one language at least.")
            raise ValidationError({"title_it": ValidationError(sentence, code="required")})


class Publishable(models.Model):
    """An entry that can be written in peace before readers see it."""

    published = models.BooleanField(
        _("published"), default=True, help_text=_("Without it, neither pages nor explanations know the entry.")
    )

    class Meta:
        abstract = True
