"""What more known messages cost: matching one text, reading and explaining a mail, and memory."""

from __future__ import annotations

import email
import random
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from codes.benchmarks.processes import resident_megabytes
from codes.benchmarks.timing import seconds_each, table
from codes.bounce import read
from codes.explain import explain
from codes.knowledge import snapshot
from codes.knowledge.entries import Knowledge, Signature
from codes.knowledge.matcher import Matcher

NUMBERS = (100, 1000, 10_000)


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("folder", nargs="?", default="tests/bounce/samples", help="a folder of mails (*.eml)")


def run(write: Callable[[str], object], folder: str) -> None:
    """Measure and write."""
    knowledge = snapshot.current()
    mails = [path.read_bytes() for path in sorted(Path(folder).glob("*.eml"))]
    if not mails:
        raise FileNotFoundError(f"No *.eml in {folder}.")
    texts = list(_unseen(knowledge, 300))
    write(f"{len(knowledge.signatures)} known messages are shipped; {len(mails)} mails of {folder}\n")
    write(table(_costs(knowledge, texts, mails)))
    parse = seconds_each(email.message_from_bytes, mails)
    whole = seconds_each(lambda data: explain(read(data), knowledge, "it"), mails)
    write(
        f"\nRead and explained on one core: {1 / whole:.0f} mails a second, "
        f"{parse / whole:.2f} of the bare parse by the standard library ({1 / parse:.0f})"
    )


def _costs(knowledge: Knowledge, texts: list[str], mails: list[bytes]) -> Iterator[tuple[str, ...]]:
    yield ("known messages", "µs a text", "ms a mail", "MB of the matcher")
    for number in NUMBERS:
        many = replace(knowledge, signatures={one.slug: one for one in _made(knowledge, number)})
        before = resident_megabytes()
        matcher = Matcher(many.signatures.values())
        for text in texts:
            matcher.matches(text)
        memory = resident_megabytes() - before
        many.__dict__["matcher"] = matcher
        text_cost = seconds_each(matcher.matches, texts)
        mail_cost = seconds_each(lambda data, many=many: explain(read(data), many, "it"), mails, rounds=3)
        yield (str(number), f"{text_cost * 1e6:.1f}", f"{mail_cost * 1e3:.3f}", f"{memory:.0f}")


def _made(knowledge: Knowledge, number: int) -> Iterator[Signature]:
    """Yield the shipped messages and, where more are wanted, such as differ from them by a word."""
    shipped = list(knowledge.signatures.values())
    for count, signature in enumerate(islice(cycle(shipped), number)):
        turn = count // len(shipped)
        patterns = signature.patterns if not turn else tuple(f"{one} variant{turn}" for one in signature.patterns)
        yield replace(signature, slug=f"{signature.slug}-{turn}", patterns=patterns)


def _unseen(knowledge: Knowledge, number: int) -> Iterator[str]:
    """Yield replies that nobody has sent: words of known examples, in another order."""
    source = random.Random(7)  # noqa: S311 (no secret)
    examples = [example for signature in knowledge.signatures.values() for example in signature.examples]
    for _ in range(number):
        words = source.choice(examples).split() + source.choice(examples).split()
        source.shuffle(words)
        yield " ".join(words)
