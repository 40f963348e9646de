"""The words and pictures that stand for the fixed values of the contract."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: The verdict's colour and shape, by the first digit of a code.
VERDICT_OF_CLASS = {"2": "delivered", "3": "unknown", "4": "temporary", "5": "permanent"}
ICON_OF_CLASS = {"2": "delivered", "3": "next", "4": "temporary", "5": "permanent"}
#: What a first digit says in two words, and in a sentence.
WORD_OF_CLASS = {
    "2": pgettext_lazy("first digit", "All right"),
    "3": pgettext_lazy("first digit", "Go on"),
    "4": pgettext_lazy("first digit", "Not now"),
    "5": pgettext_lazy("first digit", "No"),
}
SENTENCE_OF_CLASS = {
    "2": _("The server has accepted."),
    "3": _("The server waits for what comes next."),
    "4": _("It is tried again by itself. After some days it can become final."),
    "5": _("Final: nobody tries again."),
}
VERDICT_OF_CODE = {
    "2": (_("Accepted"), _("The server has done what it was asked. This is not a refusal.")),
    "3": (_("Go on"), _("The server has understood and waits for the rest. This is not a refusal.")),
    "4": (_("Temporary"), _("Not now: a soft bounce. The sending server tries again, until its time runs out.")),
    "5": (_("Permanent"), _("The server says no, and nobody will try again: a hard bounce.")),
}

VERDICT_OF_OUTCOME = {
    "failed": "permanent",
    "expired": "permanent",
    "delayed": "temporary",
    "delivered": "delivered",
    "relayed": "delivered",
    "expanded": "delivered",
    "none": "unknown",
}
WORD_OF_OUTCOME = {
    "failed": _("Not delivered"),
    "expired": _("Not delivered"),
    "delayed": _("Delayed"),
    "delivered": _("Delivered"),
    "relayed": _("Passed on"),
    "expanded": _("Sent on to a list"),
    "none": _("Not a bounce"),
}
#: The verdict of an entry of the knowledge base, in a word or two.
WORD_OF_VERDICT = {
    "permanent": _("Permanent"),
    "temporary": _("Temporary"),
    "delivered": _("Not a refusal"),
    "unknown": _("Not a failure"),
}

VERDICT_OF_USUAL_OUTCOME = {
    "failed": "permanent",
    "expired": "permanent",
    "failed-or-delayed": "permanent",
    "delayed": "temporary",
    "delayed-then-failed": "temporary",
    "delayed-then-expired": "temporary",
    "none": "unknown",
}
SENTENCE_OF_USUAL_OUTCOME = {
    "failed": _("Servers answer with a 5xx as a rule: nobody tries again."),
    "expired": _("The sending server tried for as long as it may, then gave up."),
    "failed-or-delayed": _("The first digit decides: with 5 it is final, with 4 it is tried again."),
    "delayed": _("Servers answer with a 4xx as a rule: the sending server tries again by itself."),
    "delayed-then-failed": _(
        "Most servers answer with a 4xx at first, and it is tried again. If the reply starts with 5, it is final."
    ),
    "delayed-then-expired": _("It is tried again for some days. If the time runs out, it is final."),
    "none": _("Nothing was refused."),
}

ICON_OF_ACTOR = {
    "sender": "sender",
    "sender-admin": "our-mail",
    "recipient": "mailbox",
    "recipient-admin": "their-mail",
    "nobody": "wait",
}
#: A heading: whose move it is.
MOVE = {
    "sender": _("It is the sender’s move"),
    "sender-admin": _("It is the move of whoever runs our mail"),
    "recipient": _("It is the recipient’s move"),
    "recipient-admin": _("It is the move of whoever runs their mail"),
    "nobody": _("Nobody has to act"),
}
#: The same in a list or a ticket.
SHORT_MOVE = {
    "sender": _("sender’s move"),
    "sender-admin": _("our mail admins’ move"),
    "recipient": _("recipient’s move"),
    "recipient-admin": _("their mail admins’ move"),
    "nobody": _("nobody has to act"),
}

REFUSED_BY = {
    "our-server": _("our server"),
    "our-gateway": _("our filter"),
    "their-server": _("their server"),
}

KIND_OF_INPUT = {
    "delivery-report": _("a delivery report"),
    "notice": _("the notice of a mail system"),
    "log": _("log lines"),
    "reply": _("a server’s reply"),
    "transcript": _("an SMTP dialogue"),
    "event": _("a provider’s event"),
    "complaint": _("a complaint"),
    "auto-reply": _("an automatic answer"),
    "read-receipt": _("a read receipt"),
    "pec-receipt": _("a PEC receipt"),
    "other": _("something else"),
}

#: What a piece of evidence is, beside its quote.
EVIDENCE_NAMES = {
    "reply_code": _("Reply code"),
    "enhanced_code": _("Enhanced code"),
    "status": _("Enhanced code"),
    "reply_text": _("Their words"),
    "signature": _("Known message"),
    "recipient": pgettext_lazy("evidence", "Recipient"),
    "original_recipient": _("First address"),
    "remote_host": _("Who said it"),
    "remote_ip": _("Who said it"),
    "reporting_host": _("Who reports it"),
    "system": _("Written by"),
    "stage": pgettext_lazy("evidence", "When"),
    "outcome": _("Outcome"),
    "action": _("Outcome"),
    "at": _("Time"),
    "retry_until": _("Tried until"),
    "queue_id": _("Queue id"),
    "kind": _("Kind of mail"),
}

#: Names of mail systems as their makers write them.
#: Mail software and services whose names are not just their slug with a capital.
SYSTEM_NAMES = {
    "amavis": "amavis",
    "amazon-ses": "Amazon SES",
    "barracuda": "Barracuda",
    "cisco-esa": "Cisco ESA",
    "communigate": "CommuniGate Pro",
    "domino": "HCL Domino",
    "dragonfly": "DragonFly Mail Agent",
    "exchange": "Microsoft Exchange",
    "fml": "fml",
    "gmx": "GMX / IONOS",
    "google-groups": "Google Groups",
    "groupwise": "GroupWise",
    "hmailserver": "hMailServer",
    "icewarp": "IceWarp",
    "imail": "IMail",
    "intermail": "InterMail",
    "kumomta": "KumoMTA",
    "m-filter": "m-FILTER",
    "maddy": "maddy",
    "mailenable": "MailEnable",
    "mcafee": "McAfee",
    "mdaemon": "MDaemon",
    "message-labs": "MessageLabs",
    "msmtp": "msmtp",
    "opensmtpd": "OpenSMTPD",
    "oracle": "Oracle Messaging Server",
    "powermta": "PowerMTA",
    "qmail": "qmail",
    "sendgrid": "SendGrid",
    "smartermail": "SmarterMail",
    "sparkpost": "SparkPost",
}


def in_sentence(title: str) -> str:
    """Return a title as it stands within a sentence: its first letter small, but for names such as DNS."""
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"


def system_name(system: str | None) -> str:
    """Return a mail system's name as its maker writes it."""
    return SYSTEM_NAMES.get(system or "", (system or "").replace("-", " ").capitalize())
