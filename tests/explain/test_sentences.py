"""A reply is read the same in the sentences that people and programs put around it: every known message's examples."""

import pytest

from codes.bounce import read

FRAMES = {
    "who wrote to whom": "Buongiorno, quando scrivo a anna.neri@cliente.example mi torna indietro: {}\nGrazie, Paolo",
    "a server answered": "Il server ha risposto: {}",
    "an error": "Errore SMTP: {}\n\nCome risolvo?",
    "a question": "Ciao, cosa vuol dire “{}”? Un cliente lo riceve quando ci scrive.",
    "Postfix": "<anna.neri@cliente.example>: host mx.cliente.example[192.0.2.9] said: {} (in reply to RCPT TO command)",
    "Exchange": "Generating server: EX01.ditta.example\n\nanna.neri@cliente.example\nRemote Server returned '{}'\n",
    "English": "Hi team, client bob@partner.example can't get our mail. Error: {}\nAny idea?",
    "German": "Hallo, beim Versand an anna@kunde.example kommt folgende Meldung: {}",
}


def codes(text):
    """What was read of the one who was not reached: both codes, or None where nothing was."""
    told = read(text).deliveries
    return [(one.reply_code, one.enhanced_code) for one in told] or None


@pytest.fixture
def replies(knowledge):
    """The examples that are one refusal on one line, without those whose code a web server may have said."""
    examples = {example for one in knowledge.signatures.values() for example in one.examples if "\n" not in example}
    refusals = {one for one in examples if one[:1] in "45" and one[3:4] in " -" and len(codes(one) or ()) == 1}
    return sorted(one for one in refusals if codes(one) not in ([("500", None)], [("504", None)]))


@pytest.mark.parametrize("frame", FRAMES)
def test_a_reply_is_read_the_same_in_a_sentence(replies, frame):
    differing = [reply for reply in replies if codes(FRAMES[frame].format(reply)) != codes(reply)]
    assert len(replies) > 500
    assert differing == []
