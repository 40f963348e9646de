"""From a report to what it means: reason, whose move, how sure, and the words."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from codes.bounce import read
from codes.explain import explain
from codes.knowledge.entries import House

LOG_LINE = (
    "Nov 23 09:14:05 posta postfix/smtp[311]: 4Abc12Xyz9z: to=<anna@example.com>, relay=mx.example.com[192.0.2.5]:25, "
    "delay=3, delays=0/0/1/2, dsn={status}, status={outcome} (host mx.example.com[192.0.2.5] said: {reply} "
    "(in reply to {command} command))"
)


def log_line(reply, outcome="bounced", status="5.0.0", command="RCPT TO"):
    """Return a line of Postfix's log with this reply."""
    return LOG_LINE.format(reply=reply, outcome=outcome, status=status, command=command)


@pytest.fixture
def explained(knowledge):
    """Explain a text and return its one delivery."""

    def explain_one(text, language="it", knowledge=knowledge):
        (delivery,) = explain(read(text), knowledge, language).deliveries
        return delivery

    return explain_one


@pytest.mark.parametrize(
    ("text", "reason", "basis"),
    [
        ("550 5.1.1 User unknown", "user-unknown", "known-message"),
        ("550 5.7.1 <a@example.com>: User unknown", "user-unknown", "known-message"),
        ("550 5.7.26 xyzzy", "sender-authentication", "enhanced-code"),
        (log_line("550 xyzzy"), "user-unknown", "reply-code"),
        (log_line("552 xyzzy"), "mailbox-full", "reply-code"),
        (log_line("552 xyzzy", command="end of DATA"), "message-too-large", "reply-code"),
        ("550", "user-unknown", "reply-code"),
        ("550 xyzzy <anna@example.com>", "user-unknown", "reply-code"),
        ("550 xyzzy", "unknown", "class"),  # without a stage, any refusal may be a 550
        ("550 xyzzy IP address 192.0.2.7", "unknown", "class"),
        ("452 xyzzy", "delayed", "class"),
        ("450 xyzzy", "delayed", "reply-code"),
        ("497 xyzzy", "delayed", "class"),
        ("597 xyzzy", "unknown", "class"),
    ],
)
def test_the_surest_evidence_that_speaks_decides(explained, text, reason, basis):
    delivery = explained(text)
    assert (delivery.reason, delivery.basis) == (reason, basis)


def test_each_event_of_a_list_says_whether_it_is_a_complaint(knowledge):
    spam = {"event": "spam", "email": "a@example.com", "message-id": "<1@r>", "ts_event": 1794718800}
    bounce = {**spam, "event": "hard_bounce", "email": "b@example.com", "reason": "550 5.1.1 User unknown"}
    deliveries = explain(read(json.dumps([spam, bounce])), knowledge, "en").deliveries
    assert [(one.said.outcome, one.permanence, one.reason, one.basis) for one in deliveries] == [
        ("delivered", "none", "complaint", "report"),
        ("failed", "hard", "user-unknown", "known-message"),
    ]


def test_a_phrase_that_says_little_does_not_outrank_an_enhanced_code(explained):
    delivery = explained("550 5.7.23 message refused")
    assert (delivery.reason, delivery.basis) == ("sender-authentication", "enhanced-code")


def test_a_word_in_a_link_names_no_subject(explained):
    reply = "597 refused, see https://errors.example.net/spam/attachment.html"
    assert explained(reply).reason == "unknown"


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("la casella è stata disattivata.", "mailbox-disabled"),
        ("a caixa postal do destinatário está cheia.", "mailbox-full"),
        ("de mailbox van de ontvanger is vol.", "mailbox-full"),
    ],
)
def test_a_short_sentence_without_a_code_is_read_as_a_reply_is(explained, sentence, reason):
    assert explained(f"Impossibile recapitare il messaggio a anna@example.com: {sentence}").reason == reason


@pytest.mark.parametrize("reply", ["421 Service not available", "421 Service not available: retry timeout exceeded"])
def test_that_time_ran_out_is_no_cause_where_the_last_reply_names_one(explained, reply):
    assert explained(log_line(reply, outcome="expired", status="4.4.7")).reason == "server-busy"


def test_an_enhanced_code_counts_only_in_its_classes(explained):
    assert explained("550 5.1.5 xyzzy").reason != "delivered"


