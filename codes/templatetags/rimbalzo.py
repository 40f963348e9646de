"""Tags and filters for texts of the knowledge base and for what machines said."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.template import Context
from django.utils import formats
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from codes.knowledge.entries import EnhancedCode, Knowledge, LocalNote, Provider, Said, Signature, Term, Text
from codes.models.local_note import NoteKind
from codes.models.vocabulary import Difference, Evidence, UsualOutcome
from codes.views import dialogue, listing, words
from codes.views.evidence import Line, Piece
from codes.views.fates import Fate
from codes.views.markdown import term_link
from codes.views.moments import read_moment
from codes.views.visitor import language_of_page, other_language

register = template.Library()

#: A mail address as it stands in a sentence; it begins where a word begins, so that a long word is read once.
ADDRESS = re.compile(r"(?<![^\s<>\"'`«»“”(),;:])[^\s<>\"'`«»“”(),;:@]++@[^\s<>\"'`«»“”(),;:]+[^\s<>\"'`«»“”(),;:.?!]")

#: Codes whose address exists whatever the knowledge base holds.
LINKED_CODE = re.compile(r"[2-5]\d\d|[245xX]\.\d{1,3}\.\d{1,3}")


@register.simple_tag
@lru_cache(256)
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite; words stand beside it."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>', name)


def _said(value: Text | str | None) -> Said:
    language = language_of_page()
    if isinstance(value, Text):
        return value.in_language(language)
    return value if isinstance(value, Said) else Said(str(value or ""), language)


def _marked_up(text: str, words: Callable[[str], str] = escape) -> str:
    """Escape a text, set `code` in mono and let addresses break where people read; `words` escapes what is between."""
    pieces = []
    for index, piece in enumerate(text.split("`")):
        if index % 2:
            pieces.append(f"<code>{escape(piece)}</code>")
            continue
        end = 0
        for found in ADDRESS.finditer(piece):
            pieces.append(words(piece[end : found.start()]))
            pieces.append(address(found[0]))
            end = found.end()
        pieces.append(words(piece[end:]))
    return "".join(pieces)


@register.filter
def address(value: str | None) -> SafeString:
    """Set an address in mono, with a place to break after the at sign."""
    local, at, domain = (value or "").partition("@")
    return mark_safe(f'<span class="address">{escape(local)}{at}{"<wbr>" if at else ""}{escape(domain)}</span>')


@register.filter
def numbered(lines: Sequence[Line]) -> SafeString:
    """Set the lines of a text, with nothing between them; a loop in the template takes ten times as long."""
    decisive = ' class="decisive"'
    return mark_safe(
        "".join(f'<span data-n="{line.number}"{decisive if line.decisive else ""}>{line.html}</span>' for line in lines)
    )


@register.filter
def host(value: str | None) -> SafeString:
    """Set a host's name in mono, with a place to break after its first label; an IP address is left whole."""
    name = value or ""
    first, dot, rest = name.partition(".")
    if not dot or re.fullmatch(r"[\d.]+", name):
        return format_html('<span class="address">{}</span>', name)
    return format_html('<span class="address">{}.<wbr>{}</span>', first, rest)


@register.filter
def prose(value: Text | str | None) -> SafeString:
    """Show a text on one line; a text that exists in the other language only carries its lang."""
    said = _said(value)
    html = mark_safe(_marked_up(said))
    return (
        html if said.language == language_of_page() else format_html('<span lang="{}">{}</span>', said.language, html)
    )


@register.filter
def paragraphs(value: Text | str | None, knowledge: Knowledge | None = None) -> SafeString:
    """Show a text as paragraphs, with a note where it exists in the other language only.

    Given the snapshot, each term of the glossary that the text uses becomes a link where it stands first.
    """
    said = _said(value)
    foreign = said.language != language_of_page()
    lang = format_html(' lang="{}"', said.language) if foreign else ""
    words = _words_with_terms(knowledge, said.language, set()) if knowledge else escape
    shown = [f"<p{lang}>{_marked_up(part.strip(), words)}</p>" for part in re.split(r"\n+", said) if part.strip()]
    return mark_safe("".join(shown) + (language_note(value) if foreign and shown else ""))


