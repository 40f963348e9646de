"""What the page for many bounces says while it works; its scripts fill in the {numbers}."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from codes.explain.failures import sentence_for
from codes.knowledge.entries import Knowledge
from codes.views.words import VERDICT_OF_OUTCOME

_UNREADABLE = ("archive", "binary", "missing", "outlook", "outlook-item", "too-large")

_ACTORS: dict[str, Promise] = {
    "sender": gettext_lazy("the sender"),
    "sender-admin": gettext_lazy("whoever runs our mail"),
    "recipient": gettext_lazy("the recipient"),
    "recipient-admin": gettext_lazy("whoever runs their mail"),
    "nobody": gettext_lazy("nobody: wait"),
}


def words(knowledge: Knowledge, language: str) -> dict[str, Any]:
    """Return every word that a script of the page needs, in the language of the page."""
    return {
        "reasons": {slug: str(reason.title.in_language(language)) for slug, reason in knowledge.reasons.items()},
        "providers": {slug: str(one.title.in_language(language)) for slug, one in knowledge.providers.items()},
        "actors": {actor: str(word) for actor, word in _ACTORS.items()},
        "verdicts": VERDICT_OF_OUTCOME,
        "errors": {code: str(sentence_for(code)) for code in _UNREADABLE}
        | {"empty": _("The file is empty."), "refused": _("The server did not take this message.")},
        "failures": {
            "unreachable": _("The server does not answer just now. Nothing is lost: go on when it is back."),
            "signed-out": _("You are no longer signed in. Sign in again in another tab, then go on: nothing is lost."),
            "broken": _("Something went wrong in this page. Nothing is lost: try to go on."),
        },
        "running": _("Reading and explaining"),
        "patient": _("Going on at the pace that the server allows"),
        "stopping": _("Stopping"),
        "stopped": _("Stopped"),
        "interrupted": _("Interrupted"),
        "finished": _("Done"),
        "doneOf": _("Messages: {done} of {found}"),
        "doneOfSoFar": _("Messages: {done} of {found} found so far"),
        "bytesOf": _("{done} of {total}"),
        "perSecond": _("{count} a second"),
        "secondsLeft": _("about {count} s left"),
        "minutesLeft": _("about {count} min left"),
        "rest": _("All others: {count}"),
        "unknownProvider": _("provider not known"),
        "unknownDomain": _("no address named"),
        "mostADay": _("most on one day: {count}"),
        "mostAMonth": _("most in one month: {count}"),
        "undated": _("Without a date: {count}"),
        "fromTo": _("{from} to {to} of {count}"),
        "open": _("Explain"),
        "lose": _("The report goes when you begin anew, and it is not saved. Begin anew?"),
    }
