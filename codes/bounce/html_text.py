"""The words of HTML, one line a block; nothing of it is ever rendered."""

from __future__ import annotations

import re
from html import unescape

from selectolax.lexbor import LexborHTMLParser

#: Tags of a page of which a tree is built.
MOST_TAGS = 4000


def text_of_html(html: str) -> str:
    """Return the text of an HTML page or a piece of one."""
    if html.count("<") > MOST_TAGS:
        return _without_tags(html)
    tree = LexborHTMLParser(html)
    for node in tree.css("script, style, head"):
        node.decompose()
    root = tree.body or tree.root
    if root is None:
        return ""
    for node in root.css("br, p, div, tr, li, h1, h2, h3, h4, pre, table"):
        node.insert_before("\n")
        if node.tag != "br":
            node.insert_after("\n")
    for cell in root.css("td, th"):
        cell.insert_after(" ")
    text = root.text(separator="", strip=False).replace("\xa0", " ")
    return re.sub(r"\n[ \t]*\n(?:[ \t]*\n)+", "\n\n", re.sub(r"[ \t]+", " ", text)).strip()


def _without_tags(html: str) -> str:
    """Return the text of a page too large to build a tree of."""
    html = re.sub(r"(?is)<(script|style|head)\b[^>]*>.*?</\1>", " ", html)
    html = re.sub(r"(?i)</?(?:br|p|div|tr|li|h[1-4]|pre|table)\b[^>]*>", "\n", html)
    return unescape(re.sub(r"<[^>]*>", "", html)).strip()
