"""Pasted sources of pages and of Markdown read like what the screen showed."""

import pytest

from codes.bounce import read
from codes.bounce.html_text import text_of_html
from codes.bounce.plain import as_typed, plain_words

NOTICE = """Delivery has failed to these recipients or groups:

anna@example.com
The address was not found.

Remote Server returned '550 5.1.1 <anna@example.com>: User unknown'"""


@pytest.mark.parametrize(
    "text",
    [
        NOTICE.replace("<", "&lt;").replace(">", "&gt;"),
        "<div><p>"
        + NOTICE.replace("<", "&lt;").replace(">", "&gt;").replace("\n\n", "</p><p>").replace("\n", "<br>")
        + "</p></div><div></div>",
        NOTICE.replace("Delivery", "**Delivery**").replace(
            "anna@example.com\n", "[anna@example.com](mailto:anna@example.com)\n"
        ),
        NOTICE.replace("550 5.1.1", "550\xa05.1.1").replace("Server", "Ser\u200bver"),
        "> " + NOTICE.replace("\n", "\n> "),
    ],
    ids=["entities", "HTML", "Markdown", "unseen signs", "quoted"],
)
def test_the_words_are_read_whatever_they_are_wrapped_in(text):
    (delivery,) = read(text).deliveries
    assert (delivery.recipient, delivery.reply_code, delivery.enhanced_code) == ("anna@example.com", "550", "5.1.1")


def test_a_text_without_marks_is_left_alone():
    assert plain_words(NOTICE) == NOTICE


def test_a_chat_reads_like_what_was_pasted_into_it():
    lines = "".join(f"[23/11, 09:4{number % 10}] Anna B.: {line}\n" for number, line in enumerate(NOTICE.splitlines()))
    assert plain_words(lines).splitlines() == NOTICE.splitlines()


def test_what_one_pasted_whole_into_a_chat_is_parted_from_what_others_say():
    chat = "[10:02, 23/11/2026] Anna B.: torna questo\n[10:03, 23/11/2026] Anna B.: Non recapitato:\nanna@example.com"
    assert plain_words(f"{chat}\n[10:05, 23/11/2026] Ced: guardo").split("\n\n") == [
        "\ntorna questo",
        "Non recapitato:\nanna@example.com",
        "guardo",
    ]


def test_an_address_in_angle_brackets_is_no_tag():
    page = "<p>a</p><p>b</p><p><anna@example.com>: user unknown</p>"
    assert "<anna@example.com>: user unknown" in as_typed(page)


@pytest.mark.parametrize("page", ["<p>a</p><p>b</p><p>{}</p>", "{}"], ids=["page", "text"])
def test_what_entities_hide_is_not_seen_either(page):
    assert as_typed(page.format("550&#8203; 5.1.&#173;1 no&nbsp;user")).endswith("550 5.1.1 no user")


def test_a_page_whose_words_were_escaped_twice_reads_like_the_words():
    assert "<anna@example.com>: 550" in as_typed("<p>a</p><p>b</p><p>&amp;lt;anna@example.com&amp;gt;: 550 no</p>")


@pytest.mark.parametrize(
    "written",
    ["anna@example.com<mailto:anna@example.com>", "anna@example.com [mailto:anna@example.com]"],
)
def test_an_address_that_a_program_wrote_twice_is_one(written):
    assert as_typed(f"<{written}>: host mx said: 550 no") == "<anna@example.com>: host mx said: 550 no"


def test_empty_lines_behind_every_line_part_none():
    wide = "The mail system.\n\nI could not\n\ndeliver it:\n\n\n\n<anna@example.com>: 550\n\nno such\n\nuser here\n"
    assert (
        plain_words(wide)
        == "The mail system.\nI could not\ndeliver it:\n\n<anna@example.com>: 550\nno such\nuser here\n"
    )


def test_paragraphs_of_one_line_stay_apart():
    letter = "\n\n".join(f"Paragraph number {number}." for number in range(8))
    assert plain_words(letter) == letter


def test_nothing_but_line_ends_is_left_alone():
    assert plain_words("\n" * 100) == "\n" * 100


def test_of_a_page_with_thousands_of_tags_the_words_are_read():
    page = "<head><title>x</title></head><header>one</header><script>var a = '<b>';</script><p>two</p>" * 2000
    assert text_of_html(f"{page}<script>three").split() == [*("one", "two") * 2000, "three"]


def test_letters_that_a_program_spoilt_are_read_like_those_it_was_given():
    notice = "Die Zustellung Ihrer Nachricht an anna@example.com verzögert sich. Es wird weiter versucht."
    whole, spoilt = read(notice), read(notice.encode().decode("cp1252"))
    assert [one.outcome for one in whole.deliveries] == ["delayed"]
    assert spoilt == whole


def test_sentences_that_go_on_behind_empty_lines_were_spaced_out():
    wide = "<anna@example.com>: host mx.example.com\n\nsaid: 550 5.1.1 no mailbox\n\nby that name"
    assert plain_words(wide).splitlines() == wide.split("\n\n")


def test_a_form_s_one_line_is_parted_where_the_next_recipient_or_the_returned_mail_began():
    recipients = [f"<{name}@example.com>: host mx.example.com[192.0.2.1] said: 550 5.1.1 no" for name in "ab"]
    lines = ["This is the mail system at host mx.example.org. " + "It could not deliver your message. " * 5]
    lines = [lines[0].strip(), *recipients, "------ This is a copy of the message ------", "Received: from a by b"]
    assert plain_words(" ".join(lines)).splitlines() == lines


def test_an_address_that_markdown_links_to_itself_is_written_once():
    assert as_typed("to [anna@example.com](mailto:anna@example.com), 550 no") == "to anna@example.com, 550 no"
