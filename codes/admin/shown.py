"""Values of fields as people read them."""

from typing import Any

from django.utils.translation import gettext as _
from simple_history.models import DeletedObject


def shown(field: Any, value: Any) -> str:
    """Return a field's value as people read it: the words of a choice, yes or no, a list line by line."""
    if isinstance(value, DeletedObject) and value.pk is None:  # how a record says that it names no object
        value = None
    if isinstance(value, dict):  # a link of a many-to-many relation
        value = value.get(field.m2m_reverse_field_name())
    if isinstance(value, list):
        return "\n".join(shown(field, item) for item in value)
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    words = dict(getattr(field, "flatchoices", None) or ())
    return "" if value is None else str(words.get(value, value))
