"""Damaged and hostile files of Outlook: refused in one way, and soon."""

import random

import pytest

from codes.bounce import UnreadableInput, read
from codes.bounce.compound_file import SIGNATURE, CompoundFile, DamagedFileError
from tests.outlook_files import ANNA, REPLY, STATUS, mail, report


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:600],
        lambda data: data[: len(data) // 2],
        lambda data: SIGNATURE + b"\0" * 600,
        lambda data: SIGNATURE,
        lambda data: data.replace("__properties_version1.0".encode("utf-16-le"), b"x" * 46),
        lambda data: data[:48] + b"\xf0\xff\xff\xff" + data[52:],
    ],
)
def test_a_damaged_file_says_so(damage):
    with pytest.raises(UnreadableInput) as caught:
        read(damage(mail().to_bytes()))

    assert caught.value.code == "outlook"


def test_another_program_s_compound_file_is_no_mail():
    data = mail().to_bytes()
    for name in ("__properties", "__substg", "__nameid"):
        data = data.replace(name.encode("utf-16-le"), ("Word" + name[4:]).encode("utf-16-le"))

    with pytest.raises(UnreadableInput) as caught:
        read(data)

    assert caught.value.code == "binary"


def test_mutated_files_are_read_or_refused():
    generator = random.Random(7)
    made = mail()
    made.add_attachment("ATT00001", STATUS.encode(), mime_type="message/delivery-status")
    made.add_embedded_message_attachment(mail())
    good = [made.to_bytes(), report({0x3003: ANNA, 0x0C1B: f"<mx #5.1.1 smtp;{REPLY}>", 0x0C20: 511}, p1001="x")]
    codes = set()
    for number in range(300):
        data = bytearray(good[number % 2])
        for _ in range(generator.choice((1, 4, 30, 300))):
            data[generator.randrange(8, len(data))] = generator.choice((0, 255, generator.randrange(256)))
        codes.add(outcome(bytes(data[: generator.randrange(600, len(data))] if number % 5 == 0 else data)))

    assert {"", "outlook"} <= codes <= {"", "outlook", "outlook-item", "binary"}


def outcome(data: bytes) -> str:
    """Return why a file cannot be read, or nothing."""
    try:
        read(data)
    except UnreadableInput as error:
        return error.code
    return ""


def test_a_chain_that_runs_in_a_circle_ends():
    data = bytearray(mail("x" * 20_000).to_bytes())
    table = int.from_bytes(data[76:80], "little")
    start = (table + 1) * 512
    data[start : start + 512] = b"\x01\0\0\0" * 128

    with pytest.raises(UnreadableInput):
        read(bytes(data))


def test_a_stream_larger_than_the_file_is_refused():
    file = CompoundFile(report({0x3003: ANNA}))
    entry = file.root.entries["__properties_version1.0"]

    with pytest.raises(DamagedFileError):
        file.content(type(entry)(entry.name, entry.kind, 0, 0, 0, entry.start, 2**31))


def test_a_list_of_sectors_that_runs_in_a_circle_ends():
    data = bytearray(report({0x3003: ANNA}))
    data[68:72] = b"\0\0\0\0"  # more of the list stands in the first sector,
    data[512 + 508 : 512 + 512] = b"\0\0\0\0"  # and goes on there

    with pytest.raises(DamagedFileError):
        CompoundFile(bytes(data))


def test_streams_that_share_their_bytes_do_not_multiply_them():
    file = CompoundFile(report({0x3003: ANNA}))
    entry = file.root.entries["__properties_version1.0"]

    with pytest.raises(DamagedFileError):
        [file.content(entry) for _ in range(1000)]
