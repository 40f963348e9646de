"""The Markdown of guides as safe HTML: headings with ids, codes and terms linked, own pages in the reader's language.

Raw HTML is text here, pictures are not taken, and links lead to the web or to our own pages only. What comes out is
cleaned once more, so that a mistake in this file lets nothing through either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import nh3
from django.urls import get_script_prefix
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from codes.knowledge.entries import Said, Term
from codes.knowledge.glossary import Glossary

#: What a text may hold once it is HTML.
TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "span", "strong", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "class", "target", "rel", "title", "aria-label"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "ol": {"start"},
    "span": {"class"},
    "blockquote": {"class"},
}
ADDRESS = re.compile(r"https?://[^\s]+|/(?!/)\S*|#\S+")
CODE = re.compile(r"[2-5]\d\d|[245]\.\d{1,3}\.\d{1,3}")
#: Ids that the frame of a page uses.
TAKEN = {"main", "q", "ask", "said", "sources", "contents", "theme-label", "guides", "summary", "reasons"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the second level, for the list of contents."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as HTML, and its headings."""

    html: SafeString
    headings: tuple[Heading, ...]


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).disable("image")
    parser.validateLink = lambda address: bool(ADDRESS.fullmatch(address))  # type: ignore[method-assign]
    return parser


PARSER = _parser()


def render(text: Said, glossary: Glossary, language: str) -> Rendered:
    """Return a Markdown text as HTML for a page in `language`; its terms are those of the text's own language."""
    tokens = PARSER.parse(text)
    headings = list(_name_headings(tokens))
    known: set[str] = set()
    heading = False
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            heading = token.type == "heading_open"
        elif token.type == "blockquote_open":
            token.attrSet("class", "hint")
        elif token.type == "inline":
            token.children = list(_linked(token.children or [], None if heading else glossary, known, language))
    html = PARSER.renderer.render(tokens, PARSER.options, {})
    return Rendered(mark_safe(_cleaned(html)), tuple(headings))


def _cleaned(html: str) -> str:
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, link_rel=None, url_schemes={"http", "https"}, strip_comments=True
    )


def _name_headings(tokens: list[Token]) -> Iterator[Heading]:
    """Give each heading an id; the page itself has the only one of the first level."""
    taken = set(TAKEN)
    for place, token in enumerate(tokens):
        if token.type not in ("heading_open", "heading_close"):
            continue
        level = min(max(int(token.tag[1]), 2), 4)
        token.tag = f"h{level}"
        if token.type == "heading_close":
            continue
        text = "".join(child.content for child in tokens[place + 1].children or [])
        name = base = slugify(text.replace("’", " ")) or "part"
        number = 1
        while name in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name)
        token.attrSet("id", name)
        _add_anchor(tokens[place + 1], name, text)
        if level == 2:
            yield Heading(name, text)


def _add_anchor(inline: Token, name: str, text: str) -> None:
    """Let a heading end with the link to itself, as the headings of other pages do."""
    label = _("Link to “%(text)s”") % {"text": text}
    attributes = {"class": "anchor", "href": f"#{name}", "aria-label": label}
    inline.children = [*(inline.children or []), _text(" "), *_link(attributes, [_text("#")])]


def _linked(children: list[Token], glossary: Glossary | None, known: set[str], language: str) -> Iterator[Token]:
    """Yield the tokens of a line, its links made ready and its codes and terms linked."""
    inside = outside = False
    for child in children:
        if child.type == "link_open":
            inside, outside = True, _lead(child, language)
            yield child
        elif child.type == "link_close":
            if outside:
                note = escape(_("(opens in a new tab)"))
                yield Token("html_inline", "", 0, content=f' <span class="hidden">{note}</span>')
            inside = outside = False
            yield child
        elif child.type == "code_inline" and not inside and CODE.fullmatch(child.content):
            address = f"{get_script_prefix()}{language}/codes/{child.content}/"
            yield from _link({"class": "code", "href": address}, [_text(child.content)])
        elif child.type == "text" and not inside and glossary:
            yield from _with_terms(child.content, glossary, known, language)
        else:
            yield child


def _lead(token: Token, language: str) -> bool:
    """Put a link of ours into the reader's language; let one to the web open beside the page, and say so."""
    address = str(token.attrGet("href") or "")
    if address.startswith("/"):
        token.attrSet("href", f"{get_script_prefix()}{language}{address}")
    elif not address.startswith("#"):
        token.attrSet("target", "_blank")
        token.attrSet("rel", "noopener noreferrer")
        return True
    return False


def _with_terms(text: str, glossary: Glossary, known: set[str], language: str) -> Iterator[Token]:
    for words, term in glossary.pieces(text, known):
        yield from _link(term_link(term, language), [_text(words)]) if term else [_text(words)]


def term_link(term: Term, language: str) -> dict[str, str]:
    """Return the attributes of a link to a term of the glossary."""
    return {
        "class": "term",
        "href": f"{get_script_prefix()}{language}/glossary/#{term.slug}",
        "title": term.definition.in_language(language).replace("`", ""),
    }


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _link(attributes: dict[str, str], inside: list[Token]) -> list[Token]:
    return [Token("link_open", "a", 1, attrs=dict(attributes)), *inside, Token("link_close", "a", -1)]
