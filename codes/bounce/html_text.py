"""The words of HTML, one line a block; nothing of it is ever rendered."""

from __future__ import annotations

import re
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

#: Characters of a page that are read: a tree takes several times as much memory, and no notice is as long.
LONGEST_PAGE = 2 << 20
#: Tags of a page of which a tree is built.
MOST_TAGS = 4000
#: A page's own line end behind a break is none of the text's.
_BREAK = re.compile(r"(<br\b[^<>]*+>)[ \t]*+\n", re.IGNORECASE)
#: What is laid out in columns by blanks, tags apart; signs of nobody's stand for its blanks while the rest is joined.
_LAID_OUT = re.compile(r"(<pre\b[^<>]*+>)(.*?)(?=</pre>|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"(<[^<>]*+>)")
_KEPT = {ord(" "): "\ue020", ord("\t"): "\ue009"}
_GIVEN_BACK = {0xE020: " ", 0xE009: "\t"}
#: Characters of a cell that labels the one beside it.
_LONGEST_LABEL = 40


def text_of_html(html: str) -> str:
    """Return the text of an HTML page or a piece of one."""
    html = _BREAK.sub(r"\1", html[:LONGEST_PAGE])
    if html.count("<") > MOST_TAGS:
        return _without_tags(html)
    tree = LexborHTMLParser(_LAID_OUT.sub(_with_blanks_kept, html) if "<pre" in html else html)
    for node in tree.css("script, style, head"):
        node.decompose()
    root = tree.body or tree.root
    if root is None:
        return ""
    for node in root.css("br, p, div, tr, li, h1, h2, h3, h4, pre, table"):
        node.insert_before("\n")
        if node.tag != "br":
            node.insert_after("\n")
    for row in root.css("tr"):
        _label(row)
    for cell in root.css("td, th"):
        cell.insert_after(" ")
    text = root.text(separator="", strip=False).replace("\xa0", " ")
    joined = re.sub(r"\n[ \t]*\n(?:[ \t]*\n)+", "\n\n", re.sub(r"[ \t]+", " ", text)).strip()
    return joined.translate(_GIVEN_BACK) if "<pre" in html else joined


def _with_blanks_kept(laid_out: re.Match[str]) -> str:
    pieces = _TAG.split(laid_out[2])
    return laid_out[1] + "".join(piece if piece[:1] == "<" else piece.translate(_KEPT) for piece in pieces)


def _label(row: LexborNode) -> None:
    """Put a colon behind the first of two cells, where it labels the second one."""
    cells = [cell for cell in row.iter() if cell.tag in ("td", "th")]
    if len(cells) != 2 or cells[0].css_first("table, br, p") is not None:
        return
    label = (cells[0].text() or "").strip()
    if label and len(label) <= _LONGEST_LABEL and label[-1].isalnum() and not any(map(str.isdigit, label)):
        cells[0].insert_child(":")


def _without_tags(html: str) -> str:
    """Return the text of a page too large to build a tree of."""
    for kind in ("script", "style", "head"):
        html = _without(html, kind)
    html = re.sub(r"(?i)</?(?:br|p|div|tr|li|h[1-4]|pre|table)\b[^<>]*+>", "\n", html)
    return unescape(re.sub(r"<[^<>]*+>", "", html)).strip()


def _without(html: str, kind: str) -> str:
    """Return the page without the elements of a kind and what stands in them; one that never closes stays."""
    opening, closing = (re.compile(rf"<{slash}{kind}\b", re.IGNORECASE) for slash in ("", "/"))
    kept, position = [], 0
    while (start := opening.search(html, position)) and (end := closing.search(html, start.end())):
        kept.append(html[position : start.start()])
        position = end.start()
    return "".join([*kept, html[position:]])
