"""Opening files of many messages."""

import io
import zipfile

import pytest

from codes.bounce import UnreadableInput, files
from codes.bounce.files import LARGEST_MESSAGE, messages
from codes.bounce.folders import files_below

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


def test_a_mailbox_is_cut_alike_wherever_its_blocks_end(monkeypatch):
    mails = [
        b"From a@example.com Mon Nov 23 09:14:05 2026\nSubject: %d\n\nFrom here\n" % n + b"x\n" * n for n in range(40)
    ]
    for block in (64, 71, 1000, 1 << 20):
        monkeypatch.setattr(files, "_BLOCK", block)
        monkeypatch.setattr(files, "_LINE", 64)
        found = dict(messages("m", io.BytesIO(b"".join(mails))))
        assert list(found) == [f"m#{number}" for number in range(1, 41)]
        assert list(found.values()) == mails


def test_a_mail_that_is_too_large_spoils_no_other_of_its_mailbox(monkeypatch):
    monkeypatch.setattr(files, "_BLOCK", 1000)
    monkeypatch.setattr(files, "LARGEST_MESSAGE", 5000)
    large = mbox(1) + b"x" * 4990 + b"\n"
    found = dict(messages("m", io.BytesIO(mbox(2) + large + large * 2 + mbox(1))))
    codes = [content.code if isinstance(content, UnreadableInput) else "" for content in found.values()]
    assert codes == ["", "", "too-large", "too-large", "too-large", ""]
    assert found["m#6"] == mbox(1)


def test_a_file_of_one_s_own_may_be_larger_than_a_message(monkeypatch):
    monkeypatch.setattr(files, "LARGEST_MESSAGE", 5000)
    packed = archive(**{f"{number}.eml": MAIL * 60 for number in range(9)})
    monkeypatch.setattr(files, "LARGEST_ARCHIVE", 5000)
    assert not any(isinstance(content, UnreadableInput) for _name, content in messages("z", io.BytesIO(packed)))
    assert [getattr(content, "code", "") for _name, content in messages("z", packed)][1:3] == ["", "too-large"]


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
        (b"x" * (LARGEST_MESSAGE + 1), "too-large"),
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


def test_folders_are_read_by_name_without_what_is_hidden(tmp_path):
    for name in ("b.eml", "a/z.eml", "a/.hidden", ".git/x", "c.zip"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(MAIL)
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    found = [name.removeprefix(f"{tmp_path}/") for name in files_below([str(tmp_path), "nowhere"])]
    assert found == ["a/z.eml", "b.eml", "c.zip", "nowhere"]


def test_of_a_maildir_the_mails_are_read_and_those_of_its_folders(tmp_path):
    for name in ("cur/1:2,S", "new/2", "tmp/3", "dovecot-uidlist", ".Junk/cur/4:2,", ".Junk/new/5", ".hidden/6"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(MAIL)
    found = [name.removeprefix(f"{tmp_path}/") for name in files_below([str(tmp_path)])]
    assert found == [".Junk/cur/4:2,", ".Junk/new/5", "cur/1:2,S", "new/2"]
