"""Finds the addresses that a text makes recipients: by their place, the words before them, and what is said of them.

A notice names each recipient at the start of a line or behind words such as "was not delivered to"; people name them in
sentences.
"""

from __future__ import annotations

import re
from itertools import islice, pairwise

from codes.bounce import labels, words
from codes.bounce.addresses import Address, find_addresses
from codes.bounce.patterns import Phrases
from codes.bounce.people import (
    OF_MYSELF,
    SIGNS,
    below_a_name,
    is_contact,
    of_somebody,
    of_somebody_else,
    only_names,
    says_nothing,
    signs,
)
from codes.bounce.reply import decisive_reply, find_replies

#: Characters of a line before the address that heads it, and behind it, that are looked at.
_LONGEST_BEFORE, _LONGEST_AFTER = 500, 2000
#: A line that an address heads may begin with marks, a label, or the codes of Sendmail's closing line.
_BEFORE_ADDRESS = re.compile(
    r"^[ \t>*•·-]*(?:[245]\d\d[ ](?:[245]\.\d+\.\d+[ ])?(?=<))?"
    rf"(?:(?:{labels.RECIPIENT_LABEL})(?:[ ]?[:：][ ]?|[ ]?\.{{2,}}[ ]?:?[ ]?|\t+|  +))?"
    r"[<\"'(\[]*(?:(?:mailto|smtp|rfc822)[:;] ?)?<?$",
    re.IGNORECASE,
)
_LABELLED_RECIPIENT = re.compile(rf"[ \t>*•·-]*(?:{labels.RECIPIENT_LABEL})[ ]?[:：]", re.IGNORECASE)
_AFTER_ADDRESS = re.compile(
    r"^[>\"')\]]*(?:[ ]?[<\[(]mailto:[^>\])]*[>\])])*[>\"')\]]*"
    r"(?:\s*$|\s*[:;(,.]|\s*-+\s|\s{2,}\S|\s+[245]\d\d[ -]|\s+(?:on|am)\s+\S|\s+(?:il|le|en|in data)\s+\d|"
    r"\s+(?!(?:is )?not (?:allowed|authori[sz]ed|permitted) to (?:send|use))"
    r"(?:delivery|error|errore|unknown|invalid|user|mailbox|no such|not |failed|"
    r"host|said|does|is |was |has |could|relay|unrouteable|smtp error))",
    re.IGNORECASE,
)
#: A label at whose colon an address stands that is no recipient's.
_OTHER_LABEL = re.compile(
    r"\b(?:id|identificativo(?: del)?(?: messaggio)?|token|ref(?:erence)?|mail from|from(?: address)?|da|von|de|sender|"
    r"mittente|owner|eigentümer|proprietario|propriétaire|absender|expéditeur|remitente|remetente|afzender|avsändare|afsender|"
    r"avsender|nadawca|odes[ií]latel|contact|van|od|från|fra)"
    r"[ \t]*[:\t][ \t]*<?$|"
    r"\b(?:account|konto|compte|cuenta|conta|login|user ?name|nome utente|benutzer(?:name)?)[ \t]*:[ \t]*<?$",
    re.IGNORECASE,
)
#: Where the people behind a mailing list are asked, who sends notices, and where they come back to; no recipient.
_OF_A_LIST = re.compile(
    r"-(?:owner|request|bounces|admin|ctl)@|^owner-|^mailer-daemon@|^microsoftexchange[0-9a-f]{16}|"
    r"^(?:bounces?[+=_-]|srs[01]=|prvs=|msprvs1=)|@(?:[\w-]+[-.])?bounces?\.",
    re.IGNORECASE,
)
#: Who sends notices: a line with this address above "To:" makes that a header.
_SENDS_NOTICES = re.compile(r"\b(?:mailer-daemon|postmaster)@", re.IGNORECASE)
#: A mail system's own address, with which its notice may close as with a signature.
_CLOSES_A_LETTER = re.compile(
    r"^(?:mailer-daemon|postmaster|no-?reply|support|help(?:desk)?|abuse|info-?mail)@", re.IGNORECASE
)
_LONGEST_SIGNATURE = 300
#: Addresses whose surroundings are looked at for words that make them recipients; nobody's sentences name more.
_MOST_NAMED = 10_000
#: A sentence with one of these tells what became of a message.
_TELLING = (words.NOTICE, words.STILL_TRIED, words.GIVEN_UP)
_TO_WORDS = Phrases([rf"(?:{labels.TO_A_RECIPIENT})[\s\pZ:>]*[<\"'«„“(\[ ]*\pZ?(?:mailto:)?\n?\z"])
_INTRODUCES = Phrases([rf"(?:{labels.INTRODUCES})[\s\pZ:.>]*[<\"'(\[ ]*(?:mailto:)?\n?\z"])
_WRITTEN_TO = Phrases([rf"(?:{labels.WRITTEN_TO})[\s\pZ:>]*[<\"'(\[ ]*(?:mailto:)?\n?\z"])
#: Behind an address, what Postfix and qmail say of it, wherever in a line a ticket's form put it.
_SAID_OF_IT = re.compile(
    r">?(?: \((?:expanded|generated) from [^)]{1,200}\))?:\s+(?:host \S+ (?:said|refused)|connect to \S+:|"
    r"lost connection with|conversation with|delivery temporarily suspended|unable to look up|mail for \S+ loops|"
    r"host or domain name not found|unknown user|user unknown in|domain \S+ does not accept|"
    r"[\d.]+ does not like|connected to [\d.]+ but|sorry, )",
    re.IGNORECASE,
)
#: An address that heads a sentence, "... didn't work out. <anna@example.com>: no mailbox here by that name".
_HEADS_SENTENCE = re.compile(r"(?:[.!?:)]|mail system)\s+<$")
_SAID_OF_ANYBODY = re.compile(
    r">(?: \((?:expanded|generated) from [^)]{1,200}\))?:\s(?!\s*(?:sender|helo|client|not owned))", re.IGNORECASE
)
#: What somebody says of a recipient right behind the address.
_GETS_NOTHING = re.compile(rf"[)>\]\"']*,?\s(?:{labels.GETS_NOTHING})\b", re.IGNORECASE)
_TO = re.compile(r"(?<!\w)(?:to|ad?|an|à|para|naar|do|till?|til)[\s<]+$", re.IGNORECASE)
_COMES_BACK = re.compile(rf"[>)]?\s(?:{labels.COMES_BACK})", re.IGNORECASE)
#: Between two recipients in somebody's sentence.
_AND = re.compile(r"[>)]?(?:,|\s(?:e|ed|and|und|et|y|en|i|&))\s(?:(?:ad?|to|an|à|para|aan|do)\s)?<?", re.IGNORECASE)
#: Behind a recipient, before what Sendmail says of it: "<anna@example.com>... Deferred".
_SENDMAILS_DOTS = ">..."
_CODES_BEFORE = re.compile(r"(?<!\S)[45]\d\d(?:[ -][45]\.\d{1,3}\.\d{1,3})? <$")
#: The name that belongs to an address, behind the end of a line or a colon.
_NAME_BEFORE = re.compile(r"(?<=[\n:])[ \t]*(?:\"[^\"\n]{1,60}\"|[^\W\d][\w.' -]{0,60}) <$")
#: Between addresses of one list.
_PARTS_A_LIST = re.compile(r"[\s,;<>\"'()\[\]]{1,12}")
#: Characters behind the first address of a list that stand behind the others too: " SMTP error ...", "> (reason: ...".
_SAME_BEHIND = 7
#: The codes of a reply at the end of a line, or the words before an alias: the next line only goes on.
_GOES_ON = re.compile(
    r"(?:(?<![\w.])[245]\d\d(?:[ -][245]\.\d{1,3}\.\d{1,3})?|(?:expanded|generated) from:?|MAIL FROM:|"
    r"verification failed for|sent by|send as|on behalf of|"
    r"failed the check in region [\w-]+:|(?<![\w.-])(?:da|from|von|de|van|od))[\s<>]*$",
    re.IGNORECASE,
)
#: Behind these stands whose mail it is, or with what it was sent.
_ORIGIN = re.compile(
    r"(?<![\w.])(?:da|dal|dalla|from|von|de|di|del|della|of|by|with|con|mit|avec|su|on|od|van|user|utente|account|benutzer|"
    r"(?:mi[oa]|nostr[oa]|my|our|meine?|unsere?|mon|notre|nuestr[oa]) \w+)[\s<(\"':]*$",
    re.IGNORECASE,
)
_HAS_TROUBLE = re.compile(rf"[>)\"']*,?\s(?:{labels.HAS_TROUBLE})", re.IGNORECASE)
_IS_REACHED = re.compile(rf"[>)\"']*,?\s(?:{labels.IS_REACHED})\b", re.IGNORECASE)
#: A line of a panel's page, and how many of them make one.
_LABELLED_LINE = re.compile(r"[ \t>*|]*[^\W\d_][^\n:\t]{0,30}[:\t][ \t]*\S")
_FEWEST_LABELLED = 4
#: How the form of a sending service names a subscriber, and within the next lines what became of the mail.
_CONTACT_THAT_BOUNCED = re.compile(
    r"^[ \t>*|]*(?:contatto|contact|kontakt|contacto|contato|iscritto|subscriber|abonnent|abonné)\**[ ]?[:\t][ \t]*"
    r"<?(?P<address>[^<>\s@,;]+@[^<>\s@,;]+)[^\n]*"
    r"(?:\n[^\n]*){0,3}?\n[ \t>*|]*[^\W\d_]{3,12}\**[ ]?[:\t][ \t]*(?:hard|soft|rimbalz|bounce)",
    re.IGNORECASE | re.MULTILINE,
)
_FROM = re.compile(
    r"(?<![\w.])(?:da|dal|dalla|from|von|account|konto|compte|cuenta|conta|"
    r"(?:mi[oa]|nostr[oa]|my|our|meine?|unsere?|mon|notre|nuestr[oa]) \w+)[\s<(\"':]*$",
    re.IGNORECASE,
)
#: Replies to a log-in name no recipient (RFC 4954, 6).
_LOGGING_IN = ("530", "534", "535", "538")
#: Who is asked for help; that somebody wrote there says nothing of mail that came back.
_OF_HELP = re.compile(
    r"^(?:support\w*|assistenza|help(?:-?desk)?|service-?desk|noc|admin\w*|sysadmin|it|ced|postmaster|hostmaster|"
    r"webmaster|abuse|no-?reply)@",
    re.IGNORECASE,
)
_LINE_WITH_COLON = re.compile(r".*\w:[ \t]*(?:SMTP[ \t]+)?<?$")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?;])\s+|\n[ \t>]*\n")
_END_OF_LINE = re.compile(r">?[ \t]*(?:\n|$)")
#: How mail programs name these fields above a mail.
_FROM_NAMES, _TO_NAMES = labels.FROM_NAMES, "to|a|an|à|para|aan|do|till|til|komu"
_SENDER_NOUNS = "mittente|absender|expéditeur|remitente|remetente|afzender|nadawca|avsändare|afsender|avsender"
_FORWARDED_HEADER = re.compile(
    rf"[ \t>*]*(?:{_FROM_NAMES}|{_TO_NAMES}|pro|cc|kopia|sent|inviato|"
    r"gesendet|envoyé|enviad[oa](?: el| em)?|verzonden|wysłano|skickat|sendt|odesláno|date|data|datum|fecha|subject|"
    r"oggetto|ogg|betreff|objet|asunto|assunto|onderwerp|temat|ämne|emne|předmět|reply-to|mail from|"
    r"x-[\w-]+|message-id)\**[ \u00a0]?:",
    re.IGNORECASE,
)
_TO_FIELD = re.compile(rf"[ \t>*]*(?:{_TO_NAMES}) ?:|[ \t>*]*to address\t", re.IGNORECASE)
_NOTICE_FROM = re.compile(
    r"^[ \t>*]*+(?P<alone>mail delivery (?:sub)?system|mailer-daemon(?:@\S+)?|postmaster(?:@\S+)?)[ \t]*$|"
    rf"^[ \t>*]*+(?:(?:{_FROM_NAMES})\**[ \u00a0]?:|(?P<noun>{_SENDER_NOUNS})\**(?:[ \u00a0]?[:\t]|  ))[^\n]*",
    re.IGNORECASE | re.MULTILINE,
)
#: Webmails head what they show with nouns: "Mittente", and below it "Destinatario".
_ADDRESSED = re.compile(rf"[ \t>*]*(?:{labels.RECIPIENT_LABEL})\**(?:[ \u00a0]?[:\t]|  )", re.IGNORECASE)
#: Lines above and below the one that says who wrote a mail in which the rest of its header stands, and characters.
_LINES_OF_HEADER, _NEAR_HEADER = 4, 600
_FROM_FIELD = re.compile(rf"^[ \t>*]*(?:{_FROM_NAMES})\**[ \u00a0]?:", re.IGNORECASE | re.MULTILINE)


