"""Which steps are due; tests/serve runs them for real."""

import subprocess
import sys
import time

import pytest
from django.core.management.base import CommandError
from django.db import OperationalError, connection

from codes import preparation
from codes.preparation import PreparationError, prepare, stamps, steps
from codes.preparation.lock import alone


class Memory:
    """A store of stamps."""

    def __init__(self):
        self.kept = {}

    def read(self, name):
        return self.kept.get(name, "")

    def write(self, name, stamp):
        self.kept[name] = stamp


@pytest.fixture
def world(monkeypatch, settings, tmp_path):
    """Two steps on made-up sources and results; `world.did` tells which ran."""

    class World:
        sources, results, did, store = {"a": "1", "b": "1"}, {"a": "", "b": ""}, [], Memory()

        def step(self, name):
            def act():
                self.did.append(name)
                self.results[name] = "made"

            return steps.Step(
                name, f"Making {name}", lambda: self.sources[name], lambda: self.results[name], act, self.store
            )

    made = World()
    settings.DATA_DIR = tmp_path / "data"
    monkeypatch.setattr(steps, "WITHOUT_STATIC", (made.step("a"),))
    monkeypatch.setattr(steps, "ALL", (made.step("a"), made.step("b")))
    return made


@pytest.mark.django_db
def test_all_is_done_once_and_told(world):
    said = []
    assert prepare(static=True, say=said.append) == ["a", "b"]
    assert said == ["Making a...", "Making b..."]
    assert prepare(static=True, say=said.append) == []
    assert world.did == ["a", "b"]


@pytest.mark.django_db
def test_only_serve_needs_the_static_files(world):
    assert prepare(say=lambda line: None) == ["a"]


@pytest.mark.django_db
def test_a_step_runs_again_when_its_sources_change_and_when_its_result_does(world):
    prepare(static=True, say=lambda line: None)
    world.sources["b"] = "2"
    assert prepare(static=True, say=lambda line: None) == ["b"]
    world.results["a"] = "lost"
    assert prepare(static=True, say=lambda line: None) == ["a"]


@pytest.mark.django_db
def test_what_is_done_is_told_on_stderr_and_stdout_is_left_to_the_command(world, capsys):
    prepare()
    assert capsys.readouterr() == ("", "Making a...\n")


@pytest.mark.django_db
def test_a_change_during_a_step_is_seen_by_the_next_start(world):
    changed = world.step("a")
    meanwhile = steps.Step("a", "", changed.sources, changed.result, lambda: world.sources.update(a="2"), changed.store)
    meanwhile.run()
    assert not meanwhile.is_fresh()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (CommandError("reasons.yaml line 7: no such field."), r"^reasons.yaml line 7: no such field.$"),
        (ValueError("two\nlines"), r"^Making a failed. ValueError: two lines$"),
        (OperationalError("disk full"), r"^Making a failed. OperationalError: disk full$"),
    ],
)
def test_a_step_that_fails_is_one_sentence_and_is_due_again(world, monkeypatch, error, sentence):
    def fail():
        raise error

    broken = world.step("a")
    monkeypatch.setattr(
        steps, "WITHOUT_STATIC", (steps.Step("a", "Making a", broken.sources, broken.result, fail, world.store),)
    )
    for _twice in range(2):
        with pytest.raises(PreparationError, match=sentence):
            prepare(say=lambda line: None)


def test_a_folder_that_cannot_be_made_is_one_sentence(world, settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.DATA_DIR = tmp_path / "file" / "data"
    with pytest.raises(PreparationError, match=r"cannot be used: .*Not a directory"):
        prepare()


def test_a_database_that_fails_is_one_sentence(world, monkeypatch):
    def fail():
        raise OperationalError("connection failed:\n  refused")

    monkeypatch.setattr(preparation.steps, "reach_database", fail)
    with pytest.raises(PreparationError, match=r"^The database cannot be used: connection failed: refused$"):
        prepare()


@pytest.mark.django_db
def test_stamps_in_the_database_are_kept_and_replaced():
    store = stamps.Database()
    assert store.read("knowledge") == ""
    store.write("knowledge", "1")
    store.write("knowledge", "2")
    assert (store.read("knowledge"), store.read("migrations")) == ("2", "")


@pytest.mark.django_db
def test_migrations_undone_by_hand_are_due_again():
    steps.MIGRATIONS.store.write("migrations", f"{steps.MIGRATIONS.sources()} {steps.MIGRATIONS.result()}")
    assert steps.MIGRATIONS.is_fresh()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'codes'")
    assert not steps.MIGRATIONS.is_fresh()


def test_contents_are_the_same_wherever_and_whenever_the_files_were_written(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).write_text("text")
    first, second = (stamps.contents([("a.yaml", tmp_path / name)]) for name in ("one", "two"))
    assert first == second
    (tmp_path / "two").write_text("tex")
    assert stamps.contents([("a.yaml", tmp_path / "two")]) != first


def test_every_shipped_text_and_every_migration_is_among_the_sources(settings):
    knowledge = {name for name, _file in steps._knowledge()}
    assert {f"fixtures/{file.name}" for file in (settings.BASE_DIR / "fixtures").glob("*.yaml")} < knowledge
    assert "codes/0001_initial.py" in {name for name, _file in steps._migrations()}
    assert all(file.exists() for _name, file in [*steps._knowledge(), *steps._migrations()])


@pytest.mark.django_db
def test_a_second_process_waits_for_the_first(tmp_path):
    code = "import fcntl, sys; fcntl.flock(open(sys.argv[1], 'w'), fcntl.LOCK_EX); print('mine')"
    with alone(tmp_path / "lock"):
        other = subprocess.Popen([sys.executable, "-c", code, tmp_path / "lock"], stdout=subprocess.PIPE, text=True)
        time.sleep(0.5)
        assert other.poll() is None
    assert other.communicate(timeout=10)[0] == "mine\n"
