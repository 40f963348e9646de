"""What is kept of a reply says nothing about anybody."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes.counting.masking import example_of, pattern_of, shape_of
from codes.knowledge.matcher import Pattern, normalised

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
label = st.text(LETTERS + "0123456789-", min_size=1, max_size=12).filter(lambda text: text[0] != "-" != text[-1])
host = st.builds(
    lambda labels, top: ".".join([*labels, top]),
    st.lists(label, min_size=1, max_size=4),
    st.text(LETTERS, min_size=2, max_size=6),
)
local = st.text(LETTERS + "0123456789.!#$%&'*+/=?^_`{|}~-àéü", min_size=1, max_size=20)
address = st.builds("{}@{}".format, local, host)
ip = st.ip_addresses().map(str)
number = st.integers(min_value=1000).map(str)
personal = st.one_of(address, host, ip, number)
FRAMES = """
<%> % (%) [%] '%' "%" «%» %: %, %. to=% user:% host/% -% +% #% <%>... [%]:25 ip=%; mailto:% (%:25) %! smtp;% 250-% 550-%
"""
frame = st.sampled_from([frame.replace("%", "{}") for frame in FRAMES.split()])
words = st.lists(
    st.sampled_from("550 5.1.1 user unknown the mailbox of is full said 421-4.7.0 utente".split()), max_size=6
)


@given(before=words, value=personal, frame=frame, after=words)
def test_no_address_host_ip_or_long_number_survives(before, value, frame, after):
    reply = " ".join([*before, frame.format(value), *after])
    shape = shape_of(reply)
    assert value.lower() not in shape.lower()
    assert "@" not in shape
    assert not re.search(r"\d{4}", shape)
    assert not re.search(r"\d+\.\d+\.\d+\.\d+", shape)


@given(st.text(max_size=200))
def test_any_text_has_a_shape_without_addresses_or_long_numbers(text):
    shape = shape_of(text)
    assert "@" not in shape
    assert not re.search(r"\d{4}", shape)
    assert len(shape) <= 300


@given(st.lists(personal, min_size=2, max_size=4), st.sampled_from([" ", ", ", "/", ";", "|", "-", " - "]))
def test_several_side_by_side_are_masked_too(values, between):
    shape = shape_of(f"550 refused {between.join(values)} here").lower()
    assert [value for value in values if value.lower() in shape] == []


@pytest.mark.parametrize(
    ("reply", "shape"),
    [
        ("550 5.1.1 <mario.rossi@example.it>: no such user", "550 5.1.1 <{address}>: no such user"),
        ("550-5.7.1 Go away 550-5.7.1 192.0.2.7 now", "550 5.7.1 Go away {ip} now"),
        ("451 4.7.1 try again in 300 seconds", "451 4.7.1 try again in {number} seconds"),
        ("550 user 'rossi' gone", "550 user '{name}' gone"),
        ("550 call +39 432 555 512 for help", "550 call {number} for help"),
        ("554 see https://example.org/?ip=192.0.2.1", "554 see {link}"),
        ("421 mx1.example.org id=4gQxZ71k closing", "421 {host} id={id} closing"),
        ("550 Wed, 25 Nov 2026 10:00:00 +0100 closed", "550 {number} closed"),
        ('550 "mario rossi"@example.it or uucp!rossi@example.it unknown', "550 {address} or {address} unknown"),
        ("452 disk/quota full at /var/mail/rossi", "452 disk/quota full at {id}"),
    ],
)
def test_words_and_codes_stay(reply, shape):
    assert shape_of(reply) == shape


def test_names_of_the_parties_go_even_where_they_look_like_words():
    shape = shape_of("550 Mailbox of Rossi at liber refused", ["mario.rossi@liber.example"])
    assert shape == "550 Mailbox of {name} at {name} refused"


def test_a_pattern_made_from_a_shape_finds_the_reply():
    reply = "550 5.1.1 <mario.rossi@example.it>: nobody of that name works at mx1.example.it any more"
    shape = shape_of(reply)
    pattern = Pattern(pattern_of(shape))
    pattern.check()
    assert pattern.find(normalised(reply)) and pattern.find(normalised(example_of(shape)))
    assert "rossi" not in example_of(shape)
