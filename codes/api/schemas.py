"""What the API's objects hold, for its description: the answers are made elsewhere, and tests compare the two."""

from typing import Generic, Literal, TypeVar

from ninja import Schema
from pydantic import ConfigDict, Field

from codes.bounce.report import Kind, Outcome
from codes.bounce.report import Stage as DeliveryStage
from codes.explain.explanation import Actor, Basis, Permanence, RefusedBy

Language = Literal["it", "en"]
#: An actor, or nothing where there is nobody to name.
ActorOrNone = Literal[Actor, ""]
Moment = str | None

SLUG = "Slug of {}, as in its address."


class Described(Schema):
    """Holds these fields and no others."""

    model_config = ConfigDict(extra="forbid")


class Problem(Described):
    """What is wrong, as RFC 9457 has it; the sentence in `detail` is for people."""

    type: Literal["about:blank"] = Field(description="The status says what kind of problem it is.")
    title: str = Field(description="The kind of problem, in the language asked for.")
    status: int = Field(description="The status of the answer.")
    detail: str = Field(description="One sentence that says what is wrong this time, in the language asked for.")


# The explanation


class Original(Described):
    """The mail that was not delivered, as far as its headers came back."""

    sender: str | None = Field(alias="from")
    date: str | None
    subject: str | None
    message_id: str | None


class Attempt(Described):
    """One try to deliver."""

    at: Moment = Field(description="ISO 8601, as far as the input tells.")
    reply: str
    outcome: Outcome


class Evidence(Described):
    """A piece of the input that shows something."""

    what: str = Field(description="The field that it shows, such as reply_code.")
    quote: str
    start: int = Field(description="Where it begins: code points of `source_text`.")
    end: int


class Hint(Described):
    """A remark beside the verdict."""

    kind: Literal["domain-typo", "backscatter", "suspicious"]
    value: str


class Bilingual(Described):
    """A text in both languages."""

    it: str
    en: str


class Wording(Described):
    """What people read, in the language asked for; ready replies come in both."""

    headline: str
    meaning: str
    steps: list[str] = Field(description="What the helpdesk does, the likeliest first.")
    admin_steps: list[str] = Field(description="What the mail administrator does.")
    reply: Bilingual = Field(description="Ready to be sent to the user.")
    note_to_postmaster: Bilingual = Field(description="For the other side, where it may have to act; else empty.")


class Links(Described):
    """Paths of the pages that say more; null where there is none."""

    reply_code: str | None
    enhanced_code: str | None
    reason: str | None
    message: str | None
    provider: str | None


class Delivery(Described):
    """What became of one recipient, and why."""

    recipient: str | None
    original_recipient: str | None
    outcome: Outcome
    permanence: Permanence = Field(description="hard: nobody tries again; soft: somebody still does.")
    became_permanent: bool = Field(description="Temporary trouble ended in a final failure.")
    reply_code: str | None = Field(description="Of the reply that decided; in the input, or null.", examples=["550"])
    enhanced_code: str | None = Field(description="In the input, or null.", examples=["5.1.1"])
    reply_text: str = Field(description="The reply that decided.")
    stage: DeliveryStage | None = Field(description="How far the SMTP dialogue came.")
    refused_by: RefusedBy
    remote_host: str | None
    remote_ip: str | None
    provider: str | None = Field(description="Whose service refused: a slug of /providers.")
    reason: str = Field(description="A slug of /reasons.")
    who_acts: Actor = Field(description="Whose move it is.")
    may_help: list[Actor]
    basis: Basis = Field(description="What the reason rests on, the surest first: a known message, then the codes.")
    signature: str | None = Field(description="The known message that was found: a slug of /messages.")
    similar: list[str] = Field(
        description="For a reply that is not known, or only by words that name no cause: the nearest known messages."
    )
    at: Moment
    attempts: list[Attempt]
    retry_until: Moment
    queue_id: str | None
    evidence: list[Evidence]
    hints: list[Hint]
    text: Wording
    links: Links


class Explanation(Described):
    """What one input means. The same input gives the same explanation every time."""

    input: str = Field(description="The file's name, `mails.mbox#3` or `a.zip/b.eml` inside a file, or `paste`.")
    kind: Kind
    is_bounce: bool
    system: str | None = Field(description="The software that wrote the notice.", examples=["postfix"])
    reporting_host: str | None
    language: str | None = Field(description="Of the human words in the input, where it can be told.")
    original: Original
    deliveries: list[Delivery] = Field(description="One for each recipient reported on, in the order of the report.")
    warnings: list[str]
    source_text: str | None = Field(
        default=None, description="The decoded input to which the offsets of `evidence` point; only on request."
    )


class InputError(Described):
    """Why an input cannot be read."""

    code: str
    message: str


