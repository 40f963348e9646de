"""Turns what people paste into the words they saw: HTML or Markdown source, entities, signs that nobody sees."""

from __future__ import annotations

import re
from html import unescape
from textwrap import dedent

from codes.bounce.html_text import text_of_html

_TAG = re.compile(
    r"</?(?:html|body|div|p|br|span|table|tr|td|a|b|strong|font|pre|ul|li|h[1-6])(?=[\s/>])[^>]{0,400}>", re.IGNORECASE
)
#: An address in angle brackets is no tag.
_IN_BRACKETS = re.compile(r"<([^<>\s@\"=]{1,200}@[^<>\s\"=]{1,255})>")
#: What mail programs make of an address, "anna@example.com<mailto:anna@example.com>".
_SAID_TWICE = re.compile(
    r"(?<![\w.+=-])([\w.+=-]{1,64}@[\w.-]{1,255}\w)[ \n]?(?:[<\[(]mailto:\1(?:\?[^\s>\])]*)?[>\])]|mailto:\1(?![\w.-]))"
)
_MARKDOWN_ADDRESS = re.compile(r"\[([\w.+=-]{1,64}@[\w.-]{1,255}\w)\]\(mailto:[^)\s]{0,500}\)")
#: Before the marks of a transcript whose lines a form put on one.
_GLUED = re.compile(
    r"(?<=[^\s>|:])(?<!Received)(?<!Sent)[ \t]+"
    r"(?=(?:<<<|>>>) |(?:[A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d: )?(?:<--|-->) )"
)
#: A line in which a form put many together, and where the next one began: a recipient and what is said of it, a field
#: of a report, the mail that came back.
_LONG_LINE = re.compile(r"[^\n]{160,}")
_LINE_BEGINS = re.compile(
    r"(?<=[^\s>|])[ \t]+(?="
    r"(?<!\d )<[^<>\s@]{1,100}@[^<>\s]{1,100}>(?: \((?:expanded|generated) from[^)]{1,200}\))?(?::|\.{3})\s|"
    r"<?[^<>\s@]{1,100}@[^<>\s]{1,100}>? \((?:reason: |(?:host|connection to|delivered to) ')|"
    r"(?<![:<>*\d-] )[245]\d\d (?:[245]\.\d\.\d )?(?:<?[^<>\s@]{1,100}@[^<>\s]{1,100}>?\.{3} |service unavailable)|"
    r"\.\.\. while talking to |"
    r"[\w.+-]{1,64}+@[\w.-]{1,255}:? (?:host \S{1,255} \[|SMTP error from|Unrouteable address|retry timeout exceeded|"
    r"\((?:ultimately )?generated from|Delay reason:)|"
    r"(?:Reporting-MTA|(?:Final|Original)-Recipient|Action|Status|Remote-MTA|Diagnostic-Code|Last-Attempt-Date|"
    r"Arrival-Date|Will-Retry-Until): |"
    r"-{3,} ?(?:this|(?:the )?(?:header|original|following|returned)|below|transcript|session|message|"
    r"unsent|undelivered)(?: \w+){1,9}|message headers follow|received: (?:from|by) |return-path: ?<)",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|nbsp|#\d{2,5}|#x[0-9a-fA-F]{2,5});")
_MARKDOWN = re.compile(r"\*\*\S|^\s{0,3}#{1,4} |`[^`\n]+`|\]\((?:https?|mailto):|^```", re.MULTILINE)
_MARKDOWN_LINK = re.compile(r"\[([^\]\n]{1,300})\]\((?:https?:|mailto:)[^)\s]{0,500}\)")
#: The rule between a Markdown table's heading and its rows, the heading of Jira's, or two rows in a row.
_TABLE = re.compile(
    r"^[ \t]*+(?:\|?[ \t]*+:?-{3,}:?[ \t]*\|[ \t|:-]*|\|\|[^\n]+\|\||"
    r"\|[^\n|]+\|[^\n]*\|[ \t]*\n[ \t]*\|[^\n|]+\|[^\n]*\|)[ \t]*$",
    re.MULTILINE,
)
_TABLE_RULE = re.compile(r"^[ \t]*+\|?[ \t]*+:?-{3,}:?[ \t]*\|[ \t|:-]*\n?", re.MULTILINE)
_TABLE_ROW = re.compile(r"^[ \t]*\|(?P<cells>[^\n]*)\|[ \t]*$", re.MULTILINE)
#: What a chat writes before each line: "[10:02] Anna: ", "[23/11, 09:43] Anna: ", "23/11/26, 09:43 - Anna: ",
#: "[10:02, 23/11/2026] Anna: ".
_SPEAKER = re.compile(
    r"^[ \t]*\[?(?:\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{2,4})?,? )?\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[AP]M)?"
    r"(?:, \d{1,4}[/.-]\d{1,2}[/.-]\d{2,4})?\]?(?: -)? [^\W\d][\w .()'-]{0,40}: ",
    re.MULTILINE,
)
#: Lines with a speaker from which on a text is a chat.
_FEW_SPEAKERS = 2
#: Soft hyphens, zero-width signs and marks of direction, which copying from a web page brings along.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
#: The end of a line, with the empty lines behind it.
_LINE_ENDS = re.compile(r"\n(?:[ \t]*\n)*")
#: Single empty lines from which on they part lines; paragraphs are parted by one, and by no more.
_FEW_EMPTY_LINES = 4
#: A sentence that goes on behind an empty line.
_BROKEN_SENTENCE = re.compile(r"[^\s.:;!?>=*_-][ \t]*\n[ \t]*\n[ \t]*[^\W\d_A-Z]")
_FEW_BROKEN = 2
#: What a shell shows before a command; its user is nobody's recipient.
_PROMPT = re.compile(r"^[ \t]*\[?[a-z_][\w-]{0,31}@[\w.-]{1,64}(?::| )[~/][^\s#$]{0,80}\]?[#$%][ \t]?", re.MULTILINE)
_INDENTED = re.compile(r"(?:[ \t]*\n)*[ \t]+\S")
#: Tags above which a text is the source of a page; one or two may stand in any text.
_FEW_TAGS = 3
_LONGEST_TAG = 500


def as_typed(text: str) -> str:
    """Return the text without what copying it from a screen or a page brought along; log lines stay log lines."""
    if _INDENTED.match(text):
        text = dedent(text)
    if _is_page(text):
        text = text_of_html(_IN_BRACKETS.sub(r"&lt;\1&gt;", text))
    if "&" in text and _ENTITY.search(text):
        text = unescape(text)
    if not text.isascii():
        text = _UNSEEN.sub("", text).replace("\xa0", " ")
    if "@" in text:
        text = _PROMPT.sub("", text)
    if "mailto:" in text:
        text = _SAID_TWICE.sub(r"\1", _MARKDOWN_ADDRESS.sub(r"\1", text))
    return text


def plain_words(text: str) -> str:
    """Return the text as somebody would read it; a text without such marks comes back as it is."""
    text = _LONG_LINE.sub(lambda line: _LINE_BEGINS.sub("\n", line[0]), text)
    if "<<< " in text or "<-- " in text:
        text = _GLUED.sub("\n", text)
    if _MARKDOWN.search(text):
        text = _MARKDOWN_LINK.sub(r"\1", text)
        text = re.sub(r"(?<!<)\*\*|__(?=\S)|(?<=\S)__|^```\w*$|^\s{0,3}#{1,4} ", "", text, flags=re.MULTILINE)
        text = re.sub(r"`([^`\n]+)`", r"\1", text)
        text = re.sub(r"\\([_*<>\[\]#.-])", r"\1", text)
    if (speakers := len(_SPEAKER.findall(text))) >= _FEW_SPEAKERS:
        # what somebody pasted whole is parted from what others write above and below it
        whole = speakers < sum(map(bool, map(str.strip, text.splitlines())))
        text = _SPEAKER.sub("\n" if whole else "", text)
    if "\n\n" in text:
        text = _single_spaced(text)
    return _without_table(text) if _TABLE.search(text) else text


def _is_page(text: str) -> bool:
    if "<" not in text:
        return False
    within_one = _TAG.match(text.lstrip()[:_LONGEST_TAG]) is not None and text.rstrip().endswith(">")
    return within_one or len(_TAG.findall(text[:20_000])) > _FEW_TAGS


def _single_spaced(text: str) -> str:
    """Return the text with its lines together, where whatever it was copied to put an empty line behind each."""
    ends = [end.count("\n") for end in _LINE_ENDS.findall(text.strip())]
    if min(ends, default=0) < 2:
        return text
    broken = len(_BROKEN_SENTENCE.findall(text))
    if broken < _FEW_BROKEN and (ends.count(2) < _FEW_EMPTY_LINES or max(ends) < 3):
        return text
    return _LINE_ENDS.sub(lambda end: "\n" if end[0].count("\n") < 3 else "\n\n", text)


def _without_table(text: str) -> str:
    """Return the text with each row of a table as a line: "label: value" where it has two cells."""
    return _TABLE_ROW.sub(_row, _TABLE_RULE.sub("", text))


def _row(match: re.Match[str]) -> str:
    cells = [cell.strip() for cell in match["cells"].split("|")]
    return (": " if len(cells) == 2 else "  ").join(cells)
