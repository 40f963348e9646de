"""The knowledge base as plain frozen values: built once per revision, read by every request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Self

from codes.knowledge.mail_domains import MailDomains

if TYPE_CHECKING:
    from codes.knowledge.examples import Examples
    from codes.knowledge.glossary import Glossary
    from codes.knowledge.matcher import Matcher
    from codes.knowledge.provider_finder import ProviderFinder

LANGUAGES = ("it", "en")

#: The weight of phrases such as "rejected by policy" or "service unavailable", which name no cause.
WEAK = -30

#: Reasons that say no more than yes, no or not now: any message may be more exact.
UNSPECIFIC = ("policy", "delayed")

#: A reply code, "550", and an enhanced code of RFC 3463, "5.1.1" (section 2: class 2, 4 or 5, two numbers up to 999).
REPLY_CODE = re.compile(r"\d{3}")
ENHANCED_CODE = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})")


class Said(str):
    """A text together with the language it is in."""

    language: str

    def __new__(cls, text: str, language: str) -> Self:
        """Make the text know its language."""
        said = super().__new__(cls, text)
        said.language = language
        return said


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Italian and English; either may be empty."""

    it: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.it or self.en)

    def in_language(self, language: str) -> Said:
        """Return the text in this language or, where that is empty, in the other one."""
        return _said(self, language)

    def lines(self, language: str) -> list[Said]:
        """Return the non-empty lines, as steps are written."""
        return list(_lines(self, language))


@lru_cache(maxsize=8192)
def _said(text: Text, language: str) -> Said:
    ours, other = (text.it, text.en) if language == "it" else (text.en, text.it)
    if ours or not other:
        return Said(ours, language)
    return Said(other, "en" if language == "it" else "it")


