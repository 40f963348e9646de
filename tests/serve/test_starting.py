"""What a start prepares, what it leaves alone, and what it says."""

import re
import stat

STEPS = [
    "Compiling the message catalogues...",
    "Bringing the database up to date...",
    "Loading the knowledge base...",
    "Collecting the static files...",
]
STAFF_HINT = "uv run manage.py createsuperuser"
COUNT_CODES = "from codes.models import ReplyCode; print(ReplyCode.objects.count())"


def test_the_first_start_prepares_everything_and_serves_the_home_page(first_run):
    assert first_run.steps == STEPS
    assert first_run.home_page[0] == 200
    assert "<textarea" in first_run.home_page[1]
    assert int(first_run.site.shell(COUNT_CODES)) >= 22


def test_the_first_start_says_where_it_listens_and_how_to_make_an_account(first_run):
    assert re.search(r"^Rimbalzo listens at http://127\.0\.0\.1:\d+/ ", first_run.said, re.M)
    assert STAFF_HINT in first_run.said


def test_a_start_without_trouble_leaves_stderr_empty_and_ends_with_status_0(first_run):
    assert first_run.complained == ""
    assert first_run.status == 0


def test_the_key_and_the_data_are_for_their_owner_only(first_run):
    assert stat.S_IMODE(first_run.site.key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(first_run.site.data.stat().st_mode) == 0o700
    assert len(first_run.site.key_file.read_text()) >= 50


def test_the_styles_of_the_home_page_are_served_under_names_that_change_with_them(running):
    page = running.ask("/it/")[1]
    style = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page)
    assert style, page[:2000]
    assert running.ask(style[1])[0] == 200


def test_a_second_start_prepares_nothing_and_keeps_the_key(site, serve):
    key = site.key_file.read_text()
    assert serve(site).wait_until_listening().steps == []
    assert site.key_file.read_text() == key


def test_an_edited_text_survives_a_start_and_an_upgrade(site, serve):
    edit = "from codes.models import ReplyCode; row = ReplyCode.objects.get(code='550'); {}"
    site.shell(edit.format("row.title_it = 'Scritto da noi'; row.save()"))
    serve(site).wait_until_listening().end()
    assert site.shell(edit.format("print(row.title_it)")) == "Scritto da noi"

    forget = "from django.db import connection; connection.cursor().execute('DELETE FROM rimbalzo_prepared')"
    site.shell(forget)  # as an upgrade does, whose files differ
    upgraded = serve(site).wait_until_listening()
    assert upgraded.steps == STEPS[1:3]
    assert site.shell(edit.format("print(row.title_it)")) == "Scritto da noi"


def test_another_database_is_filled_though_the_folder_was_prepared(site, serve, new_database):
    site.more["DATABASE_URL"] = new_database() or f"sqlite:///{site.folder / 'other.sqlite3'}"
    assert serve(site).wait_until_listening().steps == STEPS[1:3]
    assert int(site.shell(COUNT_CODES)) >= 22


def test_a_flushed_database_is_filled_again(site, serve):
    assert site.run("flush", "--no-input").returncode == 0
    assert serve(site).wait_until_listening().steps == STEPS[2:3]


def test_a_lost_static_file_is_collected_again(site, serve):
    lost = next((site.data / "static").rglob("*.css"))
    lost.unlink()
    assert serve(site).wait_until_listening().steps == STEPS[3:]
    assert lost.exists()


def test_two_first_starts_at_once_both_serve(bare_site, serve):
    both = [serve(bare_site), serve(bare_site)]
    for server in both:
        server.wait_until_listening()
    assert all(server.answers() for server in both)
    assert sorted(both[0].steps + both[1].steps) == sorted(STEPS), "each step is done by one of them"


def test_with_a_staff_account_the_hint_is_gone(site, serve):
    site.more |= {"DJANGO_SUPERUSER_PASSWORD": "una-password-lunga", "DJANGO_SUPERUSER_USERNAME": "anna"}
    made = site.run("createsuperuser", "--no-input", "--email", "anna@example.it")
    assert made.returncode == 0, made.stderr
    assert STAFF_HINT not in serve(site).wait_until_listening().said


def test_a_database_that_cannot_be_reached_is_one_sentence(bare_site):
    bare_site.more["DATABASE_URL"] = "postgres://anna:segreto@127.0.0.1:9/rimbalzo"
    done = bare_site.run("serve")
    assert done.returncode == 1
    assert re.fullmatch(r"\w+: The database cannot be used: .*refused.*\n", done.stderr)
    assert "segreto" not in done.stderr


def test_wrong_settings_are_sentences_with_hints(bare_site):
    bare_site.more |= {"TIME_ZONE": "Mars/Olympus", "LANGUAGE_CODE": "de", "DATABASE_URL": "mysql://host/name"}
    done = bare_site.run("serve")
    assert done.returncode == 1
    assert [f"rimbalzo.E00{number}" in done.stderr for number in (2, 3, 4)] == [True] * 3
    assert "Traceback" not in done.stderr


def test_without_a_place_for_the_key_the_sentence_names_the_two_settings_that_help(bare_site):
    blocker = bare_site.folder / "home"
    blocker.write_text("a file where the home should be")
    done = bare_site.run("serve")
    assert done.returncode == 1
    assert "rimbalzo.E005" in done.stderr
    assert "SECRET_KEY_FILE" in done.stderr
    assert "Traceback" not in done.stderr


def test_open_to_others_it_says_under_which_names_it_answers(site, serve):
    hint = "set ALLOWED_HOSTS to the names under which others ask"
    assert hint in serve(site, "--address", "0.0.0.0").wait_until_listening().said
    assert hint not in serve(site).wait_until_listening().said


def test_debug_is_refused(site):
    site.more["DEBUG"] = "on"
    done = site.run("serve")
    assert done.returncode == 1
    assert "DEBUG is on" in done.stderr
