"""Input that cannot be taken: one clear sentence, the right status, and nothing lost."""

import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from codes.bounce import Report
from codes.views import explain, intake
from tests.outlook_files import ANNA
from tests.outlook_files import mail as outlook_mail
from tests.outlook_files import report as outlook_report

pytestmark = pytest.mark.django_db


def refusal(response) -> str:
    """Return the sentence that the page says, and check that it is tied to the box."""
    page = response.content.decode()
    assert 'aria-invalid="true" aria-describedby="text-error text-hint"' in page
    return page.partition('id="text-error">')[2].partition("<span>")[2].partition("</span>")[0]


def upload(client: Client, content: bytes, name: str = "file.eml", text: str = ""):
    return client.post("/en/explain/", {"text": text, "file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("text", ["", " \n\t  "])
@pytest.mark.parametrize(("language", "says"), [("it", "Il riquadro è vuoto."), ("en", "The box is empty.")])
def test_an_empty_box(client: Client, text, language, says):
    response = client.post(f"/{language}/explain/", {"text": text})

    assert response.status_code == 400
    assert refusal(response).startswith(says)


def test_a_form_without_fields(client: Client):
    assert client.post("/en/explain/").status_code == 400


def test_a_file_over_25_mb(client: Client):
    response = upload(client, b"x" * (intake.FILE_LIMIT + 1), text="what stood in the box")

    assert response.status_code == 413
    assert "25 MB" in refusal(response)


def test_a_file_of_just_25_mb_is_read(client: Client, monkeypatch):
    read = []
    monkeypatch.setattr(explain, "read", lambda data: read.append(len(data)) or Report())

    assert upload(client, b"x" * intake.FILE_LIMIT).status_code == 200
    assert read == [intake.FILE_LIMIT]


def test_a_paste_over_10_mb(client: Client):
    response = client.post("/it/explain/", {"text": "x" * (intake.PASTE_LIMIT + 1)})

    assert response.status_code == 413
    assert "10 MB" in refusal(response)


def test_a_paste_that_django_itself_refuses_to_read(client: Client):
    body = "text=" + "x" * (12 * intake.MEGABYTE)

    response = client.post("/it/explain/", body, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 413
    assert "10 MB" in refusal(response)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "This is a picture"),
        (b"%PDF-1.7\n", "not a mail and not a text"),
        (b"\x7fELF" + bytes(range(256)), "not a mail and not a text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "This Outlook file cannot be opened: it is damaged"),
        (outlook_mail(kind="IPM.Contact").to_bytes(), "no mail but a contact"),
    ],
)
def test_a_file_that_is_no_text(client: Client, content, says):
    response = upload(client, content)

    assert response.status_code == 415
    assert says in refusal(response)


def test_an_outlook_file_is_explained(client: Client):
    response = upload(
        client,
        outlook_report({0x3003: ANNA, 0x0C1B: "<mx.example.com #5.1.1 smtp;550 5.1.1 User unknown>"}),
        "Undeliverable.msg",
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert ANNA in page
    assert "550 5.1.1 User unknown" in page
    assert "Diagnostic-Code" in page


def test_a_file_of_another_program_in_the_same_container_is_no_mail(client: Client):
    document = outlook_mail().to_bytes().replace("__".encode("utf-16-le"), "WX".encode("utf-16-le"))

    assert "not a mail and not a text" in refusal(upload(client, document, "letter.doc"))


def test_an_empty_file(client: Client):
    assert upload(client, b"  \n ").status_code == 400


def test_what_stood_in_the_box_comes_back_with_the_refusal(client: Client):
    page = upload(client, b"%PDF-1.7\n", text="550 <b> & more").content.decode()

    assert "550 &lt;b&gt; &amp; more</textarea>" in page


@pytest.mark.parametrize(
    "mail",
    [
        b"Content-Type: multipart/report; boundary=\n\n--\n550 5.1.1 User unknown",
        b"Subject: =?klingon?B?!!!?=\nContent-Type: text/plain; charset=klingon\n\n550 5.1.1 User \xe9 unknown",
        b"From: MAILER-DAEMON@example.com\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n@@@@",
        b"\xff\xfe5\x005\x000\x00 \x00U\x00s\x00e\x00r\x00 \x00u\x00n\x00k\x00n\x00o\x00w\x00n\x00",
        "550 5.1.1 casella inesistente: perché è così".encode("latin-1"),
    ],
)
def test_broken_mime_and_unknown_charsets_are_read_as_far_as_possible(client: Client, mail):
    response = upload(client, mail)

    assert response.status_code == 200
    assert "<h1" in response.content.decode()


def test_a_broken_form_is_one_sentence(client: Client):
    response = client.generic("POST", "/en/explain/", b"--x\r\nno", content_type="multipart/form-data")

    assert response.status_code == 400
    assert "arrived incomplete" in refusal(response)


def test_a_fault_of_our_own_keeps_the_text_and_gives_a_number(client: Client, monkeypatch, caplog):
    def break_down(data):
        raise RuntimeError(f"cannot read {data}")

    monkeypatch.setattr(explain, "read", break_down)
    response = client.post("/en/explain/", {"text": "to: anna.verdi@example.com\nsecond line"})

    page = response.content.decode()
    assert response.status_code == 500
    assert "incident number" in refusal(response)
    assert "anna.verdi@example.com" in page
    assert all("anna.verdi" not in record.getMessage() for record in caplog.records)
    assert [record.levelno for record in caplog.records if record.name.startswith("codes")] == [logging.ERROR]


def test_a_long_text_is_not_sent_back(client: Client, monkeypatch):
    monkeypatch.setattr(intake, "KEEP_LIMIT", 10)

    page = client.post("/en/explain/", {"text": "550 5.1.1 User unknown, and more than ten letters"}).content.decode()

    assert "Edit the text" not in page
    assert '<a class="language" href="/it/explain/"' in page


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
@pytest.mark.parametrize("address", ["/it/explain/", "/it/codes/550/", "/it/"])
def test_a_wrong_method_is_one_sentence(method, address):
    response = getattr(Client(enforce_csrf_checks=True), method)(address)

    assert response.status_code == 405
    assert "Qui non si può" in response.content.decode()
    assert "GET" in response["Allow"]


def test_no_upload_touches_the_disk(rf: RequestFactory):
    request = rf.post("/it/explain/", {"file": SimpleUploadedFile("a.eml", b"x" * (6 * intake.MEGABYTE))})

    file = request.FILES["file"]

    assert not hasattr(file, "temporary_file_path")
    assert file.size == 6 * intake.MEGABYTE


@pytest.mark.parametrize(("language", "says"), [("it", "Pagina non trovata"), ("en", "Page not found")])
def test_an_address_without_a_page(client: Client, language, says):
    response = client.get(f"/{language}/nothing/here/")

    assert response.status_code == 404
    assert says in response.content.decode()


def test_a_broken_page_says_so_in_the_readers_language(client: Client, monkeypatch):
    def break_down(request, *args, **kwargs):
        raise RuntimeError

    client.raise_request_exception = False
    monkeypatch.setattr("codes.views.pages.home_context", break_down)

    response = client.get("/it/?broken")

    assert response.status_code == 500
    assert "Qualcosa non ha funzionato" in response.content.decode()


def test_a_host_that_is_not_ours_is_a_bad_request(client: Client):
    response = client.get("/it/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()
