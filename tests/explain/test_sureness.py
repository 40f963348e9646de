"""How sure a known message makes an explanation."""

import pytest

from codes.bounce import read
from codes.explain import explain
from codes.knowledge.entries import Knowledge
from codes.views import sureness


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reply", "ground"),
    [
        pytest.param("550 5.1.1 User unknown", "known-message", id="the words name the cause"),
        pytest.param("550 conteúdo com características de spam", "vague-message", id="the words name the subject"),
        pytest.param("550 5.1.1 Sorry", "enhanced-code", id="the code alone"),
    ],
)
def test_words_that_only_name_a_subject_give_low_certainty(knowledge: Knowledge, reply: str, ground: str) -> None:
    delivery = explain(read(reply), knowledge, "en").deliveries[0]
    assert sureness.ground(delivery, knowledge) == ground
