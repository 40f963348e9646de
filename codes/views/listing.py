"""Views of entries as lists show them: which codes there are, and what stands beside them."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from codes.knowledge.entries import EnhancedCode, Knowledge, Reason, ReplyCode, Signature, Text
from codes.models.vocabulary import Evidence, Standing
from codes.views.dialogue import OTHERS, PLACE_OF_STAGE
from codes.views.words import VERDICT_OF_USUAL_OUTCOME

ESA = "cisco-esa"
#: Characters up to which a reply is shown as an example of a code's wording.
LONGEST_WORDING = 160


def verdict_of_reason(reason: Reason) -> str:
    """Return the verdict that a reason usually stands for."""
    if reason.slug == "delivered":
        return "delivered"
    return VERDICT_OF_USUAL_OUTCOME.get(reason.usual_outcome, "unknown")


def mover_of_reason(reason: Reason) -> str:
    """Return whose move it usually is, as lists say it."""
    return reason.who_acts(retried=verdict_of_reason(reason) == "temporary")


def is_known(entry: ReplyCode | None) -> bool:
    """Return whether a reply code exists; what only a draft proposed does not, though its page says what is known."""
    return entry is not None and entry.standing != Standing.DRAFT


def reply_codes_in(knowledge: Knowledge, digit: str) -> list[ReplyCode]:
    """Return the reply codes of a class."""
    return [entry for entry in knowledge.reply_codes.values() if entry.digit == digit and is_known(entry)]


def esa_codes(knowledge: Knowledge) -> tuple[str, ...]:
    """Return the codes that bear the mark of Cisco ESA."""
    return knowledge.collections[ESA].codes if ESA in knowledge.collections else ()


@dataclass(frozen=True, slots=True)
class CodeRow:
    """An enhanced code in one class, or a stage: what it suggests and whose move that is."""

    code: str
    title: Text
    reason: Reason | None
    mover: str
    says: tuple[str, ...] = ()


def enhanced_rows(knowledge: Knowledge, entries: Iterable[EnhancedCode], digit: str, language: str) -> list[CodeRow]:
    """Return rows for enhanced codes in a class, with the words that servers use for their reasons."""
    rows = []
    for entry in entries:
        if digit not in entry.classes:
            continue
        reason = knowledge.reasons.get(entry.reason_in(digit) or "")
        mover = reason.who_acts(retried=digit == "4") if reason else ""
        words = (reason.synonyms_en if reason else ())[:3]
        rows.append(CodeRow(entry.in_class(digit), entry.title, reason, mover, words))
    return rows


@dataclass(frozen=True, slots=True)
class StageRow:
    """What a reply code says at one stage of the dialogue, "" for any other, and the reason it suggests there."""

    stage: str
    meaning: Text
    reason: Reason | None
    mover: str


def stage_rows(knowledge: Knowledge, entry: ReplyCode) -> list[StageRow]:
    """Return what a reply code says at each stage, in the order of the dialogue."""
    rows = []
    for stage in sorted({*entry.stage_meanings, *entry.stage_reasons}, key=lambda stage: PLACE_OF_STAGE[stage]):
        slug = entry.stage_reasons.get(stage) or ("" if stage in OTHERS else entry.stage_reasons.get(""))
        reason = knowledge.reasons.get(slug or "")
        mover = reason.who_acts(retried=entry.digit == "4") if reason else ""
        rows.append(StageRow(stage, entry.stage_meanings.get(stage, Text()), reason, mover))
    return rows


@dataclass(frozen=True, slots=True)
class Wording:
    """How a server words a reply, and the known message it is an example of, where there is one."""

    words: str
    signature: Signature | None = None


def wordings(entry: ReplyCode, messages: list[Signature]) -> list[Wording]:
    """Return up to three real replies with a code: its own, then examples of messages that differ in who and why."""
    found = [Wording(words) for words in entry.wordings]
    told = Counter(message.reason for message in messages)  # what the code is used for most comes first
    left = [
        Wording(example, message)
        for message in sorted(messages, key=lambda each: (-told[each.reason], each.evidence != Evidence.ATTESTED))
        for example in message.examples[:1]
        if example.startswith(entry.code) and len(example) <= LONGEST_WORDING
    ]
    while left and len(found) < 3:
        seen = {mark for wording in found for mark in _marks(wording.signature)}
        # max() takes the first of equals: the order above holds among those that are equally new.
        newest = max(left, key=lambda wording: len(_marks(wording.signature) - seen))
        left.remove(newest)
        found.append(newest)
    return found[:3]


def _marks(message: Signature | None) -> set[str]:
    """Return what makes an example another one: who says it, and why."""
    return {message.provider or message.system, message.reason} if message else set()


def subjects_with_codes(knowledge: Knowledge, digit: str = "") -> list[tuple]:
    """Return every subject with its enhanced codes, all or those of one class."""
    return [
        (
            subject,
            [
                entry
                for entry in knowledge.enhanced_codes.values()
                if entry.subject == subject.digit and (not digit or digit in entry.classes)
            ],
        )
        for subject in knowledge.subjects.values()
    ]


def signatures_with_code(knowledge: Knowledge, *codes: str) -> list[Signature]:
    """Return the known messages that come with one of these codes; those with an example that bears it first."""
    wanted = set(codes)
    found = [signature for signature in knowledge.signatures.values() if wanted & set(signature.codes)]
    return sorted(found, key=lambda signature: not any(example_with(signature, code) for code in codes))


def example_with(signature: Signature, code: str) -> str:
    """Return the first example of a known message that bears a code; nothing where none does."""
    bears = re.compile(rf"(?<![\d.]){re.escape(code)}(?![\d.]*\d)")
    return next((example for example in signature.examples if bears.search(example)), "")