@pytest.mark.parametrize(
    ("text", "outcome", "permanence", "who"),
    [
        (log_line("452 4.2.2 Mailbox full", "deferred", "4.2.2"), "delayed", "soft", "recipient"),
        (log_line("452 4.2.2 Mailbox full", "bounced", "4.2.2"), "expired", "hard", "recipient"),
        (log_line("450 4.7.1 Greylisted", "deferred", "4.7.1"), "delayed", "soft", "nobody"),
        (log_line("550 5.1.1 User unknown"), "failed", "hard", "sender"),
    ],
)
def test_whose_move_it_is_depends_on_whether_somebody_still_tries(explained, text, outcome, permanence, who):
    delivery = explained(text)
    assert (delivery.said.outcome, delivery.permanence, delivery.who_acts) == (outcome, permanence, who)


def test_a_soft_bounce_that_turned_hard_says_so(explained):
    assert explained(log_line("452 4.2.2 Mailbox full", "bounced", "4.2.2")).said.became_permanent is True


def test_the_house_knows_its_own_gateway(explained, knowledge):
    ours = replace(knowledge, house=House(own_gateways=("mx.example.com",)))
    text = log_line("554 5.7.1 Blocked by policy")
    assert explained(text).refused_by == "their-server"
    assert (explained(text, knowledge=ours).refused_by, explained(text, knowledge=ours).who_acts) == (
        "our-gateway",
        "sender-admin",
    )


def test_nobody_refused_where_nobody_answered(explained):
    text = (
        "Nov 23 09:14:05 posta postfix/smtp[311]: 4Abc12Xyz9z: to=<a@example.net>, relay=none, delay=30, "
        "delays=0/0/30/0, dsn=4.4.1, status=deferred (connect to mx.example.net[198.51.100.10]:25: "
        "Connection timed out)"
    )
    delivery = explained(text)
    assert (delivery.reason, delivery.refused_by, delivery.said.stage) == ("connection-failed", "unknown", "connect")


def test_the_headline_names_the_recipient_where_it_is_known(explained):
    assert "anna@example.com" in explained(log_line("550 5.1.1 User unknown")).text.headline
    bare = explained("550 5.1.1 User unknown").text.headline
    assert "{" not in bare and "[" not in bare


def test_what_was_not_sent_is_not_tried_again(explained):
    """A sending limit alone is a delay."""
    limit = "You have reached a limit for sending mail."
    assert explained(limit).said.outcome == "delayed"
    assert explained(f"{limit} Your message was not sent.").said.outcome == "failed"


def test_the_headline_blames_the_recipients_domain_only_where_its_own_server_may_have_refused(explained, knowledge):
    """Neither our gateway's rule nor the fault of a server that spoke for itself is theirs."""
    reply = log_line("550 5.7.1 Message rejected due to local policy", command="end of DATA")
    ours = replace(knowledge, house=House(own_gateways=("mx.example.com",)))
    fault = (
        "Nov 23 09:14:05 posta postfix/qmgr[3]: 4Abc12Xyz9z: to=<anna@example.com>, relay=none, delay=3, dsn=4.3.0, "
    )
    fault += "status=deferred (mail transport unavailable)"

    assert "example.com" in explained(reply).text.headline
    assert "example.com" not in explained(reply, knowledge=ours).text.headline
    assert "example.com" not in explained(fault).text.headline


def test_a_known_message_with_steps_of_its_own_shows_none_for_another_case(explained, knowledge):
    """The reason's steps for administrators speak of the recipient's server, which was never asked."""
    delivery = explained("Could not connect to Outgoing server (SMTP) smtp.example.com.")
    assert (delivery.reason, delivery.who_acts) == ("connection-failed", "sender-admin")
    assert delivery.refused_by == "our-server"
    assert knowledge.reasons["connection-failed"].admin_steps and not delivery.text.admin_steps
    assert delivery.text.headline != knowledge.reasons["connection-failed"].headline.it


def test_a_headline_says_when_it_is_only_probable(explained):
    assert explained(log_line("550 xyzzy")).text.headline.startswith("Probabilmente")
    assert explained("597 xyzzy", "en").text.headline.startswith("The code only says")