class Unreadable(Described):
    """A message of a file that cannot be read, while the others can."""

    input: str
    error: InputError


class ExplainRequest(Schema):
    """What is to be explained."""

    text: str = Field(
        pattern=r"\S",
        description="A bounce, its source, lines of a log or a bare reply; up to 10 MB. It counts as one message.",
        examples=["550 5.1.1 <mario.rossi@example.com>: Recipient address rejected: User unknown"],
    )
    language: Language = Field(default="it", description="Language of the answer; without it, as Accept-Language says.")
    source_text: bool = Field(default=False, description="Add the decoded text to which the evidence points.")


# The knowledge base


class Source(Described):
    """Where it is written."""

    title: str
    url: str
    sections: str


class Entry(Described):
    """What all entries have."""

    language: Language
    title: str
    sources: list[Source]
    page: str = Field(description="Address of its page.")


class Code(Entry):
    """What every code has."""

    code: str
    official_title: str
    meaning: str
    advice: str


class ReplyCode(Code):
    """A reply code."""

    kind: Literal["reply-code"]
    stages: list[str] = Field(description="Where in the SMTP dialogue it is given.")
    standing: str = Field(description="Who defined it: standard, draft, vendor and the like.")
    causes: list[str] = Field(description="The likeliest first.")
    retry: str
    wordings: list[str] = Field(description="Real replies with it.")
    stage_meanings: dict[str, str] = Field(description="What it means at a stage; the empty name is any other stage.")
    stage_reasons: dict[str, str] = Field(description="The reason that it suggests at a stage: slugs of /reasons.")


class EnhancedCode(Code):
    """An enhanced status code in one class."""

    kind: Literal["enhanced-code"]
    classes: list[str] = Field(description="First digits with which it is used.")
    reason: str | None = Field(description="The reason that it suggests: a slug of /reasons.")
    difference: str = Field(description="What tells it from its neighbours.")
    other_uses: list[str]
    reply_codes: list[str] = Field(description="Reply codes that it comes with.")


class Reason(Entry):
    """Why a mail was not delivered."""

    slug: str = Field(description=SLUG.format("the reason"))
    group: str
    usual_outcome: str
    acts_while_retried: ActorOrNone
    acts_when_final: ActorOrNone
    may_help: list[Actor]
    headline: str
    meaning: str
    certainty: str = Field(description="What proves it, and what resembles it.")
    steps: list[str]
    admin_steps: list[str]
    recipient_steps: list[str]
    retry: str
    synonyms: list[str]


class Provider(Entry):
    """Whose service refused."""

    slug: str = Field(description=SLUG.format("the provider"))
    kind: str
    description: str
    advice: str
    hosts: list[str]
    domains: list[str]
    postmaster_url: str
    codes_url: str
    unblock_url: str


class Message(Entry):
    """A known message: what a server says, and what it means by it."""

    slug: str = Field(description=SLUG.format("the known message"))
    text: str
    provider: str | None = Field(description="A slug of /providers; null where others say it too.")
    system: str = Field(description="The software that says it; empty where several do.")
    reason: str = Field(description="A slug of /reasons.")
    who_acts: ActorOrNone = Field(description="Empty: as the reason says.")
    codes: list[str]
    patterns: list[str] = Field(description="Phrases by which it is found; * stands for anything, re: begins RE2.")
    examples: list[str]
    evidence: str = Field(description="How well it is attested.")
    differs: Literal["", "provider", "words"] = Field(
        description="Why it means something else than its enhanced code: the provider uses that in its own way, or the "
        "words say more. Empty: it means the same."
    )
    checked: str = Field(description="When its source was last read; ISO 8601, or empty.")


class Found(Described):
    """One result of a search."""

    kind: Literal["reason", "code", "message", "provider", "collection", "guide", "term"]
    key: str = Field(description="The code, or the slug.")
    title: str
    says: str = Field(description="The sentence that best shows why it was found.")
    page: str = Field(description="Address of its page.")


Item = TypeVar("Item")


class Listed(Described, Generic[Item]):
    """A part of a list."""

    count: int = Field(description="How many there are in all.")
    next: str | None = Field(description="Address of the following part; null at the end.")
    previous: str | None
    results: list[Item]


class Codes(Listed[ReplyCode | EnhancedCode]):
    """A part of all codes."""


class Reasons(Listed[Reason]):
    """A part of all reasons."""


class Providers(Listed[Provider]):
    """A part of all providers."""


class Messages(Listed[Message]):
    """A part of all known messages."""


class SearchResults(Listed[Found]):
    """What a search found, the best first."""

    corrected: str = Field(description="The words as they were taken, where a typo was forgiven; else empty.")
    partial: bool = Field(description="Nothing holds all the words; these hold some.")
