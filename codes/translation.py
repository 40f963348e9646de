"""Which fields exist in both languages; and, since it must see those fields, of which models a history is kept."""

import simple_history
from modeltranslation.translator import TranslationOptions, register

from codes.models import (
    SHIPPED_MODELS,
    CodeClass,
    CodeSubject,
    Collection,
    EnhancedCode,
    Guide,
    House,
    LocalNote,
    Provider,
    Reason,
    ReplyCode,
    Signature,
    StageMeaning,
    Term,
)


class BilingualOptions(TranslationOptions):
    """An empty text is the empty string, never null."""

    empty_values = ""


@register([CodeClass, CodeSubject])
class ExplainedOptions(BilingualOptions):
    """The digits of codes."""

    fields = ("title", "meaning", "advice")


@register(ReplyCode)
class ReplyCodeOptions(BilingualOptions):
    """Reply codes."""

    fields = ("title", "meaning", "advice", "causes", "retry")


@register(StageMeaning)
class StageMeaningOptions(BilingualOptions):
    """What reply codes say at a stage."""

    fields = ("meaning",)


@register(EnhancedCode)
class EnhancedCodeOptions(BilingualOptions):
    """Enhanced codes."""

    fields = ("title", "meaning", "advice", "difference", "other_uses")


@register(Reason)
class ReasonOptions(BilingualOptions):
    """Reasons."""

    fields = (
        "title",
        "headline",
        "headline_named",
        "meaning",
        "certainty",
        "steps",
        "admin_steps",
        "recipient_steps",
        "retry",
        "reply",
        "reply_delayed",
        "note_to_postmaster",
        "synonyms",
    )
    empty_values = {"synonyms": None}


@register(Provider)
class ProviderOptions(BilingualOptions):
    """Providers; their names are the same in every language."""

    fields = ("description", "advice")


@register(Signature)
class SignatureOptions(BilingualOptions):
    """Known messages."""

    fields = ("title", "text", "headline", "steps", "reply")


@register(Collection)
class CollectionOptions(BilingualOptions):
    """Collections."""

    fields = ("title", "text")


@register(LocalNote)
class LocalNoteOptions(BilingualOptions):
    """What the house's own editors say."""

    fields = ("text",)


@register(Guide)
class GuideOptions(BilingualOptions):
    """Guides."""

    fields = ("title", "summary", "body")


@register(Term)
class TermOptions(BilingualOptions):
    """Terms of the glossary."""

    fields = ("title", "names", "definition")
    empty_values = {"names": None}


for model in (*SHIPPED_MODELS, House, LocalNote):
    many = [field.name for field in model._meta.many_to_many]
    simple_history.register(model, app="codes", m2m_fields=many)
