"""What a good text looks like, by field: stands under the field where the model itself says nothing."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EXAMPLES: dict[str, Promise] = {
    "title": _("A few words, no full stop: “Mailbox full”."),
    "headline": _("One sentence that answers “what happened?”: “The recipient’s mailbox is full.”"),
    "meaning": _("Two or three short sentences, for somebody who knows mail only as a user."),
    "steps": _("One step a line, beginning with a verb: “Ask the user to write again tomorrow.”"),
    "admin_steps": _("One step a line, for mail administrators: “Look for the queue id in the log.”"),
    "reply": _("What the helpdesk sends to the user: polite, complete, without technical words."),
    "advice": _("What to do, and what not to: “Do not send again: the server tries by itself.”"),
    "causes": _("The usual causes, the most frequent first."),
    "certainty": _("When this is sure, and when it only looks so."),
    "description": _("What the provider is, and what is special about its replies."),
}
