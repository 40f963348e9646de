"""Events of sending services: several objects, envelopes, what is broken or unknown, and what each tells."""

import json

import pytest

from codes.bounce import read
from codes.bounce.events import read_events

SES = {
    "eventType": "Bounce",
    "mail": {"messageId": "m1"},
    "bounce": {
        "bounceType": "Permanent",
        "timestamp": "2026-11-15T05:00:00Z",
        "bouncedRecipients": [{"emailAddress": "a@example.com", "diagnosticCode": "smtp; 550 5.1.1 no"}],
    },
}
BREVO = {
    "event": "deferred",
    "email": "b@example.com",
    "message-id": "<1@r>",
    "ts_event": 1794718800,
    "reason": "421 busy",
}


def only(events):
    """Return the one delivery of some events."""
    (delivery,) = events.deliveries
    return delivery


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(SES),
        json.dumps([SES], indent=2),
        f"\n  {json.dumps(SES)}\n\n--\nIf you wish to stop receiving notifications, visit the link",
        json.dumps({"Type": "Notification", "Message": json.dumps(SES)}),
        json.dumps({"source": "aws.ses", "detail-type": "Email Bounced", "detail": SES}),
        json.dumps({"Records": [{"Sns": {"Message": json.dumps(SES)}}]}),
        json.dumps({"Records": [{"body": json.dumps({"Message": json.dumps(SES)})}]}),
    ],
    ids=["alone", "list", "words below", "SNS", "EventBridge", "Lambda", "queue"],
)
def test_an_event_is_found_in_what_it_comes_in(text):
    events = read_events(text)
    assert (events.system, only(events).recipient, only(events).reply_code) == ("amazon-ses", "a@example.com", "550")


@pytest.mark.parametrize(
    "bad",
    ['{"a": 1', '{"a": "never closed', "{]", '{"event": "bounce",}', '{"a": ' + "[" * 5000, "{" * 5000],
)
@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_one_bad_object_does_not_spoil_the_others(bad, first):
    lines = [bad, json.dumps(SES)] if first else [json.dumps(SES), bad]
    assert only(read_events("\n".join(lines))).recipient == "a@example.com"


def test_events_of_other_kinds_and_unknown_objects_are_passed_over():
    rows = [
        {"x": 1},
        {**BREVO, "event": "request"},
        {**BREVO, "event": "opened"},
        BREVO,
        {"event": "new"},
        3,
        None,
        "x",
    ]
    assert only(read_events(json.dumps(rows))).outcome == "delayed"
    assert read_events(json.dumps(rows[:3])) is None
    assert not read(json.dumps({**BREVO, "event": "opened", "reason": ""})).is_bounce


def test_retries_and_the_end_are_one_story_whatever_their_order():
    end = {**BREVO, "event": "hard_bounce", "ts_event": 1794719400, "reason": "550 5.1.1 no"}
    delivery = only(read_events(json.dumps([end, BREVO])))
    assert (delivery.outcome, delivery.reply_code, delivery.at) == ("failed", "550", "2026-11-15T05:10:00+00:00")
    assert [one.outcome for one in delivery.attempts] == ["delayed", "failed"]


def test_messages_to_one_recipient_stay_apart():
    events = read_events(json.dumps([BREVO, {**BREVO, "message-id": "<2@r>"}, {**BREVO, "email": "c@example.com"}]))
    assert [one.queue_id for one in events.deliveries] == ["<1@r>", "<2@r>", "<1@r>"]


SENDGRID = {"email": "a@example.com", "timestamp": 1794718800, "sg_message_id": "m", "sg_event_id": "e"}
MAILGUN = {"recipient": "a@example.com", "timestamp": 1794718800.5, "recipient-domain": "example.com"}
POSTMARK = {"RecordType": "Bounce", "Email": "a@example.com", "BouncedAt": "2026-11-15T05:00:00Z", "MessageID": "m"}
MAILJET = {"email": "a@example.com", "time": 1794718800, "MessageID": 7, "Message_GUID": "1ab2"}
RESEND = {"created_at": "2026-11-15T05:00:00.126Z", "data": {"email_id": "e", "to": ["a@example.com"]}}
KUMO = {
    "id": "m",
    "recipient": "a@example.com",
    "timestamp": 1794718800,
    "queue": "example.com",
    "peer_address": {"name": "mx.example.com.", "addr": "192.0.2.5"},
}
MSYS = {"rcpt_to": "a@example.com", "timestamp": "1794718800", "message_id": "m"}


def sendgrid(name, **more):
    return {**SENDGRID, "event": name, **more}


def mailgun(severity, **status):
    return {**MAILGUN, "event": "failed", "severity": severity, "delivery-status": status}


def postmark(kind, details):
    return {**POSTMARK, "Type": kind, "Details": details, "Description": "The server could not deliver"}


