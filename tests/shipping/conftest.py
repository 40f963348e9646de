"""A small knowledge base in a folder of its own, and a database without any."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import QuerySet

FILES = {
    "references.yaml": """\
- model: codes.reference
  fields:
    slug: rfc5321
    title: Simple Mail Transfer Protocol
    checked: 2026-11-23
""",
    "reasons.yaml": """\
- model: codes.reason
  fields:
    slug: user-unknown
    position: 10
    group: recipient
    usual_outcome: failed
    acts_when_final: sender
    may_help: [recipient]
    title_it: Casella inesistente
    title_en: Mailbox does not exist
    steps_it: |-
      Controlli l’indirizzo.
      Chieda al destinatario.
    steps_en: |-
      Check the address.
      Ask the recipient.
    sources: ["rfc5321 4.2.2, 4.2.3"]
- model: codes.reason
  fields:
    slug: mailbox-full
    position: 20
    group: recipient
    usual_outcome: delayed-then-failed
    title_it: Casella piena
    title_en: Mailbox full
""",
    "reply_codes.yaml": """\
- model: codes.replycode
  fields:
    code: "550"
    title_it: Casella non disponibile
    title_en: Mailbox unavailable
    stages: [mail, rcpt]
""",
    "stage_meanings.yaml": """\
- model: codes.stagemeaning
  fields:
    reply_code: ["550"]
    reason: [mailbox-full]
- model: codes.stagemeaning
  fields:
    reply_code: ["550"]
    stage: rcpt
    reason: [user-unknown]
""",
    "signatures.yaml": """\
- model: codes.signature
  fields:
    slug: no-such-user
    title_it: Utente inesistente
    title_en: No such user
    reason: [user-unknown]
    patterns:
      - no such user
    examples:
      - "550 5.1.1 No such user here"
    codes: ["550"]
    evidence: attested
""",
    "collections.yaml": """\
- model: codes.collection
  fields:
    slug: short
    title_it: Elenco breve
    title_en: Short list
    codes: [["550"]]
""",
}


@pytest.fixture
def empty(db: None) -> None:
    """Take all entries out of the test database; they are back after the test."""
    from codes import models

    kinds = (
        models.Collection.codes.through,
        models.Guide.reasons.through,
        *reversed(models.SHIPPED_MODELS),
        models.ShippedEntry,
        models.Revision,
    )
    for model in kinds:
        QuerySet(model)._raw_delete("default")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the small knowledge base to a folder."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


class Ship:
    """The folder, and the two commands on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self, *options: str) -> str:
        """Run load_knowledge and return what it printed."""
        from io import StringIO

        out = StringIO()
        call_command("load_knowledge", *options, directory=self.folder, stdout=out)
        return out.getvalue()

    def replace(self, name: str, old: str, new: str) -> None:
        """Change what is shipped."""
        text = (self.folder / name).read_text()
        assert old in text
        (self.folder / name).write_text(text.replace(old, new))

    def drop(self, name: str) -> None:
        """Ship the last entry of a file no more."""
        entries = (self.folder / name).read_text().split("- model:")
        (self.folder / name).write_text("- model:".join(entries[:-1]) or "[]\n")


@pytest.fixture
def ship(folder: Path, empty: None) -> Ship:
    """Return the small knowledge base, not yet loaded."""
    return Ship(folder)