def recipients_in(text: str, wanted: frozenset[str], strangers: frozenset[str]) -> list[Address]:
    """Return the recipients that a text names, in order: those that head lines, else those that words make recipients.

    One at 0 has the whole text to itself. `wanted` are known recipients, `strangers` addresses that cannot be any; both
    are in lower case.
    """
    heads = _heads(text, wanted, strangers)
    if signers := {head.value.lower() for head in heads if _signed_by(text, head)} - wanted:
        strangers |= signers
        heads = [head for head in heads if head.value.lower() not in signers]
    if heads and all(_CODES_BEFORE.search(text[max(0, head.start - 80) : head.start]) for head in heads):
        of_replies = {head.value.lower() for head in heads}
        heads = [one for one in _named(text, wanted, strangers) if one.value.lower() not in of_replies] or heads
    if heads and _only_closes(text, heads, wanted, strangers):
        strangers |= {heads.pop().value.lower()}
    return heads or _named(text, wanted, strangers) or _in_sentence(text, strangers) or _sent_to(text, strangers)


def _signed_by(text: str, head: Address) -> bool:
    """Whether an address belongs to whoever signs: it stands below a name, and what follows says nothing of it."""
    block = text[head.end : head.end + _LONGEST_SIGNATURE].partition("\n\n")[0]
    if not says_nothing(block):
        return False
    above = text[max(0, head.start - _LONGEST_SIGNATURE) : head.start]
    if above.rpartition("\n")[2].strip(f"{SIGNS}("):
        return False
    return signs(above[-80:]) or (below_a_name(above) and not _introducing(above[-80:]))