def test_the_ready_reply_comes_in_both_languages_and_is_filled(explained):
    reply = explained(log_line("550 5.1.1 User unknown")).text.reply
    assert reply.it.startswith("Buongiorno,") and reply.en.startswith("Hello,")
    assert all("anna@example.com" in text and "550 5.1.1" in text and "{" not in text for text in (reply.it, reply.en))


def test_the_note_to_their_postmaster_tells_the_moment_and_its_zone(knowledge):
    notice = (Path(__file__).parents[1] / "bounce" / "samples" / "postfix-two-recipients.eml").read_bytes()
    *_others, delivery = explain(read(notice), knowledge, "it").deliveries

    assert "on 2026-10-07 09:58:39 (UTC+02:00)" in delivery.text.note_to_postmaster.en


def test_what_is_not_known_is_left_open_in_the_ready_reply_or_not_mentioned(explained):
    reply = explained("550 5.1.1 User unknown").text.reply
    assert "{" not in reply.it + reply.en


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_reason_can_be_worded(knowledge, language):
    """Each reason with a reply has all its placeholders filled, delayed and final."""
    said = {outcome: read(log_line("450 4.0.0 x", "deferred")).deliveries[0] for outcome in ("delayed", "failed")}
    said["failed"] = replace(said["failed"], outcome="failed")
    explained = explain(read("550 x"), knowledge, language, "https://rimbalzo.example.it").deliveries[0]
    for slug in knowledge.reasons:
        for delivery in said.values():
            text = replace(explained, said=delivery, reason=slug, basis="known-message").text
            assert text.headline and text.meaning and text.steps, slug
            assert "{" not in "".join((text.headline, *text.steps, *text.admin_steps, text.reply.it, text.reply.en)), (
                slug
            )


def test_codes_that_disagree_are_said(knowledge):
    explanation = explain(read("550 4.2.1 xyzzy"), knowledge, "it")
    assert len(explanation.warnings) == 1


def test_an_unknown_reply_is_told_the_nearest_known_messages(explained):
    delivery = explained("550 user is unknwon here")
    assert delivery.basis != "known-message"
    assert any("unknown" in slug for slug in delivery.similar)


def test_words_that_only_name_a_subject_are_told_the_nearest_known_messages_too(explained, knowledge):
    """Never another one of those that name no cause."""
    delivery = explained("554 relay acess denyed")
    assert knowledge.signatures[delivery.signature].is_vague
    assert "relay-denied" in delivery.similar
    assert not any(knowledge.signatures[slug].is_vague for slug in delivery.similar)


def test_a_known_message_that_names_the_cause_needs_no_suggestion(explained):
    assert explained("550 5.1.1 User unknown").similar == ()


def test_an_address_refused_before_a_recipient_was_named_is_the_sender_s(explained):
    delivery = explained(log_line("550 5.1.1 No such user", command="MAIL FROM"))
    assert (delivery.reason, delivery.basis, delivery.signature) == ("sender-rejected", "known-message", None)


def test_an_enhanced_code_that_nobody_registered_says_what_its_subject_does(explained):
    delivery = explained("550 5.7.987 zzz")
    assert (delivery.reason, delivery.basis) == ("policy", "enhanced-code")


def test_words_without_a_cause_leave_a_final_refusal_to_its_code(explained):
    delivery = explained("550 5.1.1 <anna@example.com>: Recipient address rejected: unverified address")
    assert (delivery.reason, delivery.basis) == ("user-unknown", "enhanced-code")


def test_a_short_text_with_a_long_phrase_of_a_known_message_is_explained(explained):
    delivery = explained("the email account that you tried to reach does not exist")
    assert (delivery.reason, delivery.basis) == ("user-unknown", "known-message")


@pytest.mark.parametrize(
    "text",
    [
        "Setzt die Zeitüberschreitung in Sekunden. Ist der Wert 0, wartet das Programm so lange, bis der Einzug ein "
        "neues Blatt meldet; größere Werte schonen den Motor.",
        "Il programma cerca il file delle impostazioni nella cartella dell'utente; se tale file non esiste usa i "
        "valori predefiniti, che si trovano nella cartella del sistema.",
    ],
)
def test_a_manual_that_happens_to_hold_a_phrase_is_no_reply(knowledge, text):
    assert explain(read(text), knowledge, "it").deliveries == ()


