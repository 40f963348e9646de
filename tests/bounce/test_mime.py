"""Our own taking apart of mails: what well-formed ones hold, and what is made of broken ones."""

import email
import email.policy
from email.message import EmailMessage, Message
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codes.bounce.mime import DEEPEST, LONGEST_HEADERS, MOST_CHILDREN, Entity, undo_encoding

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.eml"))


def open_entity(data):
    """Take bytes apart, with any line ends."""
    return Entity(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").decode("latin-1"))


def leaves(entity):
    """Return the parts that hold no others."""
    return [leaf for child in entity.children for leaf in leaves(child)] if entity.children else [entity]


def standard_leaves(message):
    """Return the same of the standard library's parser; it makes messages of a report's fields, which are one part."""
    if message.get_content_maintype() == "message" and message.get_content_subtype() != "rfc822":
        return [message]
    payload = message.get_payload()
    if isinstance(payload, list) and payload:
        return [leaf for child in payload if isinstance(child, Message) for leaf in standard_leaves(child)]
    return [message]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_has_the_parts_that_the_standard_library_finds(path):
    data = path.read_bytes()
    ours = [(leaf.kind, leaf.file_name) for leaf in leaves(open_entity(data))]
    theirs = [
        (leaf.get_content_type(), leaf.get_filename() or "") for leaf in standard_leaves(email.message_from_bytes(data))
    ]
    assert ours == theirs


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.text(max_size=80), st.sampled_from(["plain", "html"])), min_size=1, max_size=4),
    st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1, max_size=30),
)
def test_what_is_written_is_read(parts, name):
    mail = EmailMessage(policy=email.policy.SMTP)
    mail["Subject"] = "Größe"
    for words, kind in parts:
        mail.add_attachment(words, subtype=kind, filename=name)
    entity = open_entity(mail.as_bytes())
    written = [part.get_content() for part in mail.iter_attachments()]
    assert entity.header("subject") == "Größe"
    assert [part.text.replace("\r", "").rstrip("\n") for part in entity.children] == [
        words.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") for words in written
    ]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="avviso di mancata consegna.eml"', "avviso di mancata consegna.eml"),
        ("attachment; filename*=utf-8'it'caff%C3%A8.txt", "caffè.txt"),
        ("attachment; filename*0=daticert; filename*1=.xml", "daticert.xml"),
        ("attachment; filename*0*=utf-8''caff%C3%A8; filename*1=.txt", "caffè.txt"),
        ('attachment; filename="=?utf-8?q?caff=C3=A8=2Etxt?="', "caffè.txt"),
        (r'attachment; filename="a\"b.txt"', 'a"b.txt'),
    ],
)
def test_the_name_of_a_file_is_read_however_it_is_written(header, name):
    assert open_entity(f"Content-Disposition: {header}\n\nx".encode()).file_name == name


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        (b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\ntwo", ["one", "two"]),  # not closed
        (b"Content-Type: multipart/mixed; boundary=b\n\n--bb\n\nno\n--b\n\nyes\n--b--\nafter", ["yes"]),
        (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\none\r\n--b--\r\n", ["one"]),
        (b"Content-Type: multipart/mixed; boundary=b\n\nno boundary here", ["no boundary here"]),
        (b"Content-Type: multipart/mixed\n\n--b\n\none\n--b--", ["--b\n\none\n--b--"]),
        (b"Subject: x\nno blank line", ["no blank line"]),
        (b"Subject: x", [""]),
        (b"", [""]),
    ],
)
def test_broken_mails_are_read_as_far_as_they_go(source, texts):
    assert [leaf.text for leaf in leaves(open_entity(source))] == texts


@pytest.mark.parametrize(
    ("data", "encoding", "undone"),
    [
        (b"Y2FmZsOo", "base64", "caffè".encode()),
        (b"Y2Fm\nZg", "base64", b"caff"),  # the padding is missing
        (b"Y2FmZ", "base64", b"caf"),  # a letter that makes no byte
        (b"caff=C3=A8=\n!", "quoted-printable", "caffè!".encode()),
        (b"as it is", "x-unknown", b"as it is"),
    ],
)
def test_transfer_encodings_are_undone_as_far_as_they_go(data, encoding, undone):
    assert undo_encoding(data, encoding) == undone


def test_nesting_and_parts_have_limits():
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n" for number in range(100))
    deepest = Entity(nested)
    depth = 0
    while deepest.children:
        deepest, depth = deepest.children[0], depth + 1
    assert depth == DEEPEST
    many = Entity("Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n" * (MOST_CHILDREN * 2))
    assert len(many.children) == MOST_CHILDREN


def test_headers_have_a_limit():
    header = "X-Padding: nothing of interest\n"
    many = Entity(header * (2 * LONGEST_HEADERS // len(header)) + "\nthe body")
    assert len(many.headers) <= LONGEST_HEADERS // len(header) + 1
    assert many.text == "the body"


def test_ascii_is_no_text_yet_in_every_charset():
    seven_bits = Entity("Content-Type: text/plain; charset=utf-7\n\nperch+AOk-")
    escaped = Entity("Content-Type: text/plain\n\n\x1b$B%a!<%k\x1b(B")
    hidden = Entity("Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n=1B$B%a!<%k=1B(B")
    assert (seven_bits.text, escaped.text, hidden.text) == ("perché", "メール", "メール")


def test_a_message_inside_may_be_encoded():
    inner = b"U3ViamVjdDogaW5uZXIKCndvcmRz"
    entity = open_entity(b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + inner)
    assert entity.children[0].header("subject") == "inner"
