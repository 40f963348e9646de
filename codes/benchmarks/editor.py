"""An editor at work, over HTTP as a browser would be."""

from __future__ import annotations

import http.cookiejar
import time
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

NAME, PASSWORD = "anna", "una-password-lunga"


class _Turn(urllib.request.HTTPRedirectHandler):
    """Follows redirects, and notes when the last one came."""

    at = 0.0

    def redirect_request(self, *args: Any, **kwargs: Any) -> urllib.request.Request | None:
        self.at = time.monotonic()
        return super().redirect_request(*args, **kwargs)


class Editor:
    """Signed in at one server."""

    def __init__(self, root: str) -> None:
        self._root = root
        self.shown = ""
        self.sent = 0.0
        #: Seconds that the server took for what was saved last, without the page that came after it.
        self.saving = 0.0
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._turn = _Turn()
        self._opener = urllib.request.build_opener(cookies, self._turn)
        login = self._form("/admin/login/?next=/admin/", "#login-form")
        self._send("/admin/login/?next=/admin/", login | {"username": NAME, "password": PASSWORD})

    def title(self, row: int, title: str, kind: str = "replycode") -> bool:
        """Give an entry another Italian title; true where the server said that it was saved."""
        address = f"/admin/codes/{kind}/{row}/change/"
        try:
            form = self._form(address, "form[id$=_form]:not([id*=logout])")
            status = self._send(address, form | {"title_it": title, "_continue": "1"})
        except (OSError, HTTPException):  # a page that breaks off is no OSError; an answer of 500 is
            return False
        return status == 200 and self.shown == title

    def status(self, address: str) -> tuple[int, str]:
        try:
            with self._opener.open(self._root + address, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.read().decode()

    def _form(self, address: str, which: str) -> dict[str, str | list[str]]:
        """Return what a browser would send back of a form that nobody touched."""
        with self._opener.open(self._root + address, timeout=20) as answer:
            form = LexborHTMLParser(answer.read()).css_first(which)
        if form is None:
            raise OSError(f"{address} has no such form.")
        data: dict[str, str | list[str]] = {}
        for field in form.css("input[name], textarea[name], select[name]"):
            name, values = field.attributes["name"], _values(field)
            if values:
                data[name] = [*data.get(name, []), *values] if name in data else values
        return data

    def _send(self, address: str, data: dict[str, str | list[str]]) -> int:
        """Send a form; `shown` is then the title on the page that the server sent the browser on to."""
        body = urllib.parse.urlencode(data, doseq=True).encode()
        self.sent = time.monotonic()
        with self._opener.open(self._root + address, data=body, timeout=20) as answer:
            self.saving = self._turn.at - self.sent
            page = LexborHTMLParser(answer.read())
            field = page.css_first("[name=title_it]")
            is_saved = page.css_first(".messagelist .success") is not None
            self.shown = field.attributes.get("value") or field.text() if field and is_saved else ""
            return answer.status


def _values(field: LexborNode) -> list[str]:
    kind = field.attributes.get("type") or ""
    if field.tag == "textarea":
        return [field.text()]
    if field.tag == "select":
        return [option.attributes.get("value") or "" for option in field.css("option[selected]")]
    if kind in ("submit", "button", "file") or (kind in ("checkbox", "radio") and "checked" not in field.attributes):
        return []
    if kind == "checkbox":
        return [field.attributes.get("value") or "on"]  # what a browser sends for a box without a value
    return [field.attributes.get("value") or ""]