def _only_closes(text: str, heads: list[Address], wanted: frozenset[str], strangers: frozenset[str]) -> bool:
    """Whether the last address closes a letter: nothing is said of it, and others are the recipients.

    Those have a reply each, or are named by the words around them.
    """
    last = heads[-1]
    behind = text[last.end :]
    values = [head.value.lower() for head in heads]
    before = text[max(0, last.start - 80) : last.start]
    if len(behind) > _LONGEST_SIGNATURE or not says_nothing(behind) or before.rsplit("\n", 1)[-1].strip(SIGNS):
        return False
    if values[-1] in values[:-1] or values[-1] in wanted:
        return False
    if len(heads) > 1 and _CLOSES_A_LETTER.search(last.value):
        return True
    if _introducing(before):
        return False
    if len(heads) > 1:
        return all(decisive_reply(text[one.end : after.start]) for one, after in pairwise(heads))
    named = _named(text, wanted, strangers)
    return bool(named) and values[-1] not in {found.value.lower() for found in named}


def _introducing(before: str) -> bool:
    return _leads(_INTRODUCES, before) or _leads(_TO_WORDS, before)


def _heads(text: str, wanted: frozenset[str], strangers: frozenset[str]) -> list[Address]:
    """Return the addresses that stand at the head of a line, all with the same indentation."""
    heads: list[Address] = []
    indentation = None
    for found in find_addresses(text):
        low, high = max(0, found.start - _LONGEST_BEFORE), found.end + _LONGEST_AFTER
        line_start = text.rfind("\n", low, found.start) + 1
        if line_start == 0 and low > 0:
            continue
        line_end = text.find("\n", found.end, high)
        before, after = text[line_start : found.start], text[found.end : line_end if line_end >= 0 else high]
        if not _BEFORE_ADDRESS.match(before) or not _AFTER_ADDRESS.match(after):
            continue
        if ":" in before and _TO_FIELD.match(before) and _inside_header(text, line_start):
            continue
        value = found.value.lower()
        if (value in strangers or _OF_A_LIST.search(value)) and value not in wanted:
            continue
        if _of_another(text, found, line_start, before) or _is_from_line(text, found):
            continue
        depth = len(before) - len(before.lstrip(" \t"))
        if indentation is None:
            indentation = depth
        if (
            line_start + depth < found.start
            and text[line_start + depth].isdigit()
            and not after.startswith(_SENDMAILS_DOTS)
        ):
            continue  # Sendmail's closing line "550 <a>... User unknown" names a recipient, a quoted reply does not
        if depth > indentation or (heads and heads[-1].value.lower() == value):
            continue
        heads.append(found)
    return heads


