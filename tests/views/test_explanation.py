"""The page of an explanation, in every state."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.test import RequestFactory
from django.utils import timezone, translation

from codes.knowledge.entries import Knowledge
from codes.views.explain import context_of
from codes.views.intake import Submission
from codes.views.made import NOTICE, STATES
from codes.views.published import page
from codes.views.words import in_sentence

pytestmark = pytest.mark.django_db


def shown(state: str, knowledge: Knowledge, language: str = "it", again: str = NOTICE) -> str:
    """Return the page of a state."""
    with translation.override(language):
        request = RequestFactory().get(f"/{language}/explain/")
        submission = Submission(again, again, is_file=False)
        context = context_of(STATES[state], knowledge, language, "https://rimbalzo.example", submission)
        return page(request, "explanation.html", context).content.decode()


def words(html: str) -> str:
    """Return a page's words, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("state", STATES)
def test_every_state_has_one_heading_one_verdict_a_block_and_unique_ids(knowledge, state, language):
    html = shown(state, knowledge, language)
    ids = re.findall(r'\sid="([^"]+)"', html)

    assert html.count("<h1") == 1
    assert len(ids) == len(set(ids))
    assert [
        target for target in re.findall(r'href="#([^"]+)"', html) if not target.startswith("i-") and target not in ids
    ] == []
    assert "{{" not in html and "{%" not in html


@pytest.mark.parametrize(
    ("state", "verdict", "word"),
    [
        ("failed", "permanent", "Non consegnato"),
        ("expired", "permanent", "Non consegnato"),
        ("delayed", "temporary", "In ritardo"),
        ("delivered", "delivered", "Consegnato"),
        ("relayed", "delivered", "Inoltrato"),
        ("expanded", "delivered", "Passato a una lista"),
        ("vacation", "unknown", "Non è un avviso di rifiuto"),
        ("other", "unknown", "Non è un avviso di rifiuto"),
        ("suspicious", "caution", "Sospetto"),
        ("complaint", "caution", "Segnalato come spam"),
    ],
)
def test_the_verdict_has_a_shape_and_a_word(knowledge, state, verdict, word):
    html = shown(state, knowledge)

    assert f'<header class="verdict" data-verdict="{verdict}"' in html
    assert f'<p class="verdict-word">{word}</p>' in html


def test_a_verdict_that_rests_on_the_code_alone_is_hollow(knowledge):
    assert 'data-sure="low"' in shown("unknown", knowledge)
    assert 'data-sure="low"' not in shown("failed", knowledge)


@pytest.mark.parametrize(
    ("state", "stop", "to", "arc", "heading"),
    [
        ("failed", 3, 1, "back", "Tocca al mittente"),
        ("expired", 3, 4, "on", "Tocca al destinatario"),
        ("delayed", 3, 2, "retry", "Nessuno deve agire"),
        ("unknown", 3, 2, "back", "Tocca a chi amministra la nostra posta"),
        ("their fault", 3, 3, "", "Tocca a chi amministra la loro posta"),
        ("our server", 2, 2, "", "Tocca a chi amministra la nostra posta"),
        ("gateway", 3, 1, "back", "Tocca al mittente"),
    ],
)
def test_the_picture_shows_where_it_stopped_and_whose_move_it_is(knowledge, state, stop, to, arc, heading):
    html = shown(state, knowledge)

    drawn = f'data-stop="{stop}" data-to="{to}"' + (f' data-arc="{arc}"' if arc else " aria-label")
    assert drawn in html
    assert f'id="who">{heading}</h2>' in html
    assert html.count("must-act") == (0 if heading == "Nessuno deve agire" else 1)


def test_a_refusal_by_our_gateway_stands_in_the_line(knowledge):
    assert html_places(shown("gateway", knowledge)) == [
        "Mittente", "La nostra posta", "Il nostro filtro", "La loro posta", "Destinatario",
    ]  # fmt: skip


def html_places(html: str) -> list[str]:
    """Return the names of the places in the picture."""
    return re.findall(r"<div><b>([^<]+)</b>", html.partition('class="route"')[2].partition("</ol>")[0])


