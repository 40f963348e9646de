"""`load_knowledge` creates what is new, updates what nobody edited, and keeps what somebody did."""

import pytest

from codes.knowledge import revision
from codes.models import (
    SHIPPED_MODELS,
    Collection,
    House,
    Reason,
    Reference,
    ReplyCode,
    ShippedEntry,
    Signature,
    StageMeaning,
)


def counts(output: str, kind: str) -> dict[str, int]:
    """Return the numbers that the summary gives for a kind."""
    names, *rows = [line.split() for line in output.splitlines() if line]
    numbers = next(row[-len(names) :] for row in rows if " ".join(row[: -len(names)]) == kind)
    return {name: int(number) for name, number in zip(names, numbers, strict=True) if number != "0"}


def record(kind: str, key: str) -> ShippedEntry:
    return ShippedEntry.objects.get(kind=kind, key=key)


def edit(model, key, **fields):
    row = model.objects.get_by_natural_key(*key)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row


def test_fresh_load_creates_everything(ship):
    output = ship.load()
    assert counts(output, "reasons") == {"created": 2}
    assert counts(output, "stage meanings") == {"created": 2}
    reason = Reason.objects.get(slug="user-unknown")
    assert (reason.title_it, reason.title_en, reason.may_help) == (
        "Casella inesistente",
        "Mailbox does not exist",
        ["recipient"],
    )
    assert reason.steps_it == "Controlli l’indirizzo.\nChieda al destinatario."
    assert reason.headline_it == "" and reason.synonyms_en == []
    assert StageMeaning.objects.get(stage="rcpt").reason == reason
    assert [code.code for code in Collection.objects.get().codes.all()] == ["550"]
    assert str(Reference.objects.get().checked) == "2026-11-23"
    assert revision.current() == 1


def test_bare_column_follows_the_default_language(ship):
    ship.load()
    assert Reason.objects.rewrite(False).values_list("title", flat=True).get(slug="mailbox-full") == "Casella piena"


def test_second_load_changes_nothing(ship):
    ship.load()
    output = ship.load()
    assert counts(output, "reasons") == {"unchanged": 2}
    assert counts(output, "collections") == {"unchanged": 1}
    assert revision.current() == 1


def test_upgrade_updates_what_nobody_edited(ship):
    ship.load()
    ship.replace("reasons.yaml", "Casella piena", "Casella colma")
    ship.replace("collections.yaml", 'codes: [["550"]]', "codes: []")
    output = ship.load()
    assert counts(output, "reasons") == {"updated": 1, "unchanged": 1}
    assert Reason.objects.get(slug="mailbox-full").title_it == "Casella colma"
    assert not Collection.objects.get().codes.exists()
    assert revision.current() == 2
    assert record("reason", "mailbox-full").taken["title_it"] == "Casella colma"


def test_edit_is_kept_and_the_newer_text_waits(ship):
    ship.load()
    edit(Reason, ["mailbox-full"], title_it="Casella strapiena")
    assert counts(ship.load(), "reasons") == {"kept": 1, "unchanged": 1}
    assert ShippedEntry.objects.filter(waiting__isnull=False).count() == 0

    ship.replace("reasons.yaml", "Casella piena", "Casella colma")
    before = revision.current()
    output = ship.load()
    assert counts(output, "reasons") == {"waiting": 1, "unchanged": 1}
    assert "reason mailbox-full (title_it)" in output
    assert Reason.objects.get(slug="mailbox-full").title_it == "Casella strapiena"
    entry = record("reason", "mailbox-full")
    assert entry.waiting["title_it"] == "Casella colma"
    assert entry.taken["title_it"] == "Casella piena"
    assert revision.current() == before


def test_shipped_text_that_goes_back_waits_no_more(ship):
    ship.load()
    edit(Reason, ["mailbox-full"], title_it="Casella strapiena")
    ship.replace("reasons.yaml", "Casella piena", "Casella colma")
    ship.load()
    ship.replace("reasons.yaml", "Casella colma", "Casella piena")
    assert counts(ship.load(), "reasons") == {"kept": 1, "unchanged": 1}
    assert ShippedEntry.objects.filter(waiting__isnull=False).count() == 0


