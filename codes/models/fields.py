"""A field for a short list of words, edited one a line or as check boxes."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _


@deconstructible
class EachMatches:
    """Validates that each item of a list is written as a pattern says."""

    def __init__(self, pattern: str, message: str = "") -> None:
        self.pattern = pattern
        self.message = message or _("“%(value)s” is not written as expected.")

    def __call__(self, value: list[str]) -> None:
        """Refuse the first item that is written otherwise."""
        for item in value:
            if not re.fullmatch(self.pattern, item):
                raise ValidationError(self.message, code="invalid", params={"value": item})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EachMatches) and self.pattern == other.pattern

    def __hash__(self) -> int:
        return hash(self.pattern)


class LinesFormField(forms.CharField):
    """A text area whose non-empty lines are the list."""

    widget = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        """Return the lines, trimmed, without the empty ones."""
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare lists, not the text that shows them."""
        return (initial or []) != self.to_python(data)


class ListField(models.JSONField):
    """A list of strings. With `choices` it is edited as check boxes, else one item a line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Check that this is a list of lines, each one of the choices where there are any."""
        if value in self.empty_values:
            if not self.blank:
                raise ValidationError(self.error_messages["blank"], code="blank")
            return
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ValidationError(_("A list of texts is needed here."), code="invalid")
        allowed = {key for key, _label in self.choices or ()}
        for item in value:
            if item != " ".join(item.splitlines()).strip() or not item:
                raise ValidationError(_("Each item is one line, without blanks around it."), code="invalid")
            if allowed and item not in allowed:
                raise ValidationError(
                    _("“%(value)s” is not one of the choices."), code="invalid_choice", params={"value": item}
                )

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Return the check boxes or the text area."""
        label = str(self.verbose_name)
        options = {"required": not self.blank, "label": label[:1].upper() + label[1:], "help_text": self.help_text}
        if self.choices:
            options["widget"] = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(choices=self.choices, **options)
        return LinesFormField(**options)