def _words_with_terms(knowledge: Knowledge, language: str, known: set[str]) -> Callable[[str], str]:
    """Return what escapes words and links terms that are not in `known` (slugs), which grows."""
    glossary = knowledge.glossaries[language]

    def linked(text: str) -> str:
        return "".join(_term(term, words) if term else escape(words) for words, term in glossary.pieces(text, known))

    return linked


def _term(term: Term, word: str) -> str:
    attributes = format_html_join("", ' {}="{}"', term_link(term, language_of_page()).items())
    return format_html("<a{}>{}</a>", attributes, word)


@register.simple_tag
def definition(term: Term, knowledge: Knowledge) -> SafeString:
    """Show a term's definition, other terms linked."""
    said = _said(term.definition)
    return mark_safe(_marked_up(said, _words_with_terms(knowledge, said.language, {term.slug})))


@register.filter
def language_note(value: Text | str | None) -> SafeString:
    """Say that a text exists in the other language only; nothing where it does not."""
    said = _said(value)
    if not said or said.language == language_of_page():
        return mark_safe("")
    note = _("This text is in Italian only.") if said.language == "it" else _("This text is in English only.")
    return format_html('<p class="small soft">{}</p>', note)


@register.filter
def plain(value: Text | str | None) -> str:
    """Return a text as plain words, for titles and attributes."""
    return str(_said(value)).replace("`", "")


@register.filter
def steps(value: Text | None) -> list[Said]:
    """Return the lines of a text, one step each."""
    return value.lines(language_of_page()) if value else []


@register.filter
def first_sentence(value: Text | str | None) -> Said:
    """Return the first sentence of a text, for lists."""
    said = _said(value)
    return Said(re.split(r"(?<=[.?!])\s", said.strip(), maxsplit=1)[0], said.language)


@register.filter
def moment(value: str | None, precise: str = "") -> SafeString:
    """Show a time as it was written: in its own zone, without conversion."""
    at = read_moment(value)
    if at is None:
        return format_html("{}", value or "")
    shown = formats.date_format(at.replace(tzinfo=None), "D j M Y, H:i:s" if precise else "D j M, H:i")
    if language_of_page() == "it":
        shown = shown.lower()
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), shown)


@register.filter
def utc(value: str | None) -> str:
    """Return the same moment in UTC, or the remark that the input names no zone."""
    at = read_moment(value)
    if at is None:
        return ""
    if at.tzinfo is None:
        return _("(time zone not stated)")
    return f"({at.astimezone(UTC).strftime('%H:%M:%S')} UTC)"


def _look_up(name: str, table: dict) -> None:
    """Register a filter that puts a fixed value into words, or into the picture that stands for it."""
    register.filter(name, lambda value: table.get(value, ""))


_look_up("class_verdict", words.VERDICT_OF_CLASS)
_look_up("class_icon", words.ICON_OF_CLASS)
_look_up("class_word", words.WORD_OF_CLASS)
_look_up("class_sentence", words.SENTENCE_OF_CLASS)
_look_up("code_verdict", words.VERDICT_OF_CODE)
_look_up("usual_sentence", words.SENTENCE_OF_USUAL_OUTCOME)
_look_up("actor_icon", words.ICON_OF_ACTOR)
_look_up("move", words.MOVE)
_look_up("short_move", words.SHORT_MOVE)
_look_up("evidence_name", words.EVIDENCE_NAMES)
_look_up("stage_name", dialogue.NAME_OF_STAGE)
_look_up("stage_command", dialogue.COMMAND_OF_STAGE)
_look_up("usual_label", dict(UsualOutcome.choices))
_look_up("evidence_label", dict(Evidence.choices))
_look_up("difference_label", dict(Difference.choices))
_look_up("verdict_word", words.WORD_OF_VERDICT)


@register.filter
def sentence_case(value: str) -> str:
    """Begin with a capital."""
    text = str(value)
    return text[:1].upper() + text[1:]


@register.filter
def system_name(value: str) -> str:
    """Return a mail system's name as its maker writes it."""
    return words.system_name(value)


