"""What became of the recipients, as the page shows it: recipients with the same fate are one block."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from codes.counting.recent import Others, recent
from codes.explain.explanation import Bilingual, ExplainedDelivery, Explanation
from codes.explain.lists import is_failure
from codes.knowledge.entries import Knowledge, LocalNote, Reason, Said, Text
from codes.views import sureness
from codes.views.clock import Clock, clock_of
from codes.views.dialogue import STOPPED_AT, Gate, gates_of_delivery
from codes.views.evidence import Annotation, Line, Piece
from codes.views.feedback import subject_of
from codes.views.local_notes import notes_on
from codes.views.masking import unnamed
from codes.views.route import Route, route_of_delivery
from codes.views.ticket import Ticket, ticket_of
from codes.views.words import MOVE, VERDICT_OF_OUTCOME, WORD_OF_OUTCOME, in_sentence

ORDER = ("failed", "expired", "delayed", "none", "relayed", "expanded", "delivered")
#: So many addresses are put into a ready reply in place of the first.
MOST_IN_REPLY = 10

#: Bases at which the reply itself was not understood: it is worth handing to the editors.
NOT_KNOWN = ("reply-code", "class", "none")

SENTENCES = {
    "failed": gettext_lazy("It is final: nobody will try again."),
    "turned": gettext_lazy("It began as “not now” and has become final: nobody will try again."),
    "expired": gettext_lazy("The time for trying ran out: nobody will try again."),
    "delayed": gettext_lazy("It is not lost: the sending server tries again by itself."),
    "delivered": gettext_lazy("Nothing has to be sent again."),
    "relayed": gettext_lazy("The next server took it over; it may not report what happens there."),
    "expanded": gettext_lazy("A list or an alias took it and sends it on to its members."),
}


#: Outcomes that a heading counts together.
WORD_KEYS = {"expired": "failed", "expanded": "relayed"} | {
    name: name for name in ("failed", "delayed", "delivered", "relayed", "none")
}
COUNTED = {
    "failed": ngettext_lazy("%(count)s not delivered", "%(count)s not delivered", "count"),
    "delayed": ngettext_lazy("%(count)s delayed", "%(count)s delayed", "count"),
    "delivered": ngettext_lazy("%(count)s delivered", "%(count)s delivered", "count"),
    "relayed": ngettext_lazy("%(count)s passed on", "%(count)s passed on", "count"),
    "none": ngettext_lazy("%(count)s without a refusal", "%(count)s without a refusal", "count"),
    "suspicious": ngettext_lazy("%(count)s suspicious", "%(count)s suspicious", "count"),
}


@dataclass(frozen=True, slots=True)
class Fate:
    """One block of the page."""

    prefix: str
    number: int
    delivery: ExplainedDelivery
    recipients: tuple[str, ...]
    verdict: str
    hollow: bool
    word: str | Promise
    headline: str
    sentence: str | Promise
    meaning: str
    enhanced_title: Text | None
    reason: Reason | None
    move: str | Promise
    route: Route | None
    clock: Clock | None
    others: Others | None
    gates: list[Gate]
    stopped: str | Promise
    certainty: str | Promise
    short_certainty: str | Promise
    local_notes: list[LocalNote]
    remarks: list[sureness.Remark]
    pieces: list[Piece]
    lines: list[Line]
    reply_it: str
    reply_en: str
    note_it: str
    note_en: str
    note_language: str
    postmaster: str
    ticket: Ticket
    typo: str
    hints: tuple[str, ...]
    unnamed: str
    similar: list[tuple] = field(default_factory=list)

    @property
    def subject(self) -> tuple[str, str]:
        """The entry that feedback on this block is about: kind and key."""
        return subject_of(self.delivery)

    @property
    def who_acts(self) -> str:
        """Whose move it is, as the contract names it."""
        return self.delivery.who_acts


def fates_of(
    explanation: Explanation, knowledge: Knowledge, language: str, origin: str, prefix: str = ""
) -> tuple[list[Fate], Annotation]:
    """Return the blocks of the page, failures first, and the annotated text; `prefix` sets their ids apart."""
    groups = _groups(explanation.deliveries)
    annotation = Annotation(explanation.source_text, [_evidence(group) for group in groups])
    alone = len(groups) == 1
    fates = [
        _fate(
            group,
            explanation,
            knowledge,
            language,
            origin,
            annotation,
            number,
            prefix if alone else f"{prefix}r{number}-",
        )
        for number, group in enumerate(groups, start=1)
    ]
    return fates, annotation


def _groups(deliveries: Iterable[ExplainedDelivery]) -> list[list[ExplainedDelivery]]:
    groups: dict[tuple, list[ExplainedDelivery]] = {}
    for delivery in deliveries:
        said = delivery.said
        words = said.reply_text
        for address in (said.recipient, said.original_recipient):
            words = words.replace(address, "") if address else words
        key = (
            said.outcome,
            said.became_permanent,
            said.reply_code,
            said.enhanced_code,
            delivery.reason,
            delivery.who_acts,
            delivery.signature,
            said.stage,
            said.remote_host,
            " ".join(words.split()),
            delivery.hints,
        )
        groups.setdefault(key, []).append(delivery)
    return sorted(groups.values(), key=lambda group: ORDER.index(group[0].said.outcome))


def _evidence(group: list[ExplainedDelivery]) -> list:
    """Return the evidence of the first recipient, and where the others are named."""
    first = list(group[0].evidence)
    return first + [piece for other in group[1:] for piece in other.evidence if piece.what == "recipient"][:20]


def _fate(
    group: list[ExplainedDelivery],
    explanation: Explanation,
    knowledge: Knowledge,
    language: str,
    origin: str,
    annotation: Annotation,
    number: int,
    prefix: str,
) -> Fate:
    delivery = group[0]
    said, text = delivery.said, delivery.text
    note = text.note_to_postmaster if _is_for_them(delivery) else Bilingual()
    recipients = tuple(dict.fromkeys(each.said.recipient for each in group if each.said.recipient))
    reason = knowledge.reasons.get(delivery.reason)
    entry = knowledge.enhanced_code(said.enhanced_code) if said.enhanced_code else None
    suspicious = any(hint.kind == "suspicious" for hint in delivery.hints)
    complaint = delivery.reason == "complaint"
    failure = is_failure(said.outcome)
    ground = sureness.ground(delivery, knowledge)
    known_stage = failure and said.stage in STOPPED_AT
    headline = text.headline
    if len(recipients) > 1 and reason:
        headline = reason.headline.in_language(language)
    return Fate(
        prefix=prefix,
        number=number,
        delivery=delivery,
        recipients=recipients,
        verdict="caution" if suspicious or complaint else VERDICT_OF_OUTCOME[said.outcome],
        hollow=failure and ground in sureness.HOLLOW,
        word=_("Suspicious") if suspicious else _("Reported as spam") if complaint else WORD_OF_OUTCOME[said.outcome],
        headline=headline or (reason.headline.in_language(language) if reason else ""),
        sentence=_sentence(delivery),
        meaning=text.meaning,
        enhanced_title=entry.title if entry else None,
        reason=reason,
        move=MOVE[delivery.who_acts],
        route=route_of_delivery(delivery, explanation, knowledge.house) if failure else None,
        clock=clock_of(delivery, explanation, knowledge.house, timezone.now()),
        others=recent.others(reason.slug, reason.group, delivery.provider) if failure and reason else None,
        gates=gates_of_delivery(said.stage) if known_stage else [],
        stopped=STOPPED_AT[said.stage] if known_stage else "",
        certainty=sureness.HEADINGS[ground],
        short_certainty=sureness.SHORT[ground],
        local_notes=notes_on(
            knowledge,
            signature=delivery.signature,
            reason=delivery.reason,
            provider=delivery.provider,
            enhanced_code=said.enhanced_code,
            reply_code=said.reply_code,
        ),
        remarks=sureness.remarks(delivery, knowledge, language),
        pieces=annotation.pieces[number - 1],
        lines=annotation.decisive_lines(number - 1),
        reply_it=_for_all(text.reply.it, recipients),
        reply_en=_for_all(text.reply.en, recipients),
        note_it=_for_all(note.it, recipients),
        note_en=_for_all(note.en, recipients),
        note_language="it" if _domain(recipients).endswith(".it") else "en",
        postmaster=f"postmaster@{_domain(recipients)}" if _domain(recipients) else "",
        ticket=ticket_of(delivery, recipients, reason, language, origin),
        typo=next((hint.value for hint in delivery.hints if hint.kind == "domain-typo"), ""),
        hints=tuple(hint.kind for hint in delivery.hints if hint.kind in ("backscatter", "suspicious")),
        unnamed=unnamed(said.reply_text) if failure and delivery.basis in NOT_KNOWN else "",
        similar=[
            (knowledge.signatures[slug], knowledge.reasons.get(knowledge.signatures[slug].reason))
            for slug in delivery.similar
            if slug in knowledge.signatures
        ],
    )


def _is_for_them(delivery: ExplainedDelivery) -> bool:
    """Whether the other side's postmaster must act or can help."""
    return "recipient-admin" in (delivery.who_acts, *delivery.may_help)


