"""What every page's frame needs."""

from typing import Any

from django.core.exceptions import DisallowedHost
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.functional import cached_property

from codes.knowledge.entries import Knowledge
from codes.views import visitor


class Site:
    """The frame of a page: computed on use, so that the admin and error pages pay for nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def knowledge(self) -> Knowledge:
        """The snapshot, or an empty one where the database does not answer: error pages still have a frame."""
        try:
            return visitor.knowledge_for(self._request)
        except DatabaseError:
            return Knowledge()

    @cached_property
    def editor(self) -> bool:
        """Whether the page shows the links to the admin."""
        try:
            return visitor.is_editor(self._request)
        except DatabaseError:
            return False

    @cached_property
    def preview(self) -> bool:
        """Whether the page stands beside the form of its entry: without scripts and frame, its links open elsewhere."""
        return visitor.is_preview(self._request)

    @cached_property
    def theme(self) -> str:
        """The value of data-theme, empty where the system decides."""
        return visitor.theme_of(self._request)

    @cached_property
    def language(self) -> str:
        """The language of the page."""
        return visitor.language_of_page()

    @cached_property
    def other_language(self) -> str:
        """The language that the switch leads to."""
        return visitor.other_language(self.language)

    @cached_property
    def origin(self) -> str:
        """Scheme and host; empty for a host that is not ours."""
        try:
            return f"{self._request.scheme}://{self._request.get_host()}"
        except DisallowedHost:
            return ""

    @cached_property
    def host(self) -> str:
        """The host, as short links are printed."""
        return self.origin.partition("://")[2]

    @cached_property
    def path(self) -> str:
        """The page's path without its language: "/codes/550/"."""
        path = self._request.path
        return path[3:] if path.startswith(("/it/", "/en/")) else "/"

    @cached_property
    def query(self) -> str:
        """The query string with its question mark, for the language switch."""
        query = self._request.META.get("QUERY_STRING", "") if self._request.method == "GET" else ""
        return f"?{query}" if query else ""


def site(request: HttpRequest) -> dict[str, Any]:
    """Give templates the frame, as `site`."""
    return {"site": Site(request)}
