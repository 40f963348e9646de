"""Public pages are rendered once, revalidated by their hash, and set no cookie."""

import gzip

import pytest
from django.contrib.auth.models import User
from django.test import Client

from codes.models import Reason
from codes.views import published

pytestmark = pytest.mark.django_db

PAGE = "/it/reasons/mailbox-full/"


@pytest.fixture(autouse=True)
def _empty_shelf():
    published.shelf.clear()
    yield
    published.shelf.clear()


@pytest.fixture
def rendered(monkeypatch):
    """Return the list of templates rendered so far."""
    names = []
    original = published.render_to_string

    def render(template, *args, **kwargs):
        names.append(template)
        return original(template, *args, **kwargs)

    monkeypatch.setattr(published, "render_to_string", render)
    return names


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("ada", password="x"))
    return client


def test_a_page_is_rendered_once(client: Client, rendered):
    first, second = client.get(PAGE), client.get(PAGE)

    assert rendered == ["reason.html"]
    assert first.content == second.content


def test_language_theme_and_host_have_pages_of_their_own(client: Client, rendered, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    client.get(PAGE)
    client.get(PAGE.replace("/it/", "/en/"))
    client.get(PAGE, headers={"host": "other.example"})
    client.cookies["theme"] = "dark"
    client.get(PAGE)

    assert len(rendered) == 4


def test_a_reader_who_has_the_page_gets_304(client: Client):
    etag = client.get(PAGE)["ETag"]

    response = client.get(PAGE, headers={"if-none-match": f'"other", {etag}'})

    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == etag


def test_every_page_is_revalidated_and_varies_with_what_changes_it(client: Client):
    response = client.get(PAGE)

    assert response["Cache-Control"] == "no-cache"
    assert {"Cookie", "Accept-Encoding"} <= {name.strip() for name in response["Vary"].split(",")}
    assert not response.cookies


def test_compressed_and_plain_bytes_are_the_same_page_with_tags_of_their_own(client: Client):
    plain = client.get(PAGE)
    compressed = client.get(PAGE, headers={"accept-encoding": "gzip, br"})

    assert compressed["Content-Encoding"] == "gzip"
    assert gzip.decompress(compressed.content) == plain.content
    assert compressed["ETag"] != plain["ETag"]


def test_a_head_request_has_the_headers_and_no_body(client: Client):
    head, get = client.head(PAGE), client.get(PAGE)

    assert (head.content, head["ETag"]) == (b"", get["ETag"])


def test_the_page_changes_with_the_knowledge_base(client: Client, knowledge):
    before = client.get(PAGE)
    Reason.objects.filter(slug="mailbox-full").get().save()
    reason = Reason.objects.get(slug="mailbox-full")
    reason.meaning_it = "Non c’è più posto, dice il redattore."
    reason.save()

    from codes.knowledge import snapshot

    snapshot.current(fresh=True)
    after = client.get(PAGE)

    assert "dice il redattore" in after.content.decode()
    assert before["ETag"] != after["ETag"]


def test_an_editor_sees_at_once_what_was_saved(editor: Client):
    editor.get(PAGE)
    reason = Reason.objects.get(slug="mailbox-full")
    reason.meaning_it = "Appena salvato."
    reason.save()

    assert "Appena salvato." in editor.get(PAGE).content.decode()


def test_an_editor_has_a_link_to_the_form_and_others_have_not(editor: Client):
    reason = Reason.objects.get(slug="mailbox-full")
    form = f"/admin/codes/reason/{reason.pk}/change/"
    link = f'href="{form}"'

    assert editor.get(form).status_code == 200
    assert link in editor.get(PAGE).content.decode()
    assert link not in Client().get(PAGE).content.decode()


def test_what_an_editor_sees_is_not_kept_for_others(editor: Client):
    response = editor.get(PAGE)

    assert response["Cache-Control"] == "private, no-cache"
    assert "/admin/" not in Client().get(PAGE).content.decode()


def test_a_visitors_page_asks_the_database_nothing(client: Client, django_assert_num_queries, monkeypatch):
    client.get(PAGE)
    monkeypatch.setattr("codes.knowledge.snapshot.LOOK_EVERY", 60)

    with django_assert_num_queries(0):
        client.get(PAGE)
        client.get("/it/codes/550/")


def test_unknown_codes_do_not_fill_the_memory(client: Client):
    client.get("/it/codes/5.7.999/")

    assert not published.shelf._pages


def test_the_shelf_lets_go_of_the_oldest_page(monkeypatch):
    monkeypatch.setattr(published, "KEEP_BYTES", 10)
    shelf = published.Shelf()
    for name in ("a", "b", "c"):
        shelf.put((name, 1), published.Page(b"12345", name, "text/html", 200))

    assert [bool(shelf.get((name, 1))) for name in ("a", "b", "c")] == [False, True, True]


def test_the_shelf_keeps_pages_of_one_revision():
    shelf = published.Shelf()
    shelf.put(("a", 1), published.Page(b"12345", "a", "text/html", 200))
    shelf.put(("b", 2), published.Page(b"12345", "b", "text/html", 200))

    assert [bool(shelf.get(key)) for key in (("a", 1), ("b", 2))] == [False, True]


def test_a_kept_page_says_all_that_the_first_answer_said(client: Client):
    first, second = client.get(PAGE), client.get(PAGE)

    assert second.resolver_match.route == first.resolver_match.route
    assert dict(second.headers) == dict(first.headers)


def test_a_kept_page_asks_for_no_session(client: Client, monkeypatch):
    client.get(PAGE)
    monkeypatch.setattr("django.contrib.sessions.middleware.SessionMiddleware.process_request", None)

    assert client.get(PAGE).status_code == 200


def test_whoever_comes_over_from_the_other_language_is_remembered_on_a_kept_page_too(client: Client):
    client.get(PAGE)

    response = client.get(PAGE, headers={"referer": f"http://testserver{PAGE.replace('/it/', '/en/')}"})

    assert response.cookies["django_language"].value == "it"


def test_a_kept_page_is_not_for_those_who_must_sign_in_first(client: Client, settings):
    client.get(PAGE)
    settings.LOGIN_REQUIRED = True
    login_required = "django.contrib.auth.middleware.LoginRequiredMiddleware"
    after = settings.MIDDLEWARE.index("django.contrib.auth.middleware.AuthenticationMiddleware") + 1
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:after], login_required, *settings.MIDDLEWARE[after:]]

    assert Client().get(PAGE).status_code == 302


def test_a_kept_page_is_not_for_a_host_that_is_not_ours(client: Client):
    client.get(PAGE)

    assert client.get(PAGE, headers={"host": "evil.example"}).status_code == 400
