"""What can be found: every entry with its words, sorted by where they stand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from codes.knowledge.entries import Knowledge, Said, Text

#: The first digits and the subjects have pages of their own, which are found too.
CLASS_ADDRESSES = {"2": "2xx", "3": "3xx", "4": "4xx", "5": "5xx"}


@dataclass(frozen=True, slots=True)
class Document:
    """One entry. `kind` and `key` name its page; texts that servers write are in `said`, codes in `codes`."""

    kind: str  # reason, code, message, provider, collection, guide, term
    key: str
    title: Text
    says: Text
    also: tuple[Said, ...] = ()
    official: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    prose: tuple[Text, ...] = field(default=())
    boost: float = 1.0


def documents(knowledge: Knowledge) -> Iterator[Document]:
    """Yield everything that can be found."""
    yield from _reasons(knowledge)
    yield from _classes(knowledge)
    yield from _reply_codes(knowledge)
    yield from _enhanced_codes(knowledge)
    yield from _messages(knowledge)
    yield from _providers(knowledge)
    yield from _collections(knowledge)
    yield from _guides(knowledge)
    yield from _terms(knowledge)


def _names(italian: Iterable[str], english: Iterable[str]) -> tuple[Said, ...]:
    return (*(Said(name, "it") for name in italian), *(Said(name, "en") for name in english))


def _reasons(knowledge: Knowledge) -> Iterator[Document]:
    for entry in knowledge.reasons.values():
        yield Document(
            "reason",
            entry.slug,
            entry.title,
            entry.meaning,
            also=_names(entry.synonyms_it, entry.synonyms_en),
            official=(entry.slug.replace("-", " "), entry.sisimai, entry.kumomta),
            prose=(entry.headline, entry.meaning, entry.steps),
            boost=2.2,
        )


def _classes(knowledge: Knowledge) -> Iterator[Document]:
    for digit, entry in knowledge.classes.items():
        if digit in CLASS_ADDRESSES:
            key = CLASS_ADDRESSES[digit]
            codes = (key, f"{digit}.x.x")
            yield Document("code", key, entry.title, entry.meaning, codes=codes, prose=(entry.meaning, entry.advice))
    for digit, subject in knowledge.subjects.items():
        key, prose = f"x.{digit}.x", (subject.meaning, subject.advice)
        yield Document("code", key, subject.title, subject.meaning, codes=(key,), prose=prose, boost=0.5)


def _reply_codes(knowledge: Knowledge) -> Iterator[Document]:
    for code, entry in knowledge.reply_codes.items():
        if entry.standing == "draft":
            continue
        yield Document(
            "code",
            code,
            entry.title,
            entry.meaning,
            official=(entry.official_title,),
            codes=(code,),
            said=entry.wordings,
            prose=(entry.meaning, entry.advice, entry.causes, *entry.stage_meanings.values()),
            boost=1.1 if entry.standing == "standard" else 0.5,
        )


def _enhanced_codes(knowledge: Knowledge) -> Iterator[Document]:
    for entry in knowledge.enhanced_codes.values():
        for digit in entry.classes:
            code = entry.in_class(digit)
            yield Document(
                "code",
                code,
                entry.title,
                entry.meaning,
                official=(entry.official_title,),
                codes=(code,),
                prose=(entry.meaning, entry.advice, entry.difference, entry.other_uses),
                boost=(1.1 if entry.often else 0.9) * (0.98 if digit == "4" else 1),
            )


def _messages(knowledge: Knowledge) -> Iterator[Document]:
    for entry in knowledge.signatures.values():
        provider = knowledge.providers.get(entry.provider or "")
        yield Document(
            "message",
            entry.slug,
            entry.title,
            Text(*(entry.examples[:1] or ("",)) * 2),
            official=(entry.system.replace("-", " "), *((provider.title.en, provider.slug) if provider else ())),
            said=entry.examples or tuple(pattern for pattern in entry.patterns if not pattern.startswith("re:")),
            codes=entry.codes,
            prose=(entry.text,),
            boost=0.65 if provider else 0.85,
        )


def _providers(knowledge: Knowledge) -> Iterator[Document]:
    for entry in knowledge.providers.values():
        yield Document(
            "provider",
            entry.slug,
            entry.title,
            entry.description,
            also=_names([], (*entry.title.en.split(", "), entry.slug.replace("-", " "), *entry.domains)),
            said=(*entry.hosts, *entry.words),
            prose=(entry.description,),
            boost=1.2,
        )


def _collections(knowledge: Knowledge) -> Iterator[Document]:
    for entry in knowledge.collections.values():
        says = Text(entry.text.it.partition("\n")[0], entry.text.en.partition("\n")[0])
        yield Document("collection", entry.slug, entry.title, says, codes=entry.codes, prose=(entry.text,), boost=0.9)


def _guides(knowledge: Knowledge) -> Iterator[Document]:
    for entry in knowledge.guides.values():
        official = (entry.slug.replace("-", " "), entry.summary.it, entry.summary.en)
        yield Document(
            "guide", entry.slug, entry.title, entry.summary, official=official, prose=(entry.body,), boost=0.5
        )


def _terms(knowledge: Knowledge) -> Iterator[Document]:
    for entry in knowledge.terms.values():
        also, prose = _names(entry.names_it, entry.names_en), (entry.definition,)
        yield Document("term", entry.slug, entry.title, entry.definition, also=also, prose=prose, boost=0.1)