@register.filter
def placeholders(value: Text | None, language: str) -> str:
    """Return a ready reply in one language, its placeholders as words in braces."""
    text = getattr(value, language) if value else ""
    with override(language):
        names = {
            "recipient": _("recipient"),
            "domain": _("domain"),
            "refusing_domain": _("domain"),
            "host": _("server"),
            "date": _("date"),
            "code": _("code"),
            "reply": _("reply"),
            "queue_id": _("queue id"),
            "reporting_host": _("our server"),
        }
        text = text.replace("{sent}", _("The message you sent on {date} to {recipient}"))
    return re.sub(r"\{(\w+)\}", lambda found: "{" + names.get(found[1], found[1]) + "}", text)


@register.filter
def other(language: str) -> str:
    """Return the other language."""
    return other_language(language)


@register.filter
def in_class(entry: EnhancedCode, digit: str) -> str:
    """Return an enhanced code in a class, or, without one, the address of all its classes."""
    return entry.in_class(digit) if digit else entry.code.lower()


@register.filter
def dotted(code: str) -> list[str]:
    """Take an enhanced code apart."""
    return code.split(".")


@register.filter
def provider_name(slug: str, knowledge: Knowledge) -> str:
    """Return a provider's name."""
    provider = knowledge.providers.get(slug)
    return plain(provider.title) if provider else slug


@register.filter
def key_of(entry: Any) -> str:
    """Return the key by which a local note names an entry."""
    return getattr(entry, "slug", None) or getattr(entry, "code", "")


@register.filter
def takes_note(kind: str) -> bool:
    """Return whether entries of a kind can have a local note."""
    return kind in NoteKind.values


@register.simple_tag(takes_context=True)
def local_notes(context: Context, kind: str, entry: Any) -> list[LocalNote]:
    """Return the house's own note on an entry, as a list of one or none."""
    note = context["site"].knowledge.local_notes.get((kind, key_of(entry)))
    return [note] if note else []


@register.filter
def example_with(message: Signature, code: str | None) -> str:
    """Return an example of a known message: one that bears the code, where one is asked for and there is one."""
    first = message.examples[0] if message.examples else ""
    return (listing.example_with(message, code) if code else "") or first


@register.filter
def has_page(code: str) -> bool:
    """Return whether a code that somebody typed into a list can be linked to."""
    return bool(LINKED_CODE.fullmatch(code))


@register.filter
def web_host(address: str) -> SafeString:
    """Return the host of a web address, with places to break after its dots."""
    return mark_safe(escape(urlsplit(address).hostname or address).replace(".", ".<wbr>"))


@register.filter
def day(value: str) -> str:
    """Show an ISO 8601 date in words."""
    at = read_moment(value)
    shown = formats.date_format(at, "j F Y") if at else value
    return shown.lower() if language_of_page() == "it" else shown


@register.filter
def provider_of(slug: str, knowledge: Knowledge) -> Provider | None:
    """Return a provider."""
    return knowledge.providers.get(slug)


@register.filter
def tail(attempts: Sequence[Any]) -> Sequence[Any]:
    """Return the last two attempts, without those that stand first."""
    return attempts[max(2, len(attempts) - 2) :]


@register.filter
def mark_link(number: int | None) -> SafeString:
    """Link the number of a statement to its mark in the text; nothing where it has none of its own."""
    return _mark_link(number, language_of_page()) if number else mark_safe("")


@lru_cache(256)
def _mark_link(number: int, language: str) -> SafeString:
    with override(language):
        label = _("%(number)s, in the text") % {"number": number}
    return format_html('<a class="n" href="#m{}" aria-label="{}">{}</a>', number, label, number)


@register.filter
def evidence_remark(piece: Piece, fate: Fate) -> str:
    """Say what a piece of evidence tells, in a few words."""
    said = fate.delivery.said
    if piece.what == "reply_code":
        return str(words.WORD_OF_CLASS.get(piece.quote[:1], ""))
    if piece.what in ("enhanced_code", "status"):
        entry = fate.enhanced_title
        return words.in_sentence(plain(entry)) if entry else ""
    if piece.what == "stage":
        return str(dialogue.NAME_OF_STAGE.get(said.stage or "", ""))
    if piece.what in ("remote_host", "remote_ip"):
        return str(words.REFUSED_BY.get(fate.delivery.refused_by, ""))
    if piece.what == "reply_text":
        return _("known message") if fate.delivery.signature else ""
    if piece.what == "outcome":
        return str(fate.word)
    return ""
