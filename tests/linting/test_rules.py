"""Each rule finds what breaks it, and says what it found and what it expected."""

import pytest

from codes.linting.exceptions import Exempt, exempt, without
from codes.linting.finding import Finding
from codes.shipping.reading import InvalidFixture

REASONS, REPLIES, STAGES = "reasons.yaml", "reply_codes.yaml", "stage_meanings.yaml"
ENHANCED, REFERENCES = "enhanced_codes.yaml", "references.yaml"


def test_a_sound_folder_has_no_findings(found):
    assert [str(finding) for finding in found()] == []


def test_a_finding_says_where_and_what_was_found_and_expected(found):
    (finding,) = found(REPLIES, "No. Lo ha deciso", "No! Lo ha deciso")

    assert str(finding) == (
        "reply_codes.yaml, line 26: codes.replycode 556, retry_it\n"
        "  style: found “No! Lo ha deciso c”; expected no exclamation mark"
    )


@pytest.mark.parametrize(
    ("rule", "place", "file", "old", "new"),
    [
        pytest.param("schema", "556", REPLIES, "stages: [rcpt]", "stages: [lunch]", id="a value no model allows"),
        pytest.param("schema", "X.1.1", ENHANCED, "reason: [user-unknown]", "reason: [lost]", id="a name of nothing"),
        pytest.param("order", "codes.reference", REFERENCES, "slug: iana-enhanced", "slug: z-enhanced", id="order"),
        pytest.param("order", "codes.stagemeaning", STAGES, "    stage: rcpt", "    stage: 'rcpt'", id="form"),
        pytest.param("slug", "slug", REASONS, "slug: mailbox-full", "slug: Mailbox_full", id="slug"),
        pytest.param(
            "empty",
            "retry_en",
            REPLIES,
            "    retry_en: No. The owner of the domain has decided so.\n",
            "",
            id="one language only",
        ),
        pytest.param(
            "equal",
            "meaning_it",
            STAGES,
            "Il server sa che il dominio del destinatario non riceve posta.",
            "The server knows that the recipient’s domain takes no mail.",
            id="both the same",
        ),
        pytest.param(
            "language",
            "meaning_it",
            STAGES,
            "Il server sa che il dominio del destinatario non riceve posta.",
            "The server knows that this domain will never take any mail.",
            id="English in Italian",
        ),
        pytest.param("markup", "retry_it", REPLIES, "Lo ha deciso", "Lo ha **deciso**", id="marks in plain words"),
        pytest.param("markup", "retry_it", REPLIES, "Lo ha deciso", "Lo ha `deciso", id="code left open"),
        pytest.param(
            "link",
            "retry_it",
            REPLIES,
            "Lo ha deciso chi possiede",
            "Lo decide [chi](/reasons/lost/) ha",
            id="link to nothing",
        ),
        pytest.param(
            "link",
            "retry_it",
            REPLIES,
            "Lo ha deciso chi possiede",
            "Lo decide [chi](/en/reasons/) ha",
            id="link with its language",
        ),
        pytest.param(
            "link",
            "retry_it",
            REPLIES,
            "Lo ha deciso chi possiede",
            "Lo decide [chi](/lunch/) ha",
            id="link to no page",
        ),
        pytest.param("placeholder", "headline_named_it", REASONS, "{recipient}", "{addressee}", id="unknown"),
        pytest.param(
            "placeholder",
            "retry_it",
            REPLIES,
            "possiede il dominio",
            "possiede {domain}",
            id="not filled in",
        ),
        pytest.param("placeholder", "reply_it", REASONS, "{sent} non è stato", "Il messaggio non è stato", id="sent"),
        pytest.param(
            "length",
            "title_it",
            REPLIES,
            "Il dominio non riceve posta",
            "Il dominio a cui è diretto il messaggio non riceve alcuna posta",
            id="a long title",
        ),
        pytest.param(
            "length",
            "causes_it",
            REPLIES,
            "solo per un sito.",
            "solo per un sito.\n      A.\n      B.\n      C.",
            id="many causes",
        ),
        pytest.param(
            "sentence",
            "retry_it",
            REPLIES,
            "No. Lo ha deciso chi possiede il dominio.",
            "No, perché " + "lo ha deciso " * 9 + "chi lo possiede.",
            id="a long sentence",
        ),
        pytest.param("source", "sources", REPLIES, "rfc5321 4.2.2", "rfc5321", id="an RFC as a whole"),
        pytest.param("source", "sources", REPLIES, "    sources: [rfc5321 4.2.2]\n", "", id="no source"),
        pytest.param("reference", "url", REFERENCES, "https://www.iana", "http://www.iana", id="http"),
        pytest.param("reference", "checked", REFERENCES, "    checked: 2026-11-23\n", "", id="never checked"),
        pytest.param(
            "repeat",
            "meaning",
            REASONS,
            "La casella non esiste.",
            "Il destinatario ha esaurito lo spazio della sua casella.",
            id="a sentence of another reason",
        ),
        pytest.param("style", "retry_it", REPLIES, "No. Lo ha", "No. L'ha", id="a straight apostrophe"),
        pytest.param("style", "retry_it", REPLIES, "il dominio.", "RCPT TO.", id="a command in plain words"),
        pytest.param(
            "style",
            "title_en",
            REPLIES,
            "title_en: Domain does not accept mail",
            "title_en: Domain does not accept mail.",
            id="a title with a full stop",
        ),
        pytest.param("complete", "stages", STAGES, "stage: rcpt", "stage: mail", id="a stage without a meaning"),
        pytest.param(
            "complete",
            "retry",
            REPLIES,
            "    retry_it: No. Lo ha deciso chi possiede il dominio.\n"
            "    retry_en: No. The owner of the domain has decided so.\n",
            "",
            id="a standard code cut short",
        ),
    ],
)
def test_a_rule_finds_what_breaks_it(found, rule, place, file, old, new):
    findings = found(file, old, new)

    assert [finding for finding in findings if finding.rule == rule and place in finding.place]
    assert all(finding.found and finding.expected for finding in findings)


def test_a_file_that_cannot_be_read_is_told_at_once(found):
    with pytest.raises(InvalidFixture, match="lunch"):
        found(REPLIES, "retry_it:", "lunch:")


def test_an_exception_covers_its_own_finding_only():
    first, second = (Finding("style", place, "!", "none") for place in ("codes.reason loop", "codes.reason moved"))

    assert without([first, second], [Exempt("style", first.place, "It is shouted.")]) == [second]


def test_an_exception_that_covers_nothing_is_a_finding():
    (finding,) = without([], [Exempt("style", "codes.reason loop", "It was shouted.")])

    assert (finding.rule, finding.place) == ("exception", "codes.reason loop")


def test_every_exception_has_its_reason():
    assert all(len(exception.why.split()) > 3 for exception in exempt())