def sparkpost(kind, reason):
    return {"msys": {"message_event": {**MSYS, "type": kind, "raw_reason": reason}}}


def mailjet(name, **more):
    return {**MAILJET, "event": name, **more}


def resend(name, **more):
    return {**RESEND, "type": f"email.{name}", "data": {**RESEND["data"], **more}}


def kumo(kind, code, content, enhanced=None, command=None, **more):
    parts = dict(zip(("class", "subject", "detail"), enhanced, strict=True)) if enhanced else None
    response = {"code": code, "enhanced_code": parts, "content": content, "command": command}
    return {**KUMO, "type": kind, "response": response, **more}


HARD = ("failed", "550", None)


@pytest.mark.parametrize(
    ("event", "outcome", "reply", "enhanced", "speaker"),
    [
        (sendgrid("bounce", reason="550 5.1.1 no"), "failed", "550", "5.1.1", "remote"),
        (sendgrid("bounce", type="blocked", reason="451 4.7.1 no"), "expired", "451", "4.7.1", "remote"),
        (sendgrid("deferred", response="450 later"), "delayed", "450", None, "remote"),
        (sendgrid("dropped", reason="Bounced Address"), "failed", None, None, "local"),
        (sendgrid("bounce", reason="no", status="5.2.2"), "failed", None, "5.2.2", "local"),
        (mailgun("permanent", code=550, message="5.1.1 no"), "failed", "550", "5.1.1", "remote"),
        (mailgun("permanent", code=452, message="4.2.2 full"), "expired", "452", "4.2.2", "remote"),
        (mailgun("permanent", code=605, message="", description="bounced before"), "failed", None, None, "local"),
        (mailgun("permanent", code=498, message="No answer from the MX"), "expired", None, None, "local"),
        (mailgun("temporary", code=498, message="No MX for example.com"), "delayed", None, None, "local"),
        (postmark("HardBounce", "smtp;550 5.1.1 no"), "failed", "550", "5.1.1", "remote"),
        (postmark("Transient", "smtp;451 4.7.1 later"), "delayed", "451", "4.7.1", "remote"),
        (postmark("DnsError", ""), "failed", None, None, "local"),
        ({**BREVO, "event": "soft_bounce", "reason": "452 4.2.2 full"}, "expired", "452", "4.2.2", "remote"),
        ({**BREVO, "event": "blocked", "reason": "blocked : due to blacklist user"}, "failed", None, None, "local"),
        (sparkpost("delay", "452 4.2.2 full"), "delayed", "452", "4.2.2", "remote"),
        (sparkpost("policy_rejection", "550 5.7.1 no"), "failed", "550", "5.7.1", "local"),
        ({**BREVO, "event": "hard_bounce", "reason": "550 no", "message-id": "", "camp_id": 7}, *HARD, "remote"),
        (mailjet("sent", smtp_reply="sent (250 2.0.0 OK)"), "delivered", "250", "2.0.0", "remote"),
        (mailjet("bounce", hard_bounce=True, comment="550 no"), *HARD, "remote"),
        (mailjet("bounce", hard_bounce=True, error="user unknown", comment=""), "failed", None, None, "local"),
        (mailjet("bounce", hard_bounce=False, error="quota exceeded"), "expired", None, None, "local"),
        (mailjet("bounce", hard_bounce=False, comment="452 4.2.2 full"), "expired", "452", "4.2.2", "remote"),
        (mailjet("bounce", hard_bounce=False, comment="550 no"), *HARD, "remote"),
        (mailjet("blocked", error="preblocked"), "failed", None, None, "local"),
        (resend("bounced", bounce={"type": "Permanent", "message": "no"}), "failed", None, None, "local"),
        (resend("bounced", bounce={"type": "Transient", "message": "no"}), "expired", None, None, "local"),
        (resend("bounced", bounce={"type": "Transient", "subType": "MessageTooLarge"}), "failed", None, None, "local"),
        (resend("bounced", bounce={"message": "no", "diagnosticCode": ["smtp; 550 no"]}), *HARD, "remote"),
        (resend("delivery_delayed"), "delayed", None, None, "local"),
        (resend("suppressed", suppressed={"message": "on a list"}), "failed", None, None, "local"),
        (kumo("Bounce", 550, "no", (5, 1, 1)), "failed", "550", "5.1.1", "remote"),
        (kumo("Bounce", 550, "no"), *HARD, "remote"),
        (kumo("TransientFailure", 451, "KumoMTA internal: no host"), "delayed", "451", None, "local"),
        (kumo("TransientFailure", 451, "no host", peer_address=None), "delayed", "451", None, "local"),
        (kumo("Expiration", 551, "over", (5, 4, 7)), "expired", "551", "5.4.7", "local"),
        (kumo("AdminBounce", 551, "wrong list", (5, 7, 1)), "failed", "551", "5.7.1", "own-server"),
        (kumo("Rejection", 451, "later", (4, 7, 1)), "delayed", "451", "4.7.1", "own-server"),
        (kumo("OOB", 550, "no"), *HARD, "remote"),
    ],
)
def test_an_event_says_what_became_of_the_message(event, outcome, reply, enhanced, speaker):
    delivery = only(read_events(json.dumps(event)))
    assert (delivery.outcome, delivery.reply_code, delivery.enhanced_code) == (outcome, reply, enhanced)
    assert (delivery.spoken_by, delivery.at) == (speaker, "2026-11-15T05:00:00+00:00")