def recipients_named(text: str) -> list[str]:
    """Return the addresses behind words that make them recipients, each once."""
    return [found.value for found in _named(text, frozenset(), frozenset())]


def headed_to(text: str) -> list[str]:
    """Return to whom a message went by two lines "From:", "To:" that are not the header of a whole mail."""
    lines = text.splitlines()
    for place, (sender, recipient) in enumerate(pairwise(lines)):
        if not (_FROM_FIELD.match(sender) and _TO_FIELD.match(recipient)):
            continue
        around = lines[max(0, place - 1) : place] + lines[place + 2 : place + 3]
        if not any(map(_FORWARDED_HEADER.match, around)):
            return [found.value for found in find_addresses(recipient)]
    return []


def addressees_of_notice(text: str) -> set[str]:
    """Return to whom a notice went that somebody forwarded with its header, in lower case: that one sent the mail."""
    headers = [found for found in _NOTICE_FROM.finditer(text) if words.MAILER.search(found[0]) or found["alone"]]
    return {
        found.value.lower()
        for header in headers
        for line in (
            *text[max(0, header.start() - _NEAR_HEADER) : header.start()].splitlines()[-_LINES_OF_HEADER:],
            *text[header.end() : header.end() + _NEAR_HEADER].splitlines()[: _LINES_OF_HEADER + 1],
        )
        if _TO_FIELD.match(line) or (header["noun"] and _ADDRESSED.match(line))
        for found in find_addresses(line)
    }


