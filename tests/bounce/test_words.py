"""The words of notices: what they tell besides the delivery."""

from codes.bounce import words
from codes.bounce.language import language_of


def test_the_end_of_a_host_name_is_no_word_of_a_language():
    line = "Delivered via mx1.example.com, mx2.example.com, mx3.example.com and mx4.example.com by relay.example.com"
    assert language_of(line) != "pt"


def test_the_point_inside_an_address_ends_no_sentence():
    assert words.NOTICE.search("La remise à anna@example.com, pour l'instant, a échoué")
    assert not words.NOTICE.search("La remise des prix est demain. Le train a échoué")