def test_the_dialogue_shows_the_shut_gate(knowledge):
    html = shown("failed", knowledge)

    gates = html.partition('class="gates"')[2].partition("</ol>")[0]
    assert re.findall(r'aria-current="step".*?<code>([^<]+)</code>', gates) == ["RCPT TO"]
    assert gates.count("is-beyond") == 2


def test_a_bounce_after_acceptance_says_why_our_logs_say_sent(knowledge):
    assert "i nostri log dicono «sent»" in words(shown("after acceptance", knowledge))


def test_a_stage_that_is_not_known_is_not_drawn(knowledge):
    html = shown("unknown", knowledge)

    assert 'class="gates"' not in html
    assert "non dice a che punto del dialogo" in html


def test_the_reply_stands_in_both_languages_and_the_users_language_comes_first(knowledge):
    html = shown("failed", knowledge, language="en")

    assert '<textarea lang="it"' in html and '<textarea lang="en"' in html
    assert re.search(r'id="reply-it" value="it"[^>]* checked', html)


def test_the_ticket_line_is_masked_until_somebody_wants_names(knowledge):
    html = shown("failed", knowledge)

    line = html.partition('<output id="ticket-line"')[2].partition("</output>")[0].rpartition(">")[2]
    assert line == "23/11 09:14 · m…i@liber.example · 550 5.1.1 casella inesistente · definitivo · tocca al mittente"
    assert 'data-full="23/11 09:14 · mario.rossi@liber.example' in html


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("DNS gives no answer", "DNS gives no answer"),
        ("Mailbox full", "mailbox full"),
        ("È piena", "è piena"),
        ("", ""),
    ],
)
def test_a_title_within_a_sentence_is_small_but_for_names(title, said):
    assert in_sentence(title) == said


def test_the_ticket_links_to_an_explanation_without_content(knowledge, client):
    html = shown("failed", knowledge)
    address = re.search(r'data-link="https://rimbalzo\.example([^"]+)"', html)[1].replace("&amp;", "&")

    assert address == "/it/explained/?code=550&status=5.1.1&reason=user-unknown&signature=user-unknown"
    page = client.get(address).content.decode()
    assert "La casella non esiste." in page and 'href="/it/messages/user-unknown/"' in page


def test_no_address_of_a_person_stands_in_the_title_or_in_a_link(knowledge):
    for state in STATES:
        html = shown(state, knowledge)

        assert "@" not in html.partition("<title>")[2].partition("</title>")[0]
        assert not re.search(r'(href|src|action)="[^"]*(@|%40)', html)


def test_what_was_pasted_is_shown_as_text_and_never_as_html(knowledge):
    html = shown("failed", knowledge)

    assert "<script>alert" not in html
    assert "Preventivo &lt;script&gt;alert(1)&lt;/script&gt; &amp; altro" in html


def test_the_evidence_is_marked_and_numbered(knowledge):
    html = shown("failed", knowledge)

    assert '<mark id="m1" data-n="1">550</mark>' in html
    assert '<a class="n" href="#m1" aria-label="1, nel testo">1</a>' in html
    assert '<mark class="more" data-n="4">    User unknown' in html


def test_how_sure_it_is_says_what_each_kind_of_evidence_says(knowledge):
    text = words(shown("failed", knowledge))

    assert "Certezza alta: è un messaggio noto" in text
    assert "Codice esteso 5.1.1 : dice lo stesso" in text
    assert "da solo direbbe «Regola del destinatario»" in text


def test_a_misspelt_domain_is_a_question(knowledge):
    assert "Forse voleva scrivere libero.example ? Lo chieda" in words(shown("typo", knowledge))


def test_recipients_with_the_same_fate_are_one_block(knowledge):
    html = shown("same fate", knowledge)

    assert html.count('class="verdict"') == 1
    assert "m…i@liber.example e altri 2" in html
    assert "La casella non esiste." in html


def test_different_fates_are_blocks_with_failures_first(knowledge):
    html = shown("two", knowledge)

    assert "2 destinatari: 1 non consegnato, 1 in ritardo" in html
    assert 'href="#r2" data-verdict="temporary"' in html
    assert re.findall(r'<header class="verdict" data-verdict="(\w+)"', html) == ["permanent", "temporary"]


