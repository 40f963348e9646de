"""Where two reasons lie close together, one sentence settles which it is: each has replies that it decides."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from codes.bounce import read
from codes.explain import explain
from codes.explain.lists import is_cause
from codes.knowledge.entries import House, Knowledge
from codes.views.home import MOST_READ

RULES = yaml.safe_load(Path(__file__).with_name("close_cases.yaml").read_text(encoding="utf-8"))
LOG_LINE = (
    "Nov 23 09:14:05 posta postfix/smtp[311]: 4Abc12Xyz9z: to=<anna@example.com>, relay=mx.example.com[192.0.2.5]:25, "
    "delay=3, delays=0/0/1/2, dsn={status}, status={outcome} (host mx.example.com[192.0.2.5] said: {reply} "
    "(in reply to {command} command))"
)
COMPARED = ("reason", "who_acts", "refused_by", "became_permanent")


def cases(rule: dict[str, Any]) -> list[dict[str, Any]]:
    """What a rule decides: each with its `text` and what must be found."""
    plain = [
        {"text": text, "reason": reason}
        for reason, texts in rule.items()
        if reason not in ("rule", "others")
        for text in texts
    ]
    return plain + [
        {"text": logged(case) if "reply" in case else case["text"], **case} for case in rule.get("others", [])
    ]


def logged(case: dict[str, Any]) -> str:
    """A log line with the reply; one that expired was bounced with a code that is still temporary."""
    reply = case["reply"]
    ended = case.get("outcome") == "expired" or reply[0] == "5"
    return LOG_LINE.format(
        status=f"{reply[0]}.0.0",
        outcome="bounced" if ended else "deferred",
        reply=reply,
        command=case.get("command", "RCPT TO"),
    )


def found(case: dict[str, Any], knowledge: Knowledge) -> dict[str, Any]:
    """What is found of all that the case names."""
    own = {name: tuple(case[name]) for name in ("own_hosts", "own_gateways") if name in case}
    (delivery,) = explain(read(case["text"]), replace(knowledge, house=House(**own)), "en").deliveries
    return {name: getattr(delivery, name, getattr(delivery.said, name, None)) for name in COMPARED if name in case}


@pytest.mark.django_db
@pytest.mark.parametrize("rule", RULES, ids=[rule["rule"] for rule in RULES])
def test_a_close_case_is_settled(knowledge: Knowledge, rule: dict[str, Any]) -> None:
    wrong = {
        case["text"]: got
        for case in cases(rule)
        if (got := found(case, knowledge)) != {name: case[name] for name in COMPARED if name in case}
    }
    assert wrong == {}


def test_outcomes_dressed_as_reasons_are_no_causes_and_not_among_the_most_read() -> None:
    dressed = {"delivered", "delayed", "vacation", "complaint", "not-a-bounce"}
    assert not any(is_cause(reason) for reason in dressed)
    assert not dressed & {slug for slug, _code in MOST_READ}
