"""The shipped known messages: none is so wide that it reads prose, and none contradicts a code without a cause."""

import pytest

from codes.knowledge.agreement import first_disagreement
from codes.knowledge.entries import Knowledge
from codes.knowledge.examples import ordinary_prose


@pytest.mark.django_db
def test_ordinary_prose_is_no_known_message(knowledge: Knowledge) -> None:
    taken = [
        f"{match.signature.slug}: {text}" for text in ordinary_prose() for match in knowledge.matcher.matches(text)
    ]
    assert len(ordinary_prose()) > 40
    assert taken == []


@pytest.mark.django_db
def test_examples_agree_with_their_enhanced_code(knowledge: Knowledge) -> None:
    """Only where the code says something; those that differ say why, and no other does."""
    differing = {
        signature.slug
        for signature in knowledge.signatures.values()
        if first_disagreement(signature.reason, signature.examples, knowledge.said_by_enhanced_code)
    }
    assert differing == {signature.slug for signature in knowledge.signatures.values() if signature.differs}
