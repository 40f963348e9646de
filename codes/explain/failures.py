"""One clear sentence for each way in which an input cannot be read."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_SENTENCES: dict[str, Promise] = {
    "empty": _("There is nothing to read: paste a notice, a log line or a code."),
    "binary": _("This is no text: save the mail as .eml or .msg, or copy the words of the notice."),
    "outlook": _(
        "This Outlook file cannot be opened: it is damaged or encrypted. Save the mail again, or copy its text."
    ),
    "outlook-item": _("This Outlook file is no mail but a contact, an appointment or the like: save the mail itself."),
    "archive": _("The archive cannot be opened: it is damaged or locked by a password."),
    "too-large": _("The file is too large: 25 MB is the limit."),
    "too-long": _("The text is too long: 10 MB is the limit."),
    "missing": _("The file cannot be read: it does not exist, or reading it is not allowed."),
    "fault": _("Rimbalzo failed at this message: that is a fault of ours."),
    "directory": _("This is a folder: name the files in it."),
}


def as_dict(name: str, code: str) -> dict[str, Any]:
    """Return what stands in an explanation's place, in the contract's shape."""
    return {"input": name, "error": {"code": code, "message": str(sentence_for(code))}}


def sentence_for(code: str) -> Promise:
    """Return the sentence for an error code, translated when it is shown."""
    return _SENTENCES[code]
