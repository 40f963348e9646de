"""An invalid file loads nothing, and the one sentence names file and line."""

import pytest
from django.core.management import CommandError, call_command

from codes.models import SHIPPED_MODELS, Reason, ShippedEntry, Signature

CASES = {
    "no YAML": ("reasons.yaml", "    position: 10", "   position: [10", 4, "this is not YAML"),
    "a tab": ("reasons.yaml", "    position: 10", "\tposition: 10", 4, "this is not YAML"),
    "no list": ("reply_codes.yaml", "- model: codes.replycode\n  fields:", "550:", 1, "a list of entries"),
    "unknown model": ("reasons.yaml", "codes.reason", "codes.cause", 1, "the model “codes.cause” is not one of"),
    "unknown field": ("reasons.yaml", "    steps_en:", "    step_en:", 14, "has no field “step_en”"),
    "bare field of a bilingual one": ("reasons.yaml", "title_en: Mailbox full", "title: Full", 25, "no field “title”"),
    "primary key": ("reasons.yaml", "  fields:", "  pk: 1\n  fields:", 2, "“pk” is not expected"),
    "key twice": (
        "reasons.yaml",
        "    group: recipient",
        "    position: 11\n    group: recipient",
        5,
        "stands here twice",
    ),
    "no key": ("reasons.yaml", "    slug: mailbox-full\n", "", 18, "no “slug”"),
    "number for a code": ("reply_codes.yaml", '"550"', "550", 3, "put it in quotes"),
    "number in a list": ("signatures.yaml", 'codes: ["550"]', "codes: [550]", 11, "put it in quotes"),
    "number for a key": (
        "stage_meanings.yaml",
        'reply_code: ["550"]\n    reason',
        "reply_code: [550]\n    reason",
        3,
        "put it in quotes",
    ),
    "text for a list": ("reply_codes.yaml", "[mail, rcpt]", "mail", 6, "“stages” is a list"),
    "list for a text": ("reply_codes.yaml", "Mailbox unavailable", "[a, b]", 5, "“title_en” is a text"),
    "text for a number": ("reasons.yaml", "position: 10", "position: ten", 4, "“position” is a number"),
    "text for a date": ("references.yaml", "2026-11-23", "yesterday", 5, "“checked” is a date"),
    "unknown choice": (
        "reasons.yaml",
        "group: recipient\n    usual_outcome: failed",
        "group: people\n    usual_outcome: failed",
        5,
        "“group” of codes.reason user-unknown is not valid",
    ),
    "unknown choice in a list": (
        "reply_codes.yaml",
        "[mail, rcpt]",
        "[mail, lunch]",
        6,
        "“lunch” is not one of the choices",
    ),
    "no choice at all": (
        "reasons.yaml",
        "    usual_outcome: delayed-then-failed\n",
        "",
        18,
        "“usual_outcome” of codes.reason mailbox-full",
    ),
    "too long": ("reply_codes.yaml", "Mailbox unavailable", "x" * 81, 5, "at most 80 characters"),
    "no title": (
        "reply_codes.yaml",
        "    title_it: Casella non disponibile\n    title_en: Mailbox unavailable\n",
        "",
        1,
        "A title is needed",
    ),
    "malformed code": ("reply_codes.yaml", '"550"', '"55O"', 3, "“code” of codes.replycode 55O"),
    "malformed slug": (
        "reasons.yaml",
        "slug: mailbox-full",
        "slug: mailbox full",
        20,
        "“slug” of codes.reason mailbox full",
    ),
    "unknown reason": (
        "signatures.yaml",
        "[user-unknown]",
        "[user-unknwon]",
        6,
        "names codes.reason user-unknwon, which is unknown",
    ),
    "no reason": ("signatures.yaml", "[user-unknown]", "null", 6, "has no “reason”"),
    "unknown code in a list": ("collections.yaml", '[["550"]]', '[["550"], ["551"]]', 6, "names codes.replycode 551"),
    "unknown source": ("reasons.yaml", "rfc5321 4.2.2", "rfc9999 4.2.2", 17, "which no reference begins"),
    "two of one key": (
        "reasons.yaml",
        "slug: mailbox-full",
        "slug: user-unknown",
        18,
        "was there before, in reasons.yaml, line 1",
    ),
    "too wide": ("signatures.yaml", "- no such user\n    examples", "- '*user*'\n    examples", 8, "is too wide"),
    "words of any mail": (
        "signatures.yaml",
        "- no such user\n",
        "- no such user\n      - thank you\n",
        9,
        "in an ordinary mail",
    ),
    "no regular expression": (
        "signatures.yaml",
        "- no such user\n",
        "- 're:such user('\n",
        8,
        "is not a valid pattern",
    ),
    "example not matched": ("signatures.yaml", "No such user here", "Mailbox full", 10, "No pattern matches"),
    "no patterns": ("signatures.yaml", "    patterns:\n      - no such user\n", "", 1, "“patterns” of codes.signature"),
}


@pytest.mark.parametrize(("name", "old", "new", "line", "sentence"), CASES.values(), ids=CASES.keys())
def test_nothing_is_loaded_and_the_sentence_says_where(ship, name, old, new, line, sentence):
    ship.replace(name, old, new)
    with pytest.raises(CommandError) as caught:
        ship.load()
    said = str(caught.value)
    assert said.startswith(f"{name}, line {line}: "), said
    assert sentence in said
    assert "\n" not in said
    assert not any(model.objects.exists() for model in (*SHIPPED_MODELS, ShippedEntry))


CODE = """\
- model: codes.enhancedcode
  fields:
    code: X.1.1
    title_it: Casella piena
    title_en: Mailbox full
    classes: ["5"]
    reason: [mailbox-full]
"""


def test_a_known_message_says_why_it_contradicts_its_code(ship):
    (ship.folder / "enhanced_codes.yaml").write_text(CODE)
    with pytest.raises(CommandError, match=r"signatures\.yaml, line 10: .* stands for the reason mailbox-full"):
        ship.load()
    ship.replace("signatures.yaml", "    evidence:", "    differs: words\n    evidence:")
    ship.load()
    assert Signature.objects.get().differs == "words"


def test_an_invalid_upgrade_leaves_everything_as_it_was(ship):
    ship.load()
    ship.replace("reasons.yaml", "Casella piena", "Casella colma")
    ship.replace("signatures.yaml", "[user-unknown]", "[user-unknwon]")
    with pytest.raises(CommandError):
        ship.load()
    assert Reason.objects.get(slug="mailbox-full").title_it == "Casella piena"


def test_no_files_is_one_sentence(empty, tmp_path):
    with pytest.raises(CommandError, match="no file"):
        call_command("load_knowledge", directory=tmp_path / "nowhere")


def test_other_encoding_is_one_sentence(ship):
    (ship.folder / "reasons.yaml").write_bytes("- model: codes.reason # è".encode("latin-1"))
    with pytest.raises(CommandError, match=r"reasons\.yaml, line 1: this is not YAML in UTF-8"):
        ship.load()
