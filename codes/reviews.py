"""Which languages of an entry were reviewed; a review ends with the first edit of the texts, however it is made."""

import hashlib
import json
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from codes.knowledge.entries import LANGUAGES
from codes.models import SHIPPED_MODELS, Review
from codes.models.entry import Entry
from codes.shipping.kinds import key_text, kind_of


def is_bilingual(model: type[Model]) -> bool:
    """Return whether entries of a model have texts in two languages."""
    return bool(_texts(model, "it"))


def _texts(model: type[Model], language: str) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if getattr(field, "language", "") == language]


def texts_of(row: Entry, language: str) -> dict[str, Any]:
    """Return an entry's texts in one language, by field."""
    return {name: getattr(row, name) or "" for name in _texts(type(row), language)}


def digest_of(row: Entry, language: str) -> str:
    """Return a digest of an entry's texts in one language."""
    return hashlib.blake2b(json.dumps(texts_of(row, language), sort_keys=True).encode(), digest_size=16).hexdigest()


def reviews_of(row: Entry) -> dict[str, Review | None]:
    """Return the review of each language, None where there is none."""
    found = {review.language: review for review in _of(row).select_related("reviewer")}
    return {language: found.get(language) for language in LANGUAGES}


def rows_reviewed_in(model: type[Model], language: str) -> list[int]:
    """Return the primary keys of a kind's entries whose texts in a language somebody found right."""
    keys = Review.objects.filter(kind=model._meta.model_name, language=language).values_list("key", flat=True)
    ids = kind_of(model).ids_by_key() if keys else {}
    return [ids[key] for key in keys if key in ids]


def mark(row: Entry, language: str, reviewer: Any) -> None:
    """Note that somebody found the texts of one language right."""
    Review.objects.update_or_create(
        kind=row._meta.model_name,
        key=key_text(row.natural_key()),
        language=language,
        defaults={"digest": digest_of(row, language), "reviewer": reviewer},
    )


def follow_changes() -> None:
    """Let reviews go when their entry is edited or deleted."""
    for model in filter(is_bilingual, SHIPPED_MODELS):
        post_save.connect(_edited, sender=model, dispatch_uid=f"review-save-{model.__name__}")
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"review-delete-{model.__name__}")


def _of(row: Entry) -> Any:
    return Review.objects.filter(kind=row._meta.model_name, key=key_text(row.natural_key()))


def _edited(sender: type[Model], instance: Any, created: bool, **kwargs: Any) -> None:
    if created or kwargs.get("raw"):
        return
    for review in _of(instance):
        if review.digest != digest_of(instance, review.language):
            review.delete()


def _deleted(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    _of(instance).delete()