@pytest.mark.parametrize(
    "event",
    [
        {**SENDGRID, "event": "spamreport"},
        {"email": "a@example.com", "timestamp": 1794718800, "event": "spamreport"},
        mailjet("spam", source="JMRPP"),
        resend("complained"),
        kumo("Feedback", 0, "", feedback_report={"original_rcpt_to": ["<a@example.com>"]}),
        {**MAILGUN, "event": "complained"},
        {**POSTMARK, "RecordType": "SpamComplaint"},
        {**BREVO, "event": "spam", "email": "a@example.com"},
        {"msys": {"message_event": {**MSYS, "type": "spam_complaint"}}},
        {"eventType": "Complaint", "complaint": {"complainedRecipients": [{"emailAddress": "a@example.com"}]}},
    ],
)
def test_a_complaint_is_one(event):
    events = read_events(json.dumps(event))
    delivery = only(events)
    assert (events.kind, delivery.outcome, delivery.recipient) == ("complaint", "delivered", "a@example.com")


SPAM = {**BREVO, "event": "spam", "ts_event": 1794719400}


def test_among_other_events_a_complaint_stays_one():
    events = read_events(json.dumps([{**SPAM, "email": "c@example.com"}, BREVO]))
    assert events.kind == "event"
    assert [(one.complained, one.outcome) for one in events.deliveries] == [(True, "delivered"), (False, "delayed")]


@pytest.mark.parametrize(
    "other",
    [
        {**BREVO, "event": "delivered"},
        {**BREVO, "event": "delivered", "ts_event": 1794720000},
        {**BREVO, "event": "hard_bounce", "reason": "550 5.1.1 no", "ts_event": 1794720000},
    ],
    ids=["delivered before", "delivered after", "a late notice"],
)
def test_what_was_complained_about_had_arrived_whatever_else_is_told_of_it(other):
    delivery = only(read_events(json.dumps([SPAM, other])))
    assert (delivery.complained, delivery.outcome, delivery.reply_code) == (True, "delivered", None)


@pytest.mark.parametrize(
    ("report", "complainer"),
    [
        ({"original_rcpt_to": ["<c@example.com>"], "extensions": {"removal-recipient": ["d@example.com"]}}, "c"),
        ({"original_rcpt_to": [], "extensions": {"removal-recipient": ["d@example.com"]}}, "d"),
        ({"extensions": {}, "supplemental_trace": {"recipient": "e@example.com"}}, "e"),
    ],
)
def test_a_feedback_record_is_about_who_complained_and_not_about_its_own_recipient(report, complainer):
    event = kumo("Feedback", 0, "", feedback_report=report, recipient="feedback@example.it")
    assert only(read_events(json.dumps(event))).recipient == f"{complainer}@example.com"


def test_a_record_says_who_refused_and_which_command():
    delivery = only(read_events(json.dumps(kumo("Bounce", 550, "no", command="RCPT TO:<a@example.com>\r\n"))))
    assert (delivery.remote_host, delivery.remote_ip, delivery.stage) == ("mx.example.com", "192.0.2.5", "rcpt")
    notice = only(read_events(json.dumps(kumo("OOB", 550, "no"))))
    assert (notice.remote_host, notice.remote_ip, notice.stage) == (None, None, "delivery")


def test_a_record_may_be_about_several_recipients():
    events = read_events(json.dumps(kumo("Bounce", 550, "no", recipient=["a@example.com", "b@example.com"])))
    assert [one.recipient for one in events.deliveries] == ["a@example.com", "b@example.com"]


def test_that_time_ran_out_is_told_with_the_last_answer():
    rows = [kumo("TransientFailure", 452, "full"), kumo("Expiration", 551, "over", (5, 4, 7), timestamp=1794719400)]
    delivery = only(read_events("\n".join(map(json.dumps, rows))))
    assert (delivery.outcome, delivery.reply_code, delivery.remote_host) == ("expired", "452", "mx.example.com")


