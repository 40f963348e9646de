"""The sentences of an explanation that come from the code, not from the knowledge base, in each language.

Looking a sentence up in Django's catalogues switches the language and asks for it anew each time, which took a fifth of
the time of reading and explaining a mail; here each language is looked up once a process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.utils import translation
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Phrases:
    """The sentences in one language; `%(name)s` in them is filled with what is known."""

    language: str
    greeting: str
    reference: str
    probably: str
    #: Headlines where only the class of a code speaks, by the reason that is left.
    only_class: Mapping[str, str]
    #: What stands in the place of a thing that is not known.
    left_open: Mapping[str, str]
    warnings: Mapping[str, str]
    months: tuple[str, ...]
    sent_known: str
    sent_to: str
    sent_on: str
    sent_somehow: str

    def sent(self, values: Mapping[str, str]) -> str:
        """Return “The message you sent on 23 November to anna@example.com”, as far as it is known."""
        if "date" in values and "recipient" in values:
            return self.sent_known % values
        if "recipient" in values:
            return self.sent_to % values
        return self.sent_on % values if "date" in values else self.sent_somehow

    def day(self, moment: datetime) -> str:
        """Return a day as people say it, "23 novembre"."""
        return f"{moment.day} {self.months[moment.month - 1]}"


@cache
def phrases_in(language: str) -> Phrases:
    """Return the sentences in a language ("it" or "en")."""
    with translation.override(language):
        months = (str(MONTHS[month]) for month in range(1, 13))
        return Phrases(
            language=language,
            greeting=_("Hello,"),
            reference=_("Technical reference: %(code)s"),
            probably=_("Probably: %(headline)s"),
            only_class={
                "unknown": _("The code only says that the refusal is permanent. The reason is not known."),
                "delayed": _("The code only says that it will be tried again. The reason is not known."),
            },
            left_open={
                "recipient": _("[recipient’s address]"),
                "domain": _("[recipient’s domain]"),
                "refusing_domain": _("[recipient’s domain]"),
                "host": _("[server]"),
                "date": _("[date]"),
                "code": _("[code]"),
                "reply": _("[reply]"),
                "queue_id": _("[queue id]"),
                "reporting_host": _("[our server]"),
            },
            warnings={
                "classes-disagree": _(
                    "The reply code and the enhanced code disagree: one says for now, the other for good."
                ),
            },
            # Django's Italian months begin with a capital
            months=tuple(month.lower() if language == "it" else month for month in months),
            sent_known=_("The message you sent on %(date)s to %(recipient)s"),
            sent_to=_("The message you sent to %(recipient)s"),
            sent_on=_("The message you sent on %(date)s"),
            sent_somehow=_("The message you sent"),
        )