def test_many_tries_are_drawn_as_a_line_of_time(knowledge):
    text = words(shown("expired", knowledge))

    assert "Che cosa si è tentato mer 18 nov, 09:12" in text
    assert "altri 2 tentativi" in text


def test_a_delayed_mail_says_until_when_it_is_tried(knowledge):
    assert "Riprova fino a circa sab 28 nov, 09:40 ." in words(shown("delayed", knowledge))


def test_an_unknown_reply_shows_what_it_looks_like(knowledge):
    assert "Somiglia a" in shown("unknown", knowledge)


def test_what_is_no_failure_asks_nobody_to_act(knowledge):
    for state in ("vacation", "other", "read receipt", "dialogue", "complaint", "delivered"):
        assert 'class="route"' not in shown(state, knowledge), state


def test_the_language_switch_sends_the_same_text_again(knowledge):
    html = shown("failed", knowledge)

    assert '<button class="language" form="again" formaction="/en/explain/" lang="en">English</button>' in html
    assert html.partition('id="again"')[2].count("User unknown in local recipient table") == 1


def test_a_text_too_long_to_be_sent_again_has_a_plain_switch_and_says_so(knowledge, monkeypatch):
    monkeypatch.setitem(STATES, "failed", replace(STATES["failed"], source_text=NOTICE + "x" * 200 * 1024))
    html = shown("failed", knowledge, again="")

    assert 'id="again"' not in html
    assert '<a class="language" href="/en/explain/" hreflang="en" lang="en" aria-describedby="pasted-long">' in html
    assert 'id="pasted-long">Il testo è troppo lungo per restare in questa pagina.' in html


def test_a_file_that_is_no_text_is_sent_again_as_the_text_read_from_it(knowledge):
    html = shown("failed", knowledge, again="")

    assert html.partition('id="again"')[2].count("User unknown in local recipient table") == 1


@pytest.fixture
def soon_after(monkeypatch):
    """Let it be the day on which the mail of the state "delayed" was put off."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 24, 9, 40, tzinfo=UTC))


def test_the_clock_of_a_delayed_mail_goes_by_the_notice(knowledge, soon_after):
    text = words(shown("delayed", knowledge))

    assert "Il server riprova fino a circa sab 28 nov, 09:40 ." in text
    assert "4 giorni Il server riprova" in text and "Lo dice l’avviso stesso." in text


def test_the_clock_goes_by_our_queue_where_the_notice_says_nothing(knowledge, monkeypatch, soon_after):
    delivery = STATES["delayed"].deliveries[0]
    silent = replace(delivery, said=replace(delivery.said, retry_until=None))
    monkeypatch.setitem(STATES, "delayed", replace(STATES["delayed"], deliveries=(silent,)))

    assert "Il server riprova fino a circa sab 28 nov, 09:14 ." in words(shown("delayed", knowledge))

    elsewhere = replace(knowledge, house=replace(knowledge.house, own_hosts=("mail.example.org",)))
    assert 'class="clock"' not in shown("delayed", elsewhere)


def test_a_clock_that_has_run_down_says_what_to_look_for(knowledge, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 12, 1, 9, 40, tzinfo=UTC))

    assert "Il tempo per riprovare è finito circa sab 28 nov, 09:40 ." in words(shown("delayed", knowledge))


def test_the_note_to_their_postmaster_stands_only_where_they_can_do_something(knowledge):
    html = shown("their fault", knowledge)

    assert "postmaster@<wbr>liber.example" in html and '<textarea lang="en"' in html.partition('id="note"')[2]
    assert 'id="note"' not in shown("failed", knowledge)


def test_an_unknown_reply_is_handed_on_without_anybodys_data(knowledge):
    html = shown("unknown", knowledge)

    assert "554 Transaction refused, rule ####." in html.partition('id="report-text"')[2]
    assert 'id="report"' not in shown("failed", knowledge)


def test_the_page_is_kept_by_nobody_and_found_by_no_search_engine(knowledge, client):
    response = client.post("/it/explain/", {"text": "550 5.1.1 User unknown"})

    assert response["Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