def addressee_of_record(text: str) -> str | None:
    """Return the addressee on a panel's page, whose lines "To: a", "Status: ...", "Detail: 550 ..." stand together.

    The header of a forwarded notice has its reply outside.
    """
    reply = decisive_reply(text)
    if reply is None:
        return None
    start = text.rfind("\n\n", 0, reply.start) + 1
    end = text.find("\n\n", reply.start)
    lines = [line for line in text[start : end if end >= 0 else None].splitlines() if line.strip()]
    labelled = [line for line in lines if _LABELLED_LINE.match(line)]
    if len(labelled) < _FEWEST_LABELLED or len(labelled) < len(lines) - 1:
        return None
    to = [line for line in labelled if _TO_FIELD.match(line)]
    named = list(find_addresses(to[0])) if len(to) == 1 else []
    return named[0].value if len(named) == 1 else None


def contact_that_bounced(text: str) -> str | None:
    """Return the contact of whom a sending service says that its mail bounced, in lines "Contact: a", "Status: ..."."""
    found = _CONTACT_THAT_BOUNCED.search(text)
    return found["address"] if found else None


def _named(text: str, wanted: frozenset[str], strangers: frozenset[str]) -> list[Address]:
    """Return the addresses behind words that make them recipients.

    The whole notice belongs to one that stands alone, and to each of several on one line.
    """
    named: list[Address] = []
    introduced: list[Address] = []
    for found in islice(find_addresses(text), _MOST_NAMED):
        before = text[max(0, found.start - 80) : found.start]
        if _IS_REACHED.match(text, found.end):
            continue
        if found.value.lower() not in strangers and _introduced(text, found, before, introduced):
            introduced.append(found)
        if found.value.lower() in wanted or (
            found.value.lower() not in strangers
            and not _OF_A_LIST.search(found.value)
            and (_names_recipient(text, found, before) or (named and _AND.fullmatch(text, named[-1].end, found.start)))
        ):
            named.append(found)
    named = _once_each(
        [found for found in named if found.value.lower() in wanted] + introduced if introduced else named
    )
    if len(named) > 1:
        named = _outside_replies(named, text) or named
    in_order = sorted(named, key=lambda found: found.start)
    between = [text[one.end : after.start] for one, after in pairwise(in_order)]
    if between and (all("\n" in words for words in between) or all(map(decisive_reply, between))):
        return in_order
    return [Address(found.value, 0, 0) for found in named]


