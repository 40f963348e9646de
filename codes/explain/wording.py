"""The words of an explanation: the knowledge base's texts, filled in with this bounce."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime

from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from codes.bounce.report import Delivery, Original
from codes.explain.explanation import Bilingual, Wording
from codes.explain.reason import Finding
from codes.knowledge.entries import LANGUAGES, House, Reason, Signature, Text

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
#: What stands in the place of a thing that is not known.
_LEFT_OPEN = {
    "recipient": gettext_lazy("[recipient’s address]"),
    "domain": gettext_lazy("[recipient’s domain]"),
    "host": gettext_lazy("[server]"),
    "date": gettext_lazy("[date]"),
    "code": gettext_lazy("[code]"),
    "reply": gettext_lazy("[reply]"),
    "queue_id": gettext_lazy("[queue id]"),
    "reporting_host": gettext_lazy("[our server]"),
}


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What fills the placeholders, besides the delivery itself."""

    original: Original
    reporting_host: str | None
    house: House
    site_url: str


def word(
    delivery: Delivery, finding: Finding, reason: Reason | None, circumstances: Circumstances, language: str
) -> Wording:
    """Return the texts of one delivery in the language of the page; what leaves the page comes in both."""
    if reason is None:
        return Wording()
    own = finding.signature
    replies, notes = {}, {}
    sent_on = _sent_on(circumstances.original.date)
    for tongue in LANGUAGES:
        with translation.override(tongue):
            values = _values(delivery, circumstances, sent_on)
            body = own.reply if own and own.reply else _body(delivery, reason)
            replies[tongue] = _reply(delivery, body, circumstances, values, tongue)
            notes[tongue] = _filled(reason.note_to_postmaster.in_language(tongue), values)
            if tongue == language:
                page = Wording(
                    headline=_headline(finding, reason, values, language),
                    meaning=str((own.text if own and own.text else reason.meaning).in_language(language)),
                    steps=tuple(_filled(step, values) for step in _steps(own, reason).lines(language)),
                    admin_steps=tuple(_filled(step, values) for step in reason.admin_steps.lines(language)),
                )
    return replace(page, reply=Bilingual(**replies), note_to_postmaster=Bilingual(**notes))


def word_warnings(warnings: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Return what was odd about the input, as sentences."""
    with translation.override(language):
        sentences = {
            "classes-disagree": _(
                "The reply code and the enhanced code disagree: one says for now, the other for good."
            ),
        }
        return tuple(sentences[warning] for warning in warnings if warning in sentences)


def _headline(finding: Finding, reason: Reason, values: Mapping[str, str], language: str) -> str:
    """One sentence that says it all, and says when it is only probable."""
    if finding.basis == "class" and reason.slug == "unknown":
        return _("The code only says that the refusal is permanent. The reason is not known.")
    if finding.basis == "class" and reason.slug == "delayed":
        return _("The code only says that it will be tried again. The reason is not known.")
    if finding.signature and finding.signature.headline:
        return _filled(finding.signature.headline.in_language(language), values)
    named = reason.headline_named.in_language(language)
    wanted = set(_PLACEHOLDER.findall(named))
    complete = named and all(values.get(name) for name in wanted)
    headline = _filled(named, values) if complete else str(reason.headline.in_language(language))
    if finding.basis == "reply-code" and reason.slug not in ("unknown", "delayed", "expired"):
        return _("Probably: %(headline)s") % {
            "headline": headline[:1].lower() + headline[1:] if headline[1:2].islower() else headline
        }
    return headline


def _steps(own: Signature | None, reason: Reason) -> Text:
    return own.steps if own and own.steps else reason.steps


def _body(delivery: Delivery, reason: Reason) -> Text:
    """The reason's reply: that for a message which is still tried, or the final one."""
    return reason.reply_delayed if delivery.outcome == "delayed" and reason.reply_delayed else reason.reply


def _values(delivery: Delivery, circumstances: Circumstances, sent_on: datetime | None) -> dict[str, str]:
    """Return what is known of each placeholder, in the language that is active; what is not known is missing."""
    recipient = delivery.recipient or ""
    code = " ".join(part for part in (delivery.reply_code, delivery.enhanced_code) if part)
    values = {
        "recipient": recipient,
        "domain": recipient.rpartition("@")[2],
        "host": delivery.remote_host or delivery.remote_ip or "",
        "date": _day(sent_on) if sent_on else "",
        "code": code,
        "reply": delivery.reply_text,
        "queue_id": delivery.queue_id or "",
        "reporting_host": circumstances.reporting_host or "",
    }
    return {name: value for name, value in values.items() if value}


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Fill the placeholders; one that nothing is known of is left for the colleague, in square brackets."""
    if "{" not in text:
        return str(text)
    return _PLACEHOLDER.sub(lambda match: values.get(match[1]) or str(_LEFT_OPEN.get(match[1], match[0])), text)


def _reply(delivery: Delivery, body: Text, circumstances: Circumstances, values: dict[str, str], language: str) -> str:
    """The reply to the user: greeting, what happened and what to do, and the code for the record."""
    text = body.in_language(language)
    if not text:
        return ""
    lines = [_("Hello,"), "", _filled(text, {**values, "sent": _sent(values)})]
    if code := values.get("code"):
        shortest = delivery.enhanced_code or delivery.reply_code
        link = f" – {circumstances.site_url}/{shortest}" if circumstances.site_url else ""
        lines += ["", _("Technical reference: %(code)s") % {"code": code} + link]
    if circumstances.house.helpdesk_contact:
        lines += ["", circumstances.house.helpdesk_contact]
    return "\n".join(lines)


def _sent(values: Mapping[str, str]) -> str:
    """“The message you sent on 23 November to anna@example.com”, as far as it is known."""
    if "date" in values and "recipient" in values:
        return _("The message you sent on %(date)s to %(recipient)s") % values
    if "recipient" in values:
        return _("The message you sent to %(recipient)s") % values
    if "date" in values:
        return _("The message you sent on %(date)s") % values
    return _("The message you sent")


def _sent_on(written: str | None) -> datetime | None:
    """Return when the mail was sent, as its header says."""
    try:
        return parsedate_to_datetime(written) if written else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _day(moment: datetime) -> str:
    """Return a day as people say it, "23 novembre"; Django's Italian months begin with a capital."""
    day = formats.date_format(moment, "j F")
    return day.lower() if translation.get_language() == "it" else day
