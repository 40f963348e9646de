"""What an entry of each kind has to say before it helps anybody."""

from collections import Counter
from collections.abc import Iterator

from codes.linting.finding import Finding, finding
from codes.linting.shelf import Shelf

#: Fields that no entry of a kind may lack, without language.
NEEDED: dict[str, tuple[str, ...]] = {
    "reason": (
        *("title", "headline", "headline_named", "meaning", "certainty"),
        *("steps", "admin_steps", "retry", "reply", "synonyms"),
    ),
    "replycode": ("title", "meaning", "advice"),
    "enhancedcode": ("title", "meaning", "advice"),
    "codeclass": ("title", "meaning", "advice"),
    "codesubject": ("title", "meaning", "advice"),
    "provider": ("description",),
    "signature": ("title",),
    "collection": ("title", "text"),
    "guide": ("title", "summary", "body"),
    "term": ("title", "names", "definition"),
}
#: What a reply code of a standard says besides.
FULL = ("causes", "retry")
FEWEST_WORDINGS = 2


def fields(shelf: Shelf) -> Iterator[Finding]:
    """Every entry has the texts of its kind."""
    for entry in shelf.entries:
        for name in NEEDED.get(entry.kind.name, ()):
            if not entry.plain[f"{name}_it"]:
                yield finding("complete", entry, name, "nothing", "a text in both languages")


def parties(shelf: Shelf) -> Iterator[Finding]:
    """A reason tells everybody who has to act what to do."""
    for entry in shelf.of_kind("reason"):
        acting = {entry.plain["acts_while_retried"], entry.plain["acts_when_final"]}
        if "recipient" in acting | set(entry.plain["may_help"]) and not entry.plain["recipient_steps_it"]:
            yield finding("complete", entry, "recipient_steps", "nothing", "what the recipient can do")
        if "recipient-admin" in acting and not entry.plain["note_to_postmaster_it"]:
            yield finding("complete", entry, "note_to_postmaster", "nothing", "what to write to their postmaster")
        retried = entry.plain["usual_outcome"] not in ("none", "failed")
        if retried and not entry.plain["reply_delayed_it"]:
            yield finding("complete", entry, "reply_delayed", "nothing", "a reply while it is retried")


def standard_codes(shelf: Shelf) -> Iterator[Finding]:
    """A reply code of a standard says what it means at each stage, why it comes, how it is worded, if it is retried."""
    meant = {
        (entry.key[0], entry.plain["stage"]) for entry in shelf.of_kind("stagemeaning") if entry.plain["meaning_it"]
    }
    worded = Counter(
        code
        for signature in shelf.of_kind("signature")
        for code in signature.plain["codes"]
        if signature.plain["examples"][0].startswith(code)
    )
    for entry in shelf.of_kind("replycode"):
        code = entry.key[0]
        if entry.plain["standing"] != "standard":
            continue
        for name in FULL:
            if not entry.plain[f"{name}_it"]:
                yield finding("complete", entry, name, "nothing", "a text, since a standard defines the code")
        for stage in entry.plain["stages"]:
            if (code, "" if stage == "any" else stage) not in meant:
                yield finding("complete", entry, "stages", f"no meaning at {stage}", "a meaning at each stage")
        if (wordings := len(entry.plain["wordings"]) + worded[code]) < FEWEST_WORDINGS:
            found = f"{wordings} with those of known messages"
            yield finding("complete", entry, "wordings", found, f"{FEWEST_WORDINGS} examples")


def enhanced_codes(shelf: Shelf) -> Iterator[Finding]:
    """An enhanced code that stands for a reason says how it differs from it."""
    for entry in shelf.of_kind("enhancedcode"):
        stands = entry.plain["reason"] or entry.plain["temporary_reason"]
        if stands and not entry.plain["difference_it"]:
            yield finding("complete", entry, "difference", "nothing", "what sets it apart from its reason")


RULES = (fields, parties, standard_codes, enhanced_codes)