@lru_cache(maxsize=4096)
def _lines(text: Text, language: str) -> tuple[Said, ...]:
    said = _said(text, language)
    return tuple(Said(line.strip(), said.language) for line in said.splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class Source:
    """A reference and the sections of it that are meant."""

    slug: str
    title: str
    url: str
    sections: str
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a mail was not delivered."""

    slug: str
    group: str
    usual_outcome: str
    acts_while_retried: str
    acts_when_final: str
    may_help: tuple[str, ...]
    title: Text
    headline: Text
    headline_named: Text
    meaning: Text
    certainty: Text
    steps: Text
    admin_steps: Text
    recipient_steps: Text
    retry: Text
    reply: Text
    reply_delayed: Text
    note_to_postmaster: Text
    synonyms_it: tuple[str, ...]
    synonyms_en: tuple[str, ...]
    sisimai: str
    kumomta: str
    sources: tuple[Source, ...]
    pk: int

    def who_acts(self, retried: bool) -> str:
        """Return whose move it is while somebody still tries, or when it is final."""
        wanted, other = (
            (self.acts_while_retried, self.acts_when_final)
            if retried
            else (self.acts_when_final, self.acts_while_retried)
        )
        return wanted or (("nobody" if retried else other) or "nobody")


@dataclass(frozen=True, slots=True)
class CodeClass:
    """What a first digit says."""

    digit: str
    title: Text
    meaning: Text
    advice: Text
    pk: int


@dataclass(frozen=True, slots=True)
class CodeSubject:
    """What the second number of an enhanced code says."""

    digit: str
    title: Text
    meaning: Text
    advice: Text
    pk: int


@dataclass(frozen=True, slots=True)
class ReplyCode:
    """A three-digit reply code."""

    code: str
    official_title: str
    title: Text
    meaning: Text
    advice: Text
    stages: tuple[str, ...]
    standing: str
    causes: Text
    retry: Text
    wordings: tuple[str, ...]
    stage_meanings: dict[str, Text]
    stage_reasons: dict[str, str]
    sources: tuple[Source, ...]
    pk: int

    @property
    def digit(self) -> str:
        """The class, "5" of 550."""
        return self.code[0]


def default_reason(digit: str, classes: Sequence[str], reason: str | None, temporary: str | None) -> str | None:
    """Return for which reason an enhanced code stands in one of its classes; None where it says nothing there."""
    if digit == "2" and tuple(classes) != ("2",):
        return None  # its reason is that of a refusal
    return (temporary or reason) if digit == "4" else reason


@dataclass(frozen=True, slots=True)
class EnhancedCode:
    """A subject and detail, X.1.1."""

    code: str
    classes: tuple[str, ...]
    official_title: str
    title: Text
    meaning: Text
    advice: Text
    difference: Text
    other_uses: Text
    often: bool
    reason: str | None
    temporary_reason: str | None
    reply_codes: tuple[str, ...]
    sources: tuple[Source, ...]
    pk: int

    @property
    def subject(self) -> str:
        """The second number, "1" of X.1.10."""
        return self.code.split(".")[1]

    @property
    def detail(self) -> str:
        """The third number, "10" of X.1.10."""
        return self.code.split(".")[2]

    def in_class(self, digit: str) -> str:
        """Return the code in a class, "5.1.1"."""
        return f"{digit}.{self.subject}.{self.detail}"

    def reason_in(self, digit: str) -> str | None:
        """Return the slug of the default reason in a class; None where the code says nothing."""
        return default_reason(digit, self.classes, self.reason, self.temporary_reason)

    def says_in(self, digit: str) -> str | None:
        """Return that reason only for a class in which the code is used."""
        return self.reason_in(digit) if digit in self.classes else None


@dataclass(frozen=True, slots=True)
class Provider:
    """Whose service refused."""

    slug: str
    kind: str
    title: Text
    description: Text
    hosts: tuple[str, ...]
    domains: tuple[str, ...]
    words: tuple[str, ...]
    postmaster_url: str
    sources: tuple[Source, ...]
    pk: int
    advice: Text = Text()
    codes_url: str = ""
    unblock_url: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """A known message."""

    slug: str
    title: Text
    text: Text
    provider: str | None
    system: str
    reason: str
    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    codes: tuple[str, ...]
    who_acts: str
    weight: int
    evidence: str
    checked: str
    sources: tuple[Source, ...]
    pk: int
    #: Why it may mean something else than the enhanced code in its examples; empty where they agree.
    differs: str = ""
    #: What a message says better than its reason does; empty where the reason's own texts fit.
    headline: Text = Text()
    steps: Text = Text()
    reply: Text = Text()

    @property
    def is_vague(self) -> bool:
        """Whether its words only name the subject: an explanation that rests on them is a guess."""
        return self.weight <= WEAK

    @property
    def scope(self) -> int:
        """How specific it is: a provider's message, a mail system's, or anybody's."""
        return 2 if self.provider else 1 if self.system else 0

    @property
    def standing(self) -> tuple[bool, int, int]:
        """How it ranks whatever is matched: what names the cause first, then the most specific, then the heaviest."""
        return (not self.is_vague, self.scope, self.weight)


@dataclass(frozen=True, slots=True)
class Collection:
    """A curated list of reply codes."""

    slug: str
    title: Text
    text: Text
    codes: tuple[str, ...]
    sources: tuple[Source, ...]
    pk: int


@dataclass(frozen=True, slots=True)
class LocalNote:
    """What the house's own editors say of an entry."""

    kind: str  # the name of the entry's model
    key: str
    text: Text
    pk: int


@dataclass(frozen=True, slots=True)
class Guide:
    """A page of documentation; its body is Markdown."""

    slug: str
    picture: str
    title: Text
    summary: Text
    body: Text
    reasons: tuple[str, ...]
    sources: tuple[Source, ...]
    pk: int


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary, and the forms in which texts use it."""

    slug: str
    title: Text
    names_it: tuple[str, ...]
    names_en: tuple[str, ...]
    definition: Text
    see: str
    sources: tuple[Source, ...]
    pk: int


@dataclass(frozen=True, slots=True)
class House:
    """The organisation that runs this Rimbalzo."""

    name: str = ""
    helpdesk_contact: str = ""
    own_domains: tuple[str, ...] = ()
    own_hosts: tuple[str, ...] = ()
    own_gateways: tuple[str, ...] = ()
    queue_hours: int = 120

    def owns(self, host: str | None, names: Iterable[str]) -> bool:
        """Return whether a host is one of these names or below one of them."""
        wanted = (host or "").lower().rstrip(".")
        return bool(wanted) and any(wanted == name or wanted.endswith(f".{name}") for name in names)


@dataclass(frozen=True)
class Knowledge:
    """Everything, by natural key."""

    revision: int = 0
    #: How many changes of each kind of entry there were (codes.knowledge.revision).
    numbers: dict[str, int] = field(default_factory=dict)
    #: What sources cite, by slug: title, address, the day on which it was checked.
    references: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    house: House = House()
    classes: dict[str, CodeClass] = field(default_factory=dict)
    subjects: dict[str, CodeSubject] = field(default_factory=dict)
    reply_codes: dict[str, ReplyCode] = field(default_factory=dict)
    enhanced_codes: dict[str, EnhancedCode] = field(default_factory=dict)
    reasons: dict[str, Reason] = field(default_factory=dict)
    providers: dict[str, Provider] = field(default_factory=dict)
    signatures: dict[str, Signature] = field(default_factory=dict)
    #: What providers mean by an enhanced code: `provider_codes`.
    provider_reasons: dict[tuple[str | None, str], str] = field(default_factory=dict)
    collections: dict[str, Collection] = field(default_factory=dict)
    local_notes: dict[tuple[str, str], LocalNote] = field(default_factory=dict)
    #: Groups of words that mean the same to a search.
    synonyms: tuple[tuple[str, ...], ...] = ()
    #: The slugs that entries have now, by kind (the model's name) and a slug that they had before.
    former_slugs: dict[tuple[str, str], str] = field(default_factory=dict)
    guides: dict[str, Guide] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)

    def enhanced_code(self, code: str) -> EnhancedCode | None:
        """Return the entry that explains "5.1.1" or "X.1.1"."""
        _digit, _dot, rest = code.partition(".")
        return self.enhanced_codes.get(f"X.{rest}")

    def said_by_enhanced_code(self, code: str) -> str | None:
        """Return the slug of the reason for which the registry's code stands; None where it says nothing."""
        entry = self.enhanced_code(code)
        return entry.says_in(code[0]) if entry else None

    def reason_of_enhanced_code(
        self, code: str, provider: str | None = None, reply_code: str | None = None
    ) -> str | None:
        """Return the slug of the reason that an enhanced code suggests by itself.

        What the provider that refused means by it comes first, then the registry, and what all providers agree on
        where the registry does not know the code; at last what its subject says (RFC 3463, 3: X.7 is security). A
        code that says little, such as 5.7.1, says no more beside a reply code, whatever few messages of a provider
        have both.
        """
        registered = self.said_by_enhanced_code(code)
        own = self.provider_reasons.get((provider, code)) if provider else None
        if own is None and provider and registered not in UNSPECIFIC:
            own = self.provider_reasons.get((provider, f"{reply_code} {code}"))
        if own or self.enhanced_code(code):
            return own or registered
        subject, _dot, _detail = code.rpartition(".")
        return self.provider_reasons.get((None, code)) or self.said_by_enhanced_code(f"{subject}.0")

    def reason_at_stage(self, code: str, stage: str | None) -> str | None:
        """Return the slug of the reason that a reply code suggests at a stage of the dialogue."""
        entry = self.reply_codes.get(code)
        if entry is None:
            return None
        return entry.stage_reasons.get(stage or "") or entry.stage_reasons.get("")

    @cached_property
    def matcher(self) -> Matcher:
        """The matcher over all known messages, built on first use."""
        from codes.knowledge.matcher import Matcher  # it needs the entries above

        return Matcher(self.signatures.values())

    @cached_property
    def provider_finder(self) -> ProviderFinder:
        """The finder over all providers, built on first use."""
        from codes.knowledge.provider_finder import ProviderFinder  # it needs the entries above

        return ProviderFinder(self.providers.values())

    @cached_property
    def glossaries(self) -> dict[str, Glossary]:
        """What finds terms in a text, by language, built on first use."""
        from codes.knowledge.glossary import Glossary  # it needs the entries above

        return {language: Glossary(self.terms.values(), language) for language in LANGUAGES}

    @cached_property
    def mail_domains(self) -> MailDomains:
        """The well-known mail domains of all providers."""
        return MailDomains(domain for provider in self.providers.values() for domain in provider.domains)

    @cached_property
    def all_examples(self) -> Examples:
        """The examples of all known messages as one text, built on first use."""
        from codes.knowledge.examples import Examples  # it needs the entries above

        return Examples(self.signatures.values())

    @cached_property
    def example_words(self) -> dict[tuple[str, int], str]:
        """The words of every known message's examples in order of the alphabet, by slug and number.

        Without those of vague ones, which name no cause to suggest.
        """
        from codes.knowledge.matcher import words_alone

        return {
            (signature.slug, number): " ".join(sorted(words_alone(example).split()))
            for signature in self.signatures.values()
            if not signature.is_vague
            for number, example in enumerate(signature.examples)
        }

    def guides_for(self, reason: str) -> list[Guide]:
        """Return the guides that say more about a reason."""
        return [guide for guide in self.guides.values() if reason in guide.reasons]

    def signatures_for(self, reason: str) -> Iterator[Signature]:
        """Yield the known messages that stand for a reason."""
        return (signature for signature in self.signatures.values() if signature.reason == reason)