@pytest.mark.parametrize(
    "line",
    [
        "Nov 24 03:04:37 srv sshd[1234]: PAM: User not known to the underlying authentication module for root",
        "[Tue Nov 24 01:21:43 2026] [error] [client 192.0.2.13] user prova not found: /",
        "2026-11-24T01:00:04Z manager: 192.0.2.1 failed to authenticate as 'admin'",
    ],
)
def test_a_line_of_another_programs_log_is_no_reply(knowledge, line):
    assert explain(read(line), knowledge, "it").deliveries == ()


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("maildrop: maildir over quota.", "mailbox-full"),
        ("user has moved to anna@example.com", "moved"),
        ("Remote host closed connection in response to initial connection", "connection-failed"),
        ("Il nome utente o la password per “smtp.example.com” è errato.", "login-required"),
        (
            "Die Authentifizierung beim Postausgangs-Server (SMTP) smtp.example.com ist fehlgeschlagen.",
            "login-required",
        ),
        (
            '{"status": 429, "message": "Cannot send mail., WASCL UserAction verdict is not None. Actual verdict is '
            'Suspend.\\r\\nclientRequestId: 6e0b8b6e-04c7-4b0a-9a3f-7f0c2d9b51ce"}',
            "sender-suspended",
        ),
    ],
)
def test_a_sentence_of_a_server_or_a_program_is_a_reply_without_a_code(knowledge, sentence, reason):
    explanation = explain(read(sentence), knowledge, "it")
    assert (explanation.is_bounce, explanation.deliveries[0].reason) == (True, reason)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ciao, la mia casella è over quota, che faccio",
        "Dear colleagues, the user has moved to another office",
        "Is the mailbox over quota again this week?",
    ],
)
def test_what_somebody_says_is_no_servers_sentence(knowledge, sentence):
    assert explain(read(sentence), knowledge, "it").deliveries == ()


@pytest.mark.parametrize("text", ["casella piena", "che cosa vuol dire greylisting?", "spam"])
def test_a_few_words_of_a_search_are_no_bounce(knowledge, text):
    assert explain(read(text), knowledge, "it").deliveries == ()


def test_the_same_input_gives_the_same_result(knowledge):
    report = read(log_line("554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org"))
    first, second = (explain(report, knowledge, "en").as_dict("x") for _ in range(2))
    assert first == second


def test_the_contract_holds(knowledge):
    result = explain(read(log_line("550 5.1.1 User unknown")), knowledge, "en").as_dict("bounce.log", with_source=True)
    assert list(result) == [
        "input",
        "kind",
        "is_bounce",
        "system",
        "reporting_host",
        "language",
        "original",
        "deliveries",
        "warnings",
        "source_text",
    ]
    delivery = result["deliveries"][0]
    assert delivery["links"]["enhanced_code"] == "/en/codes/5.1.1/"
    assert delivery["links"]["reason"] == "/en/reasons/user-unknown/"
    for piece in delivery["evidence"]:
        assert result["source_text"][piece["start"] : piece["end"]] == piece["quote"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (
            '{"error": {"code": "ErrorSendAsDenied", "message": "The user account which was used to submit this '
            'request does not have the right to send mail on behalf of the specified sending account."}}',
            "sender-rejected",
        ),
        ('{"error": {"code": 429, "message": "User-rate limit exceeded.  Retry later"}}', "rate-limited"),
        (
            'POST /v3/mail/send 403 {"errors": [{"message": "The from address does not match a verified Sender '
            'Identity.", "field": "from", "help": null}]}',
            "sender-rejected",
        ),
    ],
)
def test_what_a_sending_interface_answered_is_explained_by_its_words(explained, answer, reason):
    delivery = explained(answer)
    assert delivery.reason == reason
    assert delivery.refused_by == "our-server"  # the service is the sender's: no other side was asked


@pytest.mark.parametrize(
    "answer",
    [
        '{"error": {"code": 400, "message": "Invalid To header", "status": "INVALID_ARGUMENT"}}',
        '{"error": {"message": "Invalid token"}}',
        '{"message": "Queued. Thank you.", "id": "<20261124.1@example.com>"}',
        '{"error": {"message": ',
        "Error 404: page not found",
    ],
)
def test_an_answer_that_names_no_refusal_of_a_mail_is_no_bounce(knowledge, answer):
    assert not explain(read(answer), knowledge, "it").is_bounce