def test_the_last_reply_to_a_deferred_message_is_told():
    replies = [{"diag": "421 busy", "destination_ip": "192.0.2.1"}, {"diag": "452 full", "destination_ip": "192.0.2.2"}]
    message = {"email": "a@example.com", "_id": "m", "smtp_events": [*replies, {"type": "deferred"}]}
    delivery = only(read_events(json.dumps({"event": "deferral", "_id": "m", "msg": message})))
    assert (delivery.outcome, delivery.reply_code, delivery.remote_ip) == ("delayed", "452", "192.0.2.2")


def test_what_mailgun_did_not_take_in_is_told_of_those_in_the_header():
    headers = {"to": "A <a@example.com>, b@example.com", "message-id": "1@r"}
    event = {"event": "rejected", "log-level": "warn", "reject": {"reason": "x"}, "message": {"headers": headers}}
    events = read_events(json.dumps(event))
    told = [(one.recipient, one.outcome, one.reply_text) for one in events.deliveries]
    assert told == [("a@example.com", "failed", "x"), ("b@example.com", "failed", "x")]


@pytest.mark.parametrize("value", [None, True, 1e400, -1, "x", "1e999", [], {}, 10**30, "2026-99-99"])
def test_values_of_another_kind_make_no_trouble(value):
    records = kumo("Bounce", 550, "no"), kumo("Feedback", 550, "no"), resend("bounced"), resend("complained")
    for event in (SENDGRID, MAILGUN, POSTMARK, BREVO, MAILJET, *records, {"msys": {"message_event": MSYS}}, SES):
        odd = dict.fromkeys(event, value)
        for named in ({**event, **odd}, {**odd, "event": "bounce"}, {**event, "timestamp": value, "event": "failed"}):
            read_events(json.dumps(named))
        for name, inner in event.items():
            read_events(json.dumps({**event, name: value}))
            if isinstance(inner, dict):
                read_events(json.dumps({**event, name: {**inner, **dict.fromkeys(inner, value)}}))


@pytest.mark.parametrize(
    "event",
    [
        *(mailjet(name) for name in ("open", "click", "unsub", "new")),
        *(resend(name) for name in ("sent", "opened", "clicked", "scheduled")),
        *(kumo(kind, 250, "ok") for kind in ("Reception", "Delayed", "XferOut")),
        {"type": "Bounce", "id": 7, "recipient": "a@example.com", "timestamp": 1794718800},
    ],
)
def test_what_tells_of_no_delivery_is_passed_over(event):
    assert read_events(json.dumps(event)) is None


def test_an_invoice_in_json_is_no_event():
    assert (
        read_events('{"event": "payment", "email": "a@example.com", "reason": "550 EUR", "date": "2026-01-01"}') is None
    )


def test_many_broken_objects_take_no_long_time():
    assert read_events('{"a": "b\n' * 200_000) is None


NODEMAILER = {
    "code": "EENVELOPE",
    "response": "550 5.7.1 Relaying denied",
    "responseCode": 550,
    "command": "RCPT TO",
    "rejected": ["anna@example.com"],
    "message": "Can't send mail - all recipients were rejected: 550 5.7.1 Relaying denied",
}
NESTED = {
    "@timestamp": "2026-11-21T15:22:07.318Z",
    "sender": {"localpart": "report", "domain": "example.org"},
    "recipient_address": "anna@example.com",
    "attempt": {"result": {"state": "EOD", "code": 550, "enhanced": [], "reason": ["line too long,", "got 14712"]}},
    "action": "BOUNCE",
}
OWN_CODES = {"event": "bounce", "rcpt": "anna@example.com", "smtp": {"code": 452, "enhanced": "4.2.2", "text": "full"}}


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (NODEMAILER, ("550", "5.7.1", "failed", "rcpt", "550 5.7.1 Relaying denied")),
        (NESTED, ("550", None, "failed", None, "550 line too long, got 14712")),
        (OWN_CODES, ("452", "4.2.2", "expired", None, "452 4.2.2 full")),
    ],
    ids=["a program's error", "code and words deep inside", "three fields"],
)
def test_an_object_of_a_system_that_nobody_listed_is_read_by_the_names_of_its_fields(event, told):
    one = only(read_events(json.dumps(event)))
    assert (one.reply_code, one.enhanced_code, one.outcome, one.stage, one.reply_text) == told
    assert one.recipient == "anna@example.com"


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 404, "email": "anna@example.com", "from": "api", "message": "no such user"},
        {"id": 7, "code": 550, "email": "anna@example.com", "name": "Anna"},
        {"recipient": "anna@example.com", "status": "sent", "message": "on its way"},
        {"email": "anna@example.com", "error": {"code": "550", "message": "out of stock"}},
    ],
    ids=["a web server's", "a record", "nothing said", "nothing of mail"],
)
def test_other_objects_with_addresses_and_numbers_tell_of_no_delivery(answer):
    assert read_events(json.dumps(answer)) is None
