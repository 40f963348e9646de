"""In which language a notice is written."""

from __future__ import annotations

import re

_STOP_WORDS: dict[str, frozenset[str]] = {
    "it": frozenset(
        "il lo la gli le di che non è per con una un del della dei nel sono stato questo messaggio alla dal".split()
    ),
    "en": frozenset(
        "the of and to was is not be this your that for with could from message has have been by are it".split()
    ),
    "de": frozenset(
        "der die das und nicht wurde ist sie ihre nachricht an den von zu konnte werden eine mit dem auf".split()
    ),
    "fr": frozenset(
        "le la les des une est pas votre message pour vous dans été que ne avec sur au aux nous cette du".split()
    ),
    "es": frozenset("el la los las una no se su mensaje para que por con del es ha fue más siguientes este al".split()),
    "pt": frozenset("o a os as um uma não foi sua mensagem para que por com do da é ao em seu este pelo".split()),
}

#: Characters in which a notice's language shows.
_LANGUAGE_SHOWS = 4000
#: Each stop word with its languages.
_LANGUAGES_OF = {
    word: tuple(language for language, words in _STOP_WORDS.items() if word in words)
    for word in frozenset[str]().union(*_STOP_WORDS.values())
}
#: Words of a sentence; the pieces of a host name or an address are none: ".com" is no Portuguese.
_WORD = re.compile(r"(?<![\w.@/-])[a-zà-ÿ']+(?![\w@/-]|\.\w)")
#: The same words of an ASCII text, faster: what is no letter becomes a blank, what joins the pieces of a name stays.
_LETTERS_ALONE = "".join(chr(code) if re.match(r"[a-z'.@/_-]", chr(code)) else " " for code in range(128))
_KANA = re.compile(r"[\u3040-\u30ff]")


def language_of(text: str) -> str | None:
    """Return the language of the words of a notice (it, en, de, fr, es, pt, ja), or None where they are too few."""
    if not text.isascii() and len(_KANA.findall(text[:5000])) > 10:
        return "ja"
    shown = text[:_LANGUAGE_SHOWS].lower()
    words = shown.translate(_LETTERS_ALONE).split() if shown.isascii() else _WORD.findall(shown)
    if len(words) < 4:
        return None
    counts = dict.fromkeys(_STOP_WORDS, 0)
    for languages in filter(None, map(_LANGUAGES_OF.get, words)):
        for language in languages:
            counts[language] += 1
    likeliest = max(counts, key=counts.__getitem__)
    return likeliest if counts[likeliest] >= 3 else None
