"""Suggestions while somebody types into a box: what opens at once, then what a search finds."""

import re

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from codes.knowledge.entries import Knowledge
from codes.search import index_of
from codes.search.documents import Document
from codes.search.query import Query
from codes.views import visitor
from codes.views.asked import QUOTES, asked, searchable
from codes.views.errors import wrong_method
from codes.views.published import page
from codes.views.searching import Show

MOST, SHORTEST, LONGEST_STUMP = 7, 2, 2
#: What somebody has typed of a code: "55", "5.1", "5.1.", "x.7".
BEGINNING_OF_CODE = re.compile(r"[2-5]\d{0,2}|[245x]\.(\d{1,3}(\.\d{0,3})?)?", re.IGNORECASE)


@csrf_exempt
def suggestions(request: HttpRequest) -> HttpResponse:
    """Return a list of options for what is in the box so far.

    It comes as a POST, so that no address and no log ever holds what somebody typed; it changes nothing.
    """
    if request.method != "POST":
        return wrong_method(request, ("POST",))
    typed = request.POST.get("text") or request.POST.get("q") or ""
    knowledge = visitor.knowledge_for(request)
    language = visitor.language_of_page()
    index = index_of(knowledge)
    found, query = _suggested(knowledge, index.documents, typed)
    words = searchable(_without_stump(typed))
    if not found and len(words) >= SHORTEST:
        results = index.search(words, language)
        found, query = [hit.document for hit in results.hits[:MOST]], results.query
    show = Show(index.knowledge, query, language, brief=True)
    return page(request, "suggestions.html", {"options": [show(document) for document in found], "words": words})


def _without_stump(typed: str) -> str:
    """Leave out the first letters of a word that has just been begun, as long as they could become any word."""
    before, _blank, last = typed.lstrip().rpartition(" ")
    return before if before.strip() and 0 < len(last) <= LONGEST_STUMP and last.isalpha() else typed


def _suggested(knowledge: Knowledge, documents: list[Document], typed: str) -> tuple[list[Document], Query]:
    """Return the codes that what is typed names, or begins."""
    plain = typed.strip(QUOTES.replace(".", "")).lower()
    wanted = asked(typed)
    if wanted.kind == "code":
        plain = wanted.code
    elif not (len(plain) >= SHORTEST and BEGINNING_OF_CODE.fullmatch(plain)):
        return [], Query(())
    codes = [document for document in documents if document.kind == "code" and document.key.startswith(plain)]
    codes.sort(key=lambda document: (document.key != plain, -document.boost, len(document.key), document.key))
    return codes[:MOST], Query(())
