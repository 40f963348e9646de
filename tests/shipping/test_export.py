"""`export_knowledge` writes back what was loaded, byte for byte, and of an edit just that."""

import difflib
from datetime import date
from io import StringIO

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from codes.models import Collection, Reason, Signature
from codes.shipping import writing
from codes.shipping.kinds import KINDS, kind_of

FIXTURES = settings.BASE_DIR / "fixtures"


def export(folder) -> str:
    out = StringIO()
    call_command("export_knowledge", directory=folder, stdout=out)
    return out.getvalue()


def changed_lines(name: str, folder) -> list[str]:
    """Return the lines that differ from what is shipped."""
    old, new = ((place / name).read_text().splitlines() for place in (FIXTURES, folder))
    return [line for line in difflib.unified_diff(old, new, lineterm="", n=0) if line[:2] not in ("--", "++", "@@")]


@pytest.mark.django_db
def test_what_is_shipped_comes_back_byte_for_byte(tmp_path):
    export(tmp_path)
    for kind in KINDS:
        assert (tmp_path / kind.file_name).read_bytes() == (FIXTURES / kind.file_name).read_bytes(), kind.file_name


def test_a_small_folder_comes_back_byte_for_byte(ship, tmp_path_factory):
    ship.load()
    folder = tmp_path_factory.mktemp("exported")
    export(folder)
    for file in ship.folder.glob("*.yaml"):
        assert (folder / file.name).read_text() == file.read_text()
    assert (folder / "providers.yaml").read_text() == "[]\n"


@pytest.mark.django_db
def test_an_edit_shows_just_that_edit(tmp_path):
    row = Reason.objects.get(slug="mailbox-full")
    old, row.title_en = row.title_en, "The mailbox has no room"
    row.save()
    export(tmp_path)
    assert changed_lines("reasons.yaml", tmp_path) == [
        f"-    title_en: {old}",
        "+    title_en: The mailbox has no room",
    ]
    assert not changed_lines("signatures.yaml", tmp_path)


@pytest.mark.django_db
def test_files_that_do_not_change_are_left_alone(tmp_path):
    export(tmp_path)
    assert export(tmp_path) == "No file changed.\n"
    Signature.objects.order_by("slug").first().delete()
    assert export(tmp_path) == "Changed: signatures.yaml\n"


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="cannot be written"):
        export(tmp_path / "file" / "folder")


def test_an_empty_database_wipes_no_files(ship):
    before = (ship.folder / "reasons.yaml").read_text()
    with pytest.raises(CommandError, match="no knowledge base"):
        export(ship.folder)
    assert (ship.folder / "reasons.yaml").read_text() == before


def test_exported_edits_load_elsewhere(ship, tmp_path_factory, empty):
    ship.load()
    Reason.objects.filter(slug="mailbox-full").update(
        title_it="Piena: 100%", steps_it="- uno\n\n  due", synonyms_it=["no", "x: y"]
    )
    Signature.objects.update(checked=date(2026, 11, 24), weight=-3)
    folder = tmp_path_factory.mktemp("exported")
    export(folder)
    ship.folder = folder
    output = ship.load()
    assert "waiting" in output
    export(folder)
    row = yaml.safe_load((folder / "reasons.yaml").read_text())[1]["fields"]
    assert (row["title_it"], row["steps_it"], row["synonyms_it"]) == ("Piena: 100%", "- uno\n\n  due", ["no", "x: y"])
    assert yaml.safe_load((folder / "signatures.yaml").read_text())[0]["fields"]["checked"] == date(2026, 11, 24)


@given(
    title=st.text(),
    text=st.text(alphabet=st.sampled_from("ab è:#-'\"\n\\{}[]|>*&!%@`,?0123\t\u2028\x85\ufeff")),
    items=st.lists(st.text(alphabet=st.sampled_from("no yes~null:#-[]{},'\"\\ è1.0"), min_size=1)),
)
def test_any_text_comes_back_as_it_was(title, text, items):
    """Whatever an editor types, YAML reads the same."""
    kind = kind_of(Collection)
    row = {
        **kind.complete({}),
        "slug": "x",
        "title_it": title,
        "text_it": text,
        "text_en": "word " * 40 + text,
        "sources": items,
    }
    read = yaml.safe_load(writing.file_text(kind, [row]))[0]["fields"]
    for name in ("title_it", "text_it", "text_en", "sources"):
        assert read.get(name, kind.fields[name].default) == row[name]


def test_codes_are_in_the_order_of_numbers():
    kind = next(kind for kind in KINDS if kind.name == "enhancedcode")
    rows = [kind.complete({"code": code}) for code in ("X.1.10", "X.7.1", "X.1.2", "X.0.0")]
    assert [row["code"] for row in sorted(rows, key=kind.place)] == ["X.0.0", "X.1.2", "X.1.10", "X.7.1"]
