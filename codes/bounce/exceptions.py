"""Turns what programs that send mail show of a refusal into the form of a notice: "<anna@example.com>: 550 no"."""

from __future__ import annotations

import re

#: What Python's smtplib shows of each recipient: {'anna@example.com': (550, b'5.1.1 no such user')}.
_IN_DICTIONARY = re.compile(
    r"[{,] ?'(?P<address>[^'\s@]{1,200}@{1,2}[^'\s@]{1,255})': "
    r"\((?P<code>[2-5]\d\d), b?(?:'(?P<single>[^'\n]*)'|\"(?P<double>[^\"\n]*)\")\)\}?"
)
#: What JavaMail says of one of several recipients.
_IN_EXCEPTION = re.compile(
    r"SMTPAddressFailedException: [245]\d\d [^\n<]{0,40}<(?P<address>[^<>\s@]{1,200}@[^<>\s]{1,255})>"
)
#: Roundcube's log has the reply code behind the words: "4.5.3 Error: too many recipients (Code: 452)".
_CODE_BEHIND = re.compile(r"(?P<words>[45]\.\d{1,3}\.\d{1,3} [^\n(]{1,300}) \(Code: (?P<code>[45]\d\d)\)")
#: PHPMailer takes the codes out of a reply: "Detail: User unknown SMTP code: 550 Additional SMTP info: 5.1.1".
_CODES_BEHIND = re.compile(
    r"\bDetail: (?P<words>(?:(?!Detail: )[^\n]){1,500}?)\s+SMTP code: (?P<code>[2-5]\d\d)"
    r"(?:\s+Additional SMTP info: (?P<enhanced>[245]\.\d{1,3}\.\d{1,3}))?"
)


def as_notice(text: str) -> str:
    """Return the text with each exception as a notice would say it; a text without any comes back as it is."""
    if "': (" in text:
        text = _IN_DICTIONARY.sub(_recipient_of_dictionary, text)
    if "AddressFailedException" in text:
        text = _IN_EXCEPTION.sub(r"\n<\g<address>>: \g<0>", text)
    if "(Code: " in text:
        text = _CODE_BEHIND.sub(r"\g<code> \g<words>", text)
    if "SMTP code: " in text:
        text = _CODES_BEHIND.sub(_with_codes_before, text)
    return text


def _with_codes_before(match: re.Match[str]) -> str:
    return " ".join(filter(None, (" SMTP code:", match["code"], match["enhanced"], match["words"])))


def _recipient_of_dictionary(match: re.Match[str]) -> str:
    r"""Return a recipient and its reply as notices write them; Python shows the ends of a reply's lines as \n."""
    if "@@" in match["address"]:
        return ""  # nobody could have been reached there
    said = (match["single"] or match["double"] or "").replace("\\r", "").replace("\\n", " ")
    return f"\n<{match['address']}>: SMTPRecipientsRefused: {match['code']} {said}\n"