def _outside_replies(named: list[Address], text: str) -> list[Address]:
    """Return the addresses that no reply names behind which its line ends: a server may know one by another name."""
    last = {text.find("\n", reply.start): reply.start for reply in find_replies(text)}  # of each line, by its end
    return [found for found in named if found.start <= last.get(text.find("\n", found.start), found.start)]


def _in_sentence(text: str, strangers: frozenset[str]) -> list[Address]:
    """Return the only address that the sentences name in which the notice says that something was not delivered."""
    found: dict[str, Address] = {}
    for sentence in _SENTENCE_ENDS.split(text):
        if "@" not in sentence or not (any(table.search(sentence) for table in _TELLING)):
            continue
        within_header = _FROM_FIELD.search(sentence) is not None
        for address in find_addresses(sentence):
            value = address.value.lower()
            if value in found or value in strangers:
                continue
            before = sentence[max(0, address.start - 80) : address.start]
            line_start = sentence.rfind("\n", 0, address.start) + 1
            if within_header and _FORWARDED_HEADER.match(sentence, line_start):
                continue  # to whom the notice went
            if (
                not _OF_A_LIST.search(value)
                and not _OTHER_LABEL.search(before)
                and not is_contact(before)
                and not of_somebody(before)
                and not _FROM.search(before)
                and not _HAS_TROUBLE.match(sentence, address.end)
                and not _IS_REACHED.match(sentence, address.end)
            ):
                found[value] = address
        if len(found) > 1:
            return []
    return _if_only(found)


def _sent_to(text: str, strangers: frozenset[str]) -> list[Address]:
    """Return the only address to which something went, "the contract to anna@example.com"."""
    found: dict[str, Address] = {}
    for address in islice(find_addresses(text), _MOST_NAMED):
        before = text[max(0, address.start - 80) : address.start]
        value = address.value.lower()
        if (
            value not in strangers
            and not _OF_A_LIST.search(value)
            and not _OF_HELP.search(value)
            and _TO.search(before)
            and not of_somebody_else(before)
        ):
            found.setdefault(value, address)
    return _if_only(found)


def _if_only(found: dict[str, Address]) -> list[Address]:
    """Return the one address, to which the whole text belongs; none where there are several."""
    return [Address(address.value, 0, 0) for address in found.values()] if len(found) == 1 else []


def named_before_reply(text: str, strangers: frozenset[str]) -> str | None:
    """Return the only address that somebody names before a refusal, unless it is their own, or of who has the trouble.

    For people's own words alone: "I cannot reach anna@example.com, it says 550 ...".
    """
    reply = decisive_reply(text)
    if reply is None or reply.reply_code in _LOGGING_IN:
        return None
    found: set[str] = set()
    for address in find_addresses(text[: reply.start]):
        before = text[max(0, address.start - 80) : address.start]
        line_start = text.rfind("\n", 0, address.start) + 1
        value = address.value.lower()
        if not (
            value in strangers
            or _OF_A_LIST.search(value)
            or _OF_HELP.search(value)
            or _FORWARDED_HEADER.match(text, line_start)
            or _ORIGIN.search(before)
            or _HAS_TROUBLE.match(text, address.end)
            or _IS_REACHED.match(text, address.end)
            or of_somebody_else(before)
        ):
            found.add(address.value)
    return found.pop() if len(found) == 1 else None


