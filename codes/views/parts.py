"""A page for whoever works on the templates: every part in every state, from made data."""

from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from codes.knowledge.entries import Knowledge, LocalNote, Text
from codes.views import visitor
from codes.views.context import Site
from codes.views.explain import context_of
from codes.views.fates import fates_of
from codes.views.intake import Submission
from codes.views.made import NOTICE, STATES
from codes.views.published import page

ADDRESSES = {name.replace(" ", "-"): state for name, state in STATES.items()}
NOTE = LocalNote(
    "reason",
    "mailbox-full",
    Text("Chieda all’ufficio del destinatario, interno 4410.", "Ask the recipient’s office, extension 4410."),
    0,
)


def parts(request: HttpRequest) -> HttpResponse:
    """Show the parts of all explanations that are made up, one below the other."""
    knowledge, origin = _knowledge(request), Site(request).origin
    language = visitor.language_of_page()
    states = [
        (name, fates_of(state, knowledge, language, origin, f"s{number}-")[0])
        for number, (name, state) in enumerate(ADDRESSES.items(), start=1)
    ]
    return page(request, "states.html", {"states": states})


def part(request: HttpRequest, state: str) -> HttpResponse:
    """Show one of them as the page of an explanation."""
    knowledge, origin = _knowledge(request), Site(request).origin
    if state not in ADDRESSES:
        raise Http404
    handed_in = Submission(NOTICE, NOTICE, is_file=False)
    context = context_of(ADDRESSES[state], knowledge, visitor.language_of_page(), origin, handed_in)
    return page(request, "explanation.html", context)


def _knowledge(request: HttpRequest) -> Knowledge:
    """Return the snapshot with a local note in it; Http404 for whoever does not work on the site."""
    if not (settings.DEBUG or visitor.is_editor(request)):
        raise Http404
    return replace(visitor.knowledge_for(request), local_notes={(NOTE.kind, NOTE.key): NOTE})
