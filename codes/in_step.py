"""Whether the two languages of an entry say the same: an edit of one alone leaves the other behind.

It catches up when it is edited, when somebody says that it need not be, or when the program brings new texts of both.
"""

from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save, pre_save

from codes.knowledge.entries import LANGUAGES
from codes.models import SHIPPED_MODELS, OlderText
from codes.models.entry import Entry
from codes.reviews import is_bilingual, texts_of


def follow_changes() -> None:
    """Note from now on which language is edited."""
    for model in filter(is_bilingual, SHIPPED_MODELS):
        pre_save.connect(_before, sender=model, dispatch_uid=f"in-step-before-{model.__name__}")
        post_save.connect(_after, sender=model, dispatch_uid=f"in-step-after-{model.__name__}")
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"in-step-delete-{model.__name__}")


def older_of(model: type[Model], row: int) -> dict[str, OlderText]:
    """Return the languages of an entry that are older than the other: one, or none."""
    return {each.language: each for each in _of(model).filter(row=row)}


def rows_older_in(model: type[Model], language: str) -> QuerySet:
    """Return the primary keys of a kind's entries that are older in a language, for a subquery."""
    return _of(model).filter(language=language).values("row")


def catch_up(row: Entry, *languages: str) -> None:
    """Note that the text in these languages says what the other one says."""
    _of(type(row)).filter(row=row.pk, language__in=languages or LANGUAGES).delete()


def _of(model: type[Model]) -> QuerySet[OlderText]:
    return OlderText.objects.filter(kind=model._meta.model_name)


def _before(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    instance._texts_before = None
    if instance.pk and not kwargs.get("raw") and not instance._state.adding:
        row = sender._base_manager.filter(pk=instance.pk).first()
        instance._texts_before = row and {language: texts_of(row, language) for language in LANGUAGES}


def _after(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    before = instance.__dict__.pop("_texts_before", None)
    if not before:
        return
    texts = {language: texts_of(instance, language) for language in LANGUAGES}
    edited = [language for language in LANGUAGES if texts[language] != before[language]]
    if hasattr(instance, "skip_history_when_saving") or len(edited) != 1:
        if edited:
            catch_up(instance)
        return
    other = next(language for language in LANGUAGES if language not in edited)
    if edited[0] in older_of(sender, instance.pk):
        catch_up(instance, *edited)
    elif any(texts[other].values()):  # what is missing is no older text
        OlderText.objects.get_or_create(kind=sender._meta.model_name, row=instance.pk, language=other)


def _deleted(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    catch_up(instance)
