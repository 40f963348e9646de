"""The words of a text as the index knows them: folded, without stop words, and stemmed as Italian and as English."""

import re
import unicodedata
from functools import lru_cache

import tantivy

from codes.knowledge.entries import LANGUAGES

STEMMERS = {"it": "italian", "en": "english"}
#: Codes stay whole; everything else is a run of letters or digits.
WORD_PATTERN = r"[245xX]\.\d{1,3}\.\d{1,3}|[245]xx\b|[\p{L}\p{M}\p{N}]+"
CODE = re.compile(r"[2-5]\d\d|[2-5]xx|[245x]\.\d{1,3}\.\d{1,3}")

ITALIAN = (
    "a ad agli ai al all alla alle allo anche c che chi ci come con cos cosa d da dagli dai dal dall dalla dalle dei "
    "degli del dell della delle dello di dice e ed gli ha ho i il in l la le lo ma mi ne negli nei nel nell nella "
    "nelle nello o per perche quando se si significa sono su sul sull sulla tra un una uno vuol dire"
)
ENGLISH = (
    "a about an and are as at be been by can did do does for from get got has have how i in is it its me mean means "
    "my of on or so t that the this to was what when which why with you your"
)
STOP_WORDS = tuple(sorted({*ITALIAN.split(), *ENGLISH.split()}))


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """Return a text in lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _analyser(language: str = "", stop: bool = True) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(WORD_PATTERN))
    builder = builder.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold())
    if stop:
        builder = builder.filter(tantivy.Filter.custom_stopword(list(STOP_WORDS)))
    if language:
        builder = builder.filter(tantivy.Filter.stemmer(STEMMERS[language]))
    return builder.build()


#: By language: what the index and the marks are made with. Accents go before the stemmer, else qualità and qualita
#: would never meet.
ANALYSERS = {language: _analyser(language) for language in LANGUAGES}
_SPLIT, _SPLIT_ALL = _analyser(), _analyser(stop=False)


def words_of(text: str) -> list[str]:
    """Return the folded words of a text without stop words; with them where nothing else is left."""
    plain = unicodedata.normalize("NFKC", text)
    return _SPLIT.analyze(plain) or _SPLIT_ALL.analyze(plain)


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """Return a word's stem in a language; the empty string for a stop word or no word."""
    stems = ANALYSERS[language].analyze(unicodedata.normalize("NFKC", word))
    return stems[0] if stems else ""


def stems_of(text: str, language: str) -> list[str]:
    """Return the stems of a text in a language."""
    return ANALYSERS[language].analyze(unicodedata.normalize("NFKC", text))