def test_editor_who_takes_the_newer_text_is_followed_again(ship):
    ship.load()
    edit(Reason, ["mailbox-full"], title_it="Casella strapiena")
    ship.replace("reasons.yaml", "Casella piena", "Casella colma")
    ship.load()
    edit(Reason, ["mailbox-full"], title_it="Casella colma")
    assert counts(ship.load(), "reasons") == {"unchanged": 2}
    assert record("reason", "mailbox-full").waiting is None
    ship.replace("reasons.yaml", "Casella colma", "Casella stracolma")
    assert counts(ship.load(), "reasons") == {"updated": 1, "unchanged": 1}


def test_editor_who_reverts_gets_the_next_upgrade(ship):
    ship.load()
    edit(Reason, ["mailbox-full"], title_it="Casella strapiena")
    ship.replace("reasons.yaml", "Casella piena", "Casella colma")
    ship.load()
    edit(Reason, ["mailbox-full"], title_it="Casella piena")
    assert counts(ship.load(), "reasons") == {"updated": 1, "unchanged": 1}
    assert Reason.objects.get(slug="mailbox-full").title_it == "Casella colma"
    assert record("reason", "mailbox-full").waiting is None


def test_edited_list_of_codes_counts_as_an_edit(ship):
    ship.load()
    Collection.objects.get().codes.clear()
    assert counts(ship.load(), "collections") == {"kept": 1}


def test_line_ends_of_a_browser_are_no_edit(ship):
    ship.load()
    edit(Reason, ["user-unknown"], steps_it="Controlli l’indirizzo.\r\nChieda al destinatario.")
    assert counts(ship.load(), "reasons") == {"unchanged": 2}


def test_deleted_entry_stays_deleted(ship):
    ship.load()
    Signature.objects.get().delete()
    output = ship.load()
    assert counts(output, "signatures") == {"kept": 1}
    assert "signature no-such-user (was deleted here)" in output
    ship.replace("signatures.yaml", "title_en: No such user", "title_en: No such mailbox")
    assert counts(ship.load(), "signatures") == {"kept": 1}
    assert not Signature.objects.exists()


def test_new_entry_that_names_a_deleted_one_is_held_back(ship):
    ship.drop("signatures.yaml")
    ship.load()
    StageMeaning.objects.all().delete()
    Reason.objects.get(slug="user-unknown").delete()
    ship.replace(
        "signatures.yaml",
        "[]",
        "- model: codes.signature\n  fields: {slug: late, title_it: Tardi, "
        "reason: [user-unknown], patterns: [late user], examples: [550 late user]}",
    )
    output = ship.load()
    assert "signature late (names reason user-unknown, which was deleted here)" in output
    assert not Signature.objects.exists()


def test_local_entry_is_left_alone(ship):
    ship.load()
    Reason.objects.create(slug="ours", group="content", usual_outcome="failed", title_it="Nostra")
    House.objects.create(name="Example")
    output = ship.load()
    assert counts(output, "reasons") == {"unchanged": 2}
    assert Reason.objects.filter(slug="ours").exists()


def test_rows_that_came_another_way_are_remembered_or_wait(ship, folder):
    from django.core.management import call_command

    call_command("loaddata", *sorted(folder.glob("*.yaml")), verbosity=0)
    edit(Reason, ["mailbox-full"], title_it="Casella strapiena")
    output = ship.load()
    assert counts(output, "reasons") == {"waiting": 1, "unchanged": 1}
    assert counts(output, "signatures") == {"unchanged": 1}
    assert Reason.objects.get(slug="mailbox-full").title_it == "Casella strapiena"
    assert counts(ship.load(), "reasons") == {"waiting": 1, "unchanged": 1}


