"""How sure an explanation is, and which evidence decided."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from codes.explain.explanation import ExplainedDelivery, Opinion
from codes.explain.reason import rests_on_vague_words
from codes.knowledge.entries import Knowledge

HEADINGS = {
    "known-message": gettext_lazy("High certainty: it is a known message"),
    "vague-message": gettext_lazy("Low certainty: the words only name the subject"),
    "enhanced-code": gettext_lazy("Good certainty: the enhanced code says it"),
    "report": gettext_lazy("High certainty: the kind of report says it"),
    "reply-code": gettext_lazy("Low certainty: only the reply code speaks"),
    "class": gettext_lazy("Low certainty: only the first digit speaks"),
    "none": gettext_lazy("No certainty: neither words nor codes speak"),
}
SHORT = {
    "known-message": gettext_lazy("High certainty"),
    "vague-message": gettext_lazy("Low certainty"),
    "enhanced-code": gettext_lazy("Good certainty"),
    "report": gettext_lazy("High certainty"),
    "reply-code": gettext_lazy("Low certainty"),
    "class": gettext_lazy("Low certainty"),
    "none": gettext_lazy("No certainty"),
}
NAMES = {
    "known-message": gettext_lazy("Known message"),
    "enhanced-code": gettext_lazy("Enhanced code"),
    "report": gettext_lazy("Kind of report"),
    "reply-code": gettext_lazy("Reply code"),
    "class": gettext_lazy("First digit"),
    "none": gettext_lazy("Words and codes"),
}
#: With these the verdict is drawn hollow: "probably".
HOLLOW = ("vague-message", "reply-code", "class", "none")


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of the list: a kind of evidence, what it is, and what it says."""

    name: str | Promise
    value: str
    address: str
    says: str
    agrees: bool
    decides: bool


def ground(delivery: ExplainedDelivery, knowledge: Knowledge) -> str:
    """Return the key of the headings: the basis, or "vague-message" for a known message that says little."""
    return "vague-message" if rests_on_vague_words(delivery, knowledge) else delivery.basis


def remarks(delivery: ExplainedDelivery, knowledge: Knowledge, language: str) -> list[Remark]:
    """Return what each kind of evidence says about the reason."""
    return [_remark(opinion, delivery, knowledge, language) for opinion in delivery.opinions]


def _remark(opinion: Opinion, delivery: ExplainedDelivery, knowledge: Knowledge, language: str) -> Remark:
    value, address = opinion.value, ""
    if opinion.basis == "known-message" and (signature := knowledge.signatures.get(opinion.value)):
        value, address = signature.title.in_language(language), reverse("message", args=[signature.slug])
    elif opinion.basis in ("enhanced-code", "reply-code") and value:
        address = reverse("code", args=[value])
    agrees = opinion.reason is not None and opinion.reason == delivery.reason
    return Remark(
        name=NAMES[opinion.basis],
        value=value,
        address=address,
        says=_says(opinion, agrees, knowledge, language),
        agrees=agrees or opinion.decides,
        decides=opinion.decides,
    )


def _says(opinion: Opinion, agrees: bool, knowledge: Knowledge, language: str) -> str:
    if opinion.decides:
        return ""
    if not opinion.value:
        return _("none is like it enough") if opinion.basis == "known-message" else _("there is none")
    if agrees:
        return _("says the same")
    if opinion.reason is None:
        return _("does not say why")
    reason = knowledge.reasons.get(opinion.reason)
    title = reason.title.in_language(language) if reason else opinion.reason
    return _("alone would say “%(reason)s”") % {"reason": title}
