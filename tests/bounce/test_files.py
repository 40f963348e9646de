"""Opening files of many messages."""

import io
import zipfile

import pytest

from codes.bounce import UnreadableInput
from codes.bounce.files import LARGEST_FILE, messages

MAIL = b"From: a@example.com\nSubject: s\n\nwords\n"


def mbox(count):
    """Return a mailbox of so many mails."""
    return b"".join(b"From a@example.com Mon Nov 23 09:14:05 2026\n" + MAIL + b"\n" for _ in range(count))


def archive(**members):
    """Return a zip of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as written:
        for name, content in members.items():
            written.writestr(name, content)
    return stream.getvalue()


def test_a_single_mail_keeps_its_name():
    assert [name for name, _ in messages("a.eml", MAIL)] == ["a.eml"]
    assert [name for name, _ in messages("a.eml", mbox(1))] == ["a.eml"]


def test_the_mails_of_a_mailbox_are_numbered():
    assert [name for name, _ in messages("mails.mbox", mbox(3))] == ["mails.mbox#1", "mails.mbox#2", "mails.mbox#3"]


def test_the_files_of_an_archive_are_named_below_it():
    found = dict(messages("a.zip", archive(**{"b.eml": MAIL, "c.mbox": mbox(2)})))
    assert list(found) == ["a.zip/b.eml", "a.zip/c.mbox#1", "a.zip/c.mbox#2"]
    assert found["a.zip/b.eml"] == MAIL


def test_outlook_s_files_are_for_the_reader_to_open():
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\nFrom a@example.com Mon Nov 23 09:14:05 2026\n" * 2
    assert list(messages("a.msg", data)) == [("a.msg", data)]
    assert list(messages("a.zip", archive(**{"b.msg": data}))) == [("a.zip/b.msg", data)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 broken", "archive"),
        (b"x" * (LARGEST_FILE + 1), "too-large"),
    ],
    ids=["broken archive", "too large"],
)
def test_a_file_that_cannot_be_opened_says_why(data, code):
    ((name, error),) = messages("f", data)
    assert isinstance(error, UnreadableInput)
    assert (name, error.code) == ("f", code)


def test_a_bad_member_spoils_no_other():
    data = bytearray(archive(**{"a.eml": MAIL * 50, "b.eml": MAIL}))
    data[60:64] = b"\x00\x00\x00\x00"
    results = dict(messages("z.zip", bytes(data)))
    assert isinstance(results["z.zip/a.eml"], UnreadableInput)
    assert results["z.zip/b.eml"] == MAIL
