"""The SMTP dialogue as a row of gates: how far a delivery got, or where a code may come."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from codes.knowledge.entries import ReplyCode
from codes.models.vocabulary import OTHER_COMMANDS

#: The stages in order, with the command that each answers.
STAGES = (
    ("connect", _("Connection"), ""),
    ("ehlo", _("Greeting"), "EHLO"),
    ("starttls", _("Encryption"), "STARTTLS"),
    ("auth", pgettext_lazy("stage", "Log-in"), "AUTH"),
    ("mail", pgettext_lazy("stage", "Sender"), "MAIL FROM"),
    ("rcpt", pgettext_lazy("stage", "Recipient"), "RCPT TO"),
    ("data", pgettext_lazy("stage", "Content"), "DATA"),
    ("message", pgettext_lazy("stage", "Delivery"), "."),
)
NAME_OF_STAGE = {stage: name for stage, name, _command in STAGES} | {
    "quit": _("Goodbye"),
    "delivery": _("After acceptance"),
}
#: The commands that a delivery does not need: their replies have no gate, but a meaning.
OTHERS = tuple(name for name in OTHER_COMMANDS if name != "any")
COMMAND_OF_STAGE = (
    {stage: command for stage, _name, command in STAGES} | {"quit": "QUIT"} | {name: name.upper() for name in OTHERS}
)
#: Where each stage stands in a list of them; "", any other, comes last.
PLACE_OF_STAGE = {stage: place for place, stage in enumerate((*COMMAND_OF_STAGE, ""))}
#: A dialogue may go without these, so that passing beyond them proves nothing.
OPTIONAL = ("starttls", "auth")

PASSED, SKIPPED, SHUT, BEYOND, CAN_SHUT = "", "is-skipped", "is-shut", "is-beyond", "can-shut"

STATE_WORDS = {
    PASSED: _("passed"),
    SKIPPED: _("not known"),
    SHUT: _("refused"),
    BEYOND: _("not reached"),
    CAN_SHUT: _("allowed"),
}

#: What the place tells, in a sentence.
STOPPED_AT = {
    "connect": _("The server refused or could not be reached before a word was said."),
    "ehlo": _("The servers had just greeted each other. Nothing had been said of the message yet."),
    "starttls": _("The servers could not agree on encryption. Nothing had been said of the message yet."),
    "auth": _("The log-in was refused. Nothing had been said of the message yet."),
    "mail": _("The sender was named, and the answer was no. The recipient had not been named yet."),
    "rcpt": _("The recipient was named, and the answer was no. The text of the message never left."),
    "data": _("Sender and recipient were fine. The server would not take the text of the message."),
    "message": _("The server had read the whole message before it said no."),
    "delivery": _("Their server had accepted the message, and sent it back later. That is why our logs say “sent”."),
}


@dataclass(frozen=True, slots=True)
class Gate:
    """One step of the dialogue."""

    name: str | Promise
    command: str
    state: str
    said: str | Promise


def gates_of_delivery(stage: str | None) -> list[Gate]:
    """Return the gates of a delivery that stopped at a stage; none where the stage is not known."""
    if stage not in STOPPED_AT:
        return []
    gates, shut = [], False
    for name, label, command in STAGES:
        if name == stage:
            state, shut = SHUT, True
        elif shut:
            state = BEYOND
        else:
            state = SKIPPED if name in OPTIONAL else PASSED
        gates.append(Gate(label, command, state, STATE_WORDS[state]))
    if stage == "delivery":
        gates.append(Gate(pgettext_lazy("stage", "Sent back"), "", SHUT, _("later")))
    return gates


def gates_of_code(entry: ReplyCode) -> list[Gate]:
    """Return the gates at which a refusal with this code may come; none where that says nothing."""
    stages = {name for name, _label, _command in STAGES}
    allowed = stages if "any" in entry.stages else stages & set(entry.stages)
    if entry.digit not in "45" or not allowed:
        return []
    gates = []
    for name, label, command in STAGES:
        state = CAN_SHUT if name in allowed else PASSED
        gates.append(Gate(label, command, state, STATE_WORDS[CAN_SHUT] if state else ""))
    return gates