def _domain(recipients: tuple[str, ...]) -> str:
    """Return the domain of the first recipient."""
    return recipients[0].rpartition("@")[2] if recipients and "@" in recipients[0] else ""


def _sentence(delivery: ExplainedDelivery) -> str | Promise:
    said = delivery.said
    if said.outcome == "failed" and said.became_permanent:
        return SENTENCES["turned"]
    return SENTENCES.get(said.outcome, "")


def _for_all(reply: str, recipients: tuple[str, ...]) -> str:
    """Return a ready reply that names all recipients of the block."""
    if len(recipients) > 1:
        shown = ", ".join(recipients[:MOST_IN_REPLY]) + ("…" if len(recipients) > MOST_IN_REPLY else "")
        reply = reply.replace(recipients[0], shown, 1)
    return reply


def summary(fates: list[Fate]) -> str:
    """Return the heading of a page with several recipients: how many there are, and what became of them."""
    counted: dict[str, int] = {}
    for fate in fates:
        kind = "suspicious" if "suspicious" in fate.hints else WORD_KEYS[fate.delivery.said.outcome]
        counted[kind] = counted.get(kind, 0) + max(1, len(fate.recipients))
    parts = [COUNTED[kind] % {"count": count} for kind, count in counted.items()]
    return _("%(count)s recipients: %(fates)s") % {"count": sum(counted.values()), "fates": ", ".join(parts)}


def title_of(fates: list[Fate], language: str) -> str:
    """Return the page's title: what happened and why, and nobody's address."""
    if not fates:
        return _("Not a bounce")
    fate = fates[0]
    why = fate.reason.title.in_language(language) if fate.reason else Said("", language)
    return f"{fate.word}: {in_sentence(why)}" if why and len(fates) == 1 else summary(fates)
