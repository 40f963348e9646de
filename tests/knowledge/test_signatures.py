"""The shipped known messages: none is so wide that it reads prose, and none contradicts a code without a cause."""

import re
from pathlib import Path

import pytest

from codes.knowledge.entries import ENHANCED_CODE, Knowledge

SAMPLES = Path(__file__).parent / "samples"

#: Known messages that mean something else than the enhanced code in their example, and why they are right.
DIFFER = {
    "a provider uses the code for something of its own": """
        aruba-bad-characters att-blank-mailhost barracuda-temporary-failure comcast-long-over-quota
        exchange-address-book-routing exchange-internal-connector exchange-public-folder exchange-quarantined
        exchange-single-label-domain gmail-bulk-without-tls gmail-dkim-failed gmail-receiving-rate
        gmail-relay-limit gmail-spf-failed gmail-starttls-pipelining icloud-inactive
        microsoft-bad-outbound-sender microsoft-recipient-thread-limit microsoft-relay-access-denied
        microsoft-sender-limit microsoft-server-busy oracle-recipient-removed orange-mailbox-full
        pec-not-in-24-hours postfix-postscreen-refused qmail-editing yahoo-authentication yahoo-policy
        yahoo-policy-5-7-9 yahoo-tss09 yandex-recipient-rate zoho-destination-rejected zoho-mailbox-policy
        zoho-relay zoho-temporary-fault
    """,
    "the words name the cause more exactly than the code": """
        bad-helo cisco-esa-header-size cisco-esa-spf-temporary dns-lookup-failed gmail-header-size
        gmail-helo-argument gmail-one-domain-per-transaction gmail-sending-denied gmail-temporary-rejection
        gmail-too-many-attachments invalid-recipient
        mailbox-full-french-spanish microsoft-attribution-fault microsoft-replication-fault
        no-valid-recipients null-mx postfix-bare-linefeed postfix-helo-invalid postfix-helo-not-full
        postfix-no-valid-recipients postfix-recipient-domain-not-found postfix-recipient-not-full
        postfix-recipient-null-mx postfix-sender-not-full postfix-sender-null-mx relay-denied sender-suspended
        qmail-queue-deferred sendmail-client-ip-unresolved sendmail-forged-hostname sendmail-illegal-mx
        sendmail-relay-mx-check server-unreachable spam-content symantec-rate system-error
    """,
}


def paragraphs() -> list[str]:
    """Return paragraphs of ordinary mails in Italian and English."""
    return [
        text for path in sorted(SAMPLES.glob("prose_*.txt")) for text in path.read_text(encoding="utf-8").split("\n\n")
    ]


@pytest.mark.django_db
def test_ordinary_prose_is_no_known_message(knowledge: Knowledge) -> None:
    taken = [f"{match.signature.slug}: {text}" for text in paragraphs() for match in knowledge.matcher.matches(text)]
    assert taken == []


@pytest.mark.django_db
def test_examples_agree_with_their_enhanced_code(knowledge: Knowledge) -> None:
    """Only where the code says something; those that differ are listed with the cause, and no other is."""
    differing = {
        signature.slug
        for signature in knowledge.signatures.values()
        for example in signature.examples
        for code in re.findall(rf"(?<![\d.]){ENHANCED_CODE.pattern}(?![\d.])", example)[:1]
        if _says(knowledge, code) not in (None, "policy", "delayed", signature.reason)
    }
    assert differing == {slug for slugs in DIFFER.values() for slug in slugs.split()}


def _says(knowledge: Knowledge, code: tuple[str, str, str]) -> str | None:
    """Return the reason that an enhanced code gives by itself, in a class in which it is used."""
    entry = knowledge.enhanced_code(".".join(code))
    return entry.reason_in(code[0]) if entry and code[0] in entry.classes else None
