"""Which fields exist in both languages."""

from modeltranslation.translator import TranslationOptions, register

from codes.models import CodeClass, CodeSubject, Collection, EnhancedCode, Provider, Reason, ReplyCode, Signature


class BilingualOptions(TranslationOptions):
    """An empty text is the empty string, never null."""

    empty_values = ""


@register([CodeClass, CodeSubject, ReplyCode, EnhancedCode])
class ExplainedOptions(BilingualOptions):
    """Codes and their digits."""

    fields = ("title", "meaning", "advice")


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

    fields = ("description",)


@register(Signature)
class SignatureOptions(BilingualOptions):
    """Known messages."""

    fields = ("title", "text", "headline", "steps", "reply")


@register(Collection)
class CollectionOptions(BilingualOptions):
    """Collections."""

    fields = ("title", "text")
