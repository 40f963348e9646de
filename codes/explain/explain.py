"""Turns what was read into what it means."""

from __future__ import annotations

import re
from dataclasses import replace

from codes.bounce import words
from codes.bounce.events.answer import answer_in
from codes.bounce.evidence import MOST_MARKED, EvidenceFinder
from codes.bounce.logs import is_of_another_log
from codes.bounce.reply import find_replies, without_numbers
from codes.bounce.report import Delivery, Report
from codes.explain.explanation import ExplainedDelivery, Explanation, Permanence
from codes.explain.hints import hints_for
from codes.explain.parties import refused_by, refusing_provider, who_acts
from codes.explain.reason import find_reason
from codes.explain.wording import Circumstances, Writer, word_warnings
from codes.knowledge.entries import Knowledge

#: A text without codes that may be a reply: its characters and line ends, and those of the phrase that it must hold.
LONGEST_WORDS, MOST_LINES, SHORTEST_PHRASE = 400, 4, 18
#: Characters of what a sending service's interface answered, in which such words may stand.
LONGEST_ANSWER = 4000
#: How often the phrase would fit into the text at most: a manual that mentions a timeout is no reply.
MOST_AROUND = 6
#: Characters of one sentence that asks nothing, "maildrop: maildir over quota.", its words, and of the phrase in it.
LONGEST_SENTENCE, FEWEST_WORDS, SHORTEST_OF_SENTENCE = 120, 4, 10
#: Somebody asks, greets or speaks of what is his, which no server does; a mail's subject is nobody's reply.
_SPEAKS = re.compile(
    r"\?|^\s*(?:re|fwd?|i|r|aw|wg|tr|subject|oggetto|betreff|objet|asunto|newsletter):|"
    r"\b(?:ciao|salve|buon\w*|hello|hi|dear|hallo|bonjour|hola|ol[áa]|grazie|thanks|danke|merci|gracias|"
    r"mi[oa]|miei|suo|sua|nostr[oa]|ho|hai|abbiamo|devo|perch[eé]|my|his|her|we|please help|"
    r"mein\w*|unser\w*|ich|wir|mon|ma|nous|je|nuestr[oa]|tengo|meu|minha)\b",
    re.IGNORECASE,
)


def explain(report: Report, knowledge: Knowledge, language: str, site_url: str = "") -> Explanation:
    """Return the explanation of a report, worded in `language` ("it" or "en").

    `site_url` ("https://rimbalzo.example.it", no slash at the end) is where links in ready replies lead; without it
    they carry the code alone. The same report and knowledge give the same explanation.
    """
    report = _known_words(report, knowledge)
    circumstances = Circumstances(report.original, report.reporting_host, knowledge.house, site_url)
    writer = Writer(knowledge, circumstances, language, EvidenceFinder(report.source_text))
    without_evidence = replace(writer, finder=None) if len(report.deliveries) > MOST_MARKED else writer
    return Explanation(
        kind=report.kind,
        is_bounce=report.is_bounce,
        system=report.system,
        reporting_host=report.reporting_host,
        language=report.language,
        original=report.original,
        date=report.date,
        deliveries=tuple(
            _explain_delivery(delivery, report, knowledge, writer if number < MOST_MARKED else without_evidence)
            for number, delivery in enumerate(report.deliveries)
        ),
        warnings=word_warnings(report.warnings, language),
        source_text=report.source_text,
    )


def _known_words(report: Report, knowledge: Knowledge) -> Report:
    """Take a short text without codes for a reply where it holds a known message's words.

    The reader cannot tell them from prose; a long phrase of a known message can. Shorter ones are left to the search.
    """
    if report.kind != "other" or report.deliveries or len(report.source_text) > LONGEST_ANSWER:
        return report
    answered = answer_in(report.source_text)  # by the service that the sender's program uses
    known = (line for line in (answered or "").splitlines() if knowledge.matcher.strongest(without_numbers(line)))
    text = next(known, answered or report.source_text.strip())
    if len(text) > LONGEST_WORDS or text.count("\n") > MOST_LINES or text.endswith("?"):
        return report
    if is_of_another_log(text) or find_replies(text):
        return report  # the reader saw no refusal in its code, or no mail in its line
    match = knowledge.matcher.strongest(without_numbers(text))
    shortest = SHORTEST_OF_SENTENCE if _is_a_servers_sentence(text) else SHORTEST_PHRASE
    if match is None or match.signature.is_vague or match.length < shortest:
        return report
    if len(text) > MOST_AROUND * match.length:
        return report  # words that speak of it among others
    reason = knowledge.reasons.get(match.signature.reason)
    if reason is None or reason.usual_outcome == "none":
        return report  # receipts and the like are what the reader must recognise
    if reason.slug == "login-required" and words.SETS_UP_SENDING.search(text):
        return report  # "from Monday on you must log in, port 587"
    passing = reason.usual_outcome.startswith("delayed") and not words.NOT_SENT.search(text)
    told = Delivery(
        outcome="delayed" if passing else "failed",
        reply_text=" ".join(text.split()),
        spoken_by="own-server" if answered else "unknown",
    )
    return replace(report, kind="reply", is_bounce=True, deliveries=(told,))


def _is_a_servers_sentence(text: str) -> bool:
    """Whether a text is one short sentence, of more words than anybody searches for, in which nobody speaks."""
    if "\n" in text or len(text) > LONGEST_SENTENCE or len(text.split()) < FEWEST_WORDS:
        return False
    return not _SPEAKS.search(text)


def permanence_of(outcome: str) -> Permanence:
    """Return whether nobody will try again (hard), somebody still does (soft), or there is nothing to try (none)."""
    return {"failed": "hard", "expired": "hard", "delayed": "soft"}.get(outcome, "none")  # type: ignore[return-value]


def _explain_delivery(delivery: Delivery, report: Report, knowledge: Knowledge, writer: Writer) -> ExplainedDelivery:
    provider = refusing_provider(delivery, knowledge) if report.is_bounce else None
    finding = find_reason(delivery, report.kind, knowledge, provider)
    if report.is_bounce and finding.signature and finding.signature.provider:
        provider = finding.signature.provider
    reason = knowledge.reasons.get(finding.reason)
    refused = refused_by(delivery, report.reporting_host, knowledge.house)
    return ExplainedDelivery(
        said=delivery,
        permanence=permanence_of(delivery.outcome),
        refused_by=refused,
        provider=provider,
        reason=finding.reason,
        who_acts=who_acts(delivery, finding, refused, knowledge),
        may_help=reason.may_help if reason else (),
        basis=finding.basis,
        signature=finding.signature.slug if finding.signature else None,
        hints=hints_for(delivery, finding.reason, report, knowledge),
        opinions=finding.opinions,
        language=writer.language,
        author=writer,
    )