def _introduced(text: str, found: Address, before: str, earlier: list[Address]) -> bool:
    """Whether a notice's own words lead to the address, or to an earlier one of the same list."""
    if _leads(_INTRODUCES, before) or (_HEADS_SENTENCE.search(before) and _SAID_OF_ANYBODY.match(text, found.end)):
        return True
    if not earlier:
        return False
    behind, behind_first = (text[one.end : one.end + _SAME_BEHIND] for one in (found, earlier[0]))
    alike = behind == behind_first and any(map(str.isalpha, behind))
    return alike or _PARTS_A_LIST.fullmatch(text, earlier[-1].end, found.start) is not None


def _of_sendmail(text: str, found: Address, before: str) -> bool:
    """Whether a reply names the address as Sendmail does, "550 5.1.1 <anna@example.com>... User unknown"."""
    return text.startswith(_SENDMAILS_DOTS, found.end) and _CODES_BEFORE.search(before) is not None


def _leads(table: Phrases, before: str) -> bool:
    """Whether words of a table lead to an address, or to the name before it: "not delivered to: Anna Riva <"."""
    if table.search(before):
        return True
    named = _NAME_BEFORE.search(before) if before.endswith("<") else None
    return named is not None and only_names(named[0]) and table.search(before[: named.start()])


def _names_recipient(text: str, found: Address, before: str) -> bool:
    """Whether words before the address make it a recipient, or it closes a line "Unknown user: anna@example.com"."""
    if _WRITTEN_TO.search(before):
        return not _OF_HELP.search(found.value)
    if _SAID_OF_IT.match(text, found.end) or _of_sendmail(text, found, before):
        return True
    if is_contact(before) or signs(before) or OF_MYSELF.search(before):
        return False
    if _leads(_TO_WORDS, before):
        return True
    if _GETS_NOTHING.match(text, found.end) or (_TO.search(before) and _COMES_BACK.match(text, found.end)):
        return True
    line = before.rsplit("\n", 1)[-1]
    return bool(
        ":" in line
        and _LINE_WITH_COLON.match(line)
        and not _OTHER_LABEL.search(line)
        and not _FORWARDED_HEADER.match(line)
        and _END_OF_LINE.match(text[found.end : found.end + 10])
    )


def _once_each(addresses: list[Address]) -> list[Address]:
    return list({address.value.lower(): address for address in reversed(addresses)}.values())[::-1]


def _inside_header(text: str, line_start: int) -> bool:
    """Whether the line stands in a block From/Sent/To/Subject, the header of a forwarded notice."""
    around = (
        text[max(0, line_start - 300) : line_start].splitlines()[-4:]
        + text[line_start : line_start + 300].splitlines()[1:3]
    )
    return any(_FORWARDED_HEADER.match(line) or _SENDS_NOTICES.search(line) for line in around)


def _of_another(text: str, found: Address, line_start: int, before: str) -> bool:
    """Whether the words above a line that an address heads make it somebody else's than a recipient's."""
    if _is_contact(text, line_start, before):
        return True
    goes_on = _GOES_ON.search(text, max(0, line_start - 40), line_start)
    if goes_on and not text.startswith(_SENDMAILS_DOTS, found.end):
        return True
    above = text[max(0, found.start - 80) : found.start]
    return (before.endswith("(") and of_somebody(above)) or (
        not before.strip(" \t<") and _OTHER_LABEL.search(above.rstrip(" \t\n<")) is not None
    )


def _is_from_line(text: str, found: Address) -> bool:
    """Whether a mail system's own address stands above a line "To: ...", as phones show who wrote a notice."""
    below = text[found.end : found.end + _LONGEST_AFTER].partition("\n")[2]
    return _SENDS_NOTICES.match(found.value) is not None and _TO_FIELD.match(below) is not None


def _is_contact(text: str, line_start: int, before: str) -> bool:
    """Whether prose that wraps onto this line asks to write to the address."""
    previous = text[max(0, line_start - 120) : max(0, line_start - 1)].rsplit("\n", 1)[-1]
    return (
        bool(previous.strip())
        and "<" not in before
        and not _LABELLED_RECIPIENT.match(before)
        and labels.CONTACT.search(previous[-30:])
        and not words.NOTICE.search(previous)
    )