def test_withdrawn_entry_goes_if_nobody_needs_it(ship):
    ship.load()
    ship.drop("signatures.yaml")
    output = ship.load()
    assert counts(output, "signatures") == {"removed": 1}
    assert Signature.history.first().history_change_reason == "no longer shipped"
    assert not Signature.objects.exists()
    assert not ShippedEntry.objects.filter(kind="signature").exists()
    assert revision.current() == 2


def test_withdrawn_entries_go_together(ship):
    ship.load()
    for name in ("signatures.yaml", "stage_meanings.yaml", "stage_meanings.yaml", "reasons.yaml", "reasons.yaml"):
        ship.drop(name)
    output = ship.load()
    assert counts(output, "reasons") == {"removed": 2}
    assert not Reason.objects.exists()


def test_withdrawn_entry_that_was_edited_stays(ship):
    ship.load()
    edit(Signature, ["no-such-user"], title_it="Nostra")
    ship.drop("signatures.yaml")
    output = ship.load()
    assert counts(output, "signatures") == {"kept": 1}
    assert "is shipped no more, but was edited here" in output
    assert record("signature", "no-such-user").withdrawn
    assert Signature.objects.get().title_it == "Nostra"


@pytest.mark.parametrize(
    "needs",
    [
        pytest.param(
            lambda reason: Signature.objects.create(slug="ours", title_it="Nostra", reason=reason), id="by key"
        ),
        pytest.param(lambda reason: StageMeaning.objects.update(reason=reason), id="by an edited entry"),
    ],
)
def test_withdrawn_entry_that_others_name_stays(ship, needs):
    ship.load()
    needs(Reason.objects.get(slug="mailbox-full"))
    ship.drop("stage_meanings.yaml")
    ship.drop("stage_meanings.yaml")
    ship.drop("reasons.yaml")
    output = ship.load()
    assert "reason mailbox-full (is shipped no more, but others name it)" in output
    assert Reason.objects.filter(slug="mailbox-full").exists()


def test_withdrawn_reference_stays_while_a_source_cites_it(ship):
    ship.load()
    edit(Reason, ["user-unknown"], title_it="Nostra")
    ship.replace("reasons.yaml", '    sources: ["rfc5321 4.2.2, 4.2.3"]\n', "")
    ship.drop("references.yaml")
    assert "reference rfc5321 (is shipped no more, but others name it)" in ship.load()


def test_entry_that_is_shipped_again_is_followed_again(ship):
    ship.load()
    text = (ship.folder / "signatures.yaml").read_text()
    edit(Signature, ["no-such-user"], title_it="Nostra")
    ship.drop("signatures.yaml")
    ship.load()
    (ship.folder / "signatures.yaml").write_text(text)
    assert counts(ship.load(), "signatures") == {"kept": 1}
    assert not record("signature", "no-such-user").withdrawn


def test_dry_run_shows_and_writes_nothing(ship):
    assert counts(ship.load("--dry-run"), "reasons") == {"created": 2}
    assert not any(model.objects.exists() for model in (*SHIPPED_MODELS, ShippedEntry))
    assert revision.current() == 0
    ship.load()
    ship.replace("reasons.yaml", "Casella piena", "Casella colma")
    ship.drop("signatures.yaml")
    output = ship.load("--dry-run")
    assert counts(output, "reasons") == {"updated": 1, "unchanged": 1}
    assert counts(output, "signatures") == {"removed": 1}
    assert "nothing was written" in output
    assert Reason.objects.get(slug="mailbox-full").title_it == "Casella piena"
    assert revision.current() == 1


def test_a_field_that_is_new_in_the_model_does_not_look_edited(ship):
    ship.load()
    entry = record("replycode", "550")
    del entry.taken["official_title"]
    entry.taken["gone"] = "a field that the model has no more"
    entry.save()
    ship.replace("reply_codes.yaml", "Mailbox unavailable", "No mailbox")
    assert counts(ship.load(), "reply codes") == {"updated": 1}
    assert ReplyCode.objects.get().title_en == "No mailbox"
