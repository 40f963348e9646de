"""What somebody might send to break a server: each is answered, none with a fault of ours, and none is believed."""

import gzip
import io
import re
import socket
import urllib.parse
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache

import pytest

from tests.serve.installation import Server

SCRIPT = "<script>alert(1)</script>"
EDGE = "edge-of-the-form"
HEAD = "From: MAILER-DAEMON@mx.example.com\nTo: anna@example.org\nSubject: Undelivered\nMIME-Version: 1.0\n"
STATUS = "Final-Recipient: rfc822; {}@example.net\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no\n\n"


@pytest.fixture(scope="module")
def server(copy_of_first_run, tmp_path_factory) -> Iterator[Server]:
    started = Server(copy_of_first_run(tmp_path_factory.mktemp("hostile")))
    yield started.wait_until_listening()
    started.kill()


@pytest.fixture(scope="module")
def answers(server: Server) -> Callable[[str], tuple[int, str]]:
    """Return what a hostile request is answered; each is sent once."""
    return cache(lambda name: answer(server, HOSTILE[name][0]))


def answer(server: Server, request: bytes) -> tuple[int, str]:
    """Send the bytes of a request; return the status and the rest of the answer, status 0 where the line was cut."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        with suppress(BrokenPipeError, ConnectionResetError):  # it has answered already, or hung up
            line.sendall(request)
        received = b""
        with suppress(ConnectionResetError):
            while piece := line.recv(1 << 16):
                received += piece
    status = re.match(rb"HTTP/1\.[01] (\d{3})", received)
    return int(status[1]) if status else 0, received.decode(errors="replace")


def request(method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    fields = {"Host": "127.0.0.1", "Connection": "close"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    if body:
        fields.setdefault("Content-Length", str(len(body)))
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items() if value != "")]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def paste(text: str | bytes, **more: str) -> bytes:
    body = b"text=" + urllib.parse.quote_plus(text).encode()
    body += "".join(f"&{name}={urllib.parse.quote_plus(value)}" for name, value in more.items()).encode()
    return request("POST", "/en/explain/", body, Content_Type="application/x-www-form-urlencoded")


def form(*parts: tuple[str, bytes]) -> bytes:
    """Return a POST of a form; each part is what stands behind `form-data;`, and its content."""
    body = b"".join(
        f"--{EDGE}\r\nContent-Disposition: form-data; {name}\r\n\r\n".encode() + content + b"\r\n"
        for name, content in parts
    )
    body += f"--{EDGE}--\r\n".encode()
    return request("POST", "/en/explain/", body, Content_Type=f"multipart/form-data; boundary={EDGE}")


def upload(content: str | bytes, name: str = "bounce.eml") -> bytes:
    data = content.encode() if isinstance(content, str) else content
    return form((f'name="file"; filename="{name}"', data))


def nested(kind: str, depth: int) -> str:
    opened = "".join(f'Content-Type: multipart/{kind}; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return HEAD + opened + "Content-Type: text/plain\n\n550 5.1.1 User unknown\n"


def report(status: str) -> str:
    return (
        HEAD
        + 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        + "--b\nContent-Type: text/plain\n\nUndelivered.\n"
        + f"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.com\n\n{status}--b--\n"
    )


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bounce.eml", b"0" * (30 << 20))
    return packed.getvalue()


TAKEN = (200,)
SEEN = (200, 303)
REFUSED = (400, 413, 415)
NOT_HTTP = (0, 400, 405, 411, 413, 414, 431, 501, 505)

HOSTILE: dict[str, tuple[bytes, tuple[int, ...]]] = {
    # Mails
    "a thousand nested parts": (upload(nested("mixed", 1000)), TAKEN),
    "a thousand nested alternatives": (upload(nested("alternative", 1000)), TAKEN),
    "a mail in a mail, 500 times": (upload(HEAD + "Content-Type: message/rfc822\n\n" * 500 + "550 no"), TAKEN),
    "thirty thousand parts": (
        upload(HEAD + 'Content-Type: multipart/mixed; boundary="b"\n\n' + "--b\n\nx\n" * 30_000),
        TAKEN,
    ),
    "ten thousand recipients": (upload(report("".join(STATUS.format(f"a{n}") for n in range(10_000)))), TAKEN),
    "ten thousand recipients in a header": (
        upload(HEAD + "Cc: " + ",\n ".join(f"a{n}@example.net" for n in range(10_000)) + "\n\n550 5.1.1 no\n"),
        TAKEN,
    ),
    "a header of a megabyte": (upload(HEAD + "X-Long: " + "a" * (1 << 20) + "\n\n550 5.1.1 no\n"), TAKEN),
    "a megabyte of headers": (upload(HEAD + "X-Many: b\n" * 100_000 + "\n550 5.1.1 no\n"), TAKEN),
    "a header folded fifty thousand times": (upload(HEAD + "X-Folded: a\n" + " b\n" * 50_000 + "\n550 no\n"), TAKEN),
    "encoded words without end": (upload("Subject: " + "=?utf-8?q?=41?= " * 50_000 + "\n\n550 5.1.1 no\n"), TAKEN),
    "an encoded word that is none": (upload("Subject: =?utf-8?b?" + "=" * 10_000 + "?=\n\n550 5.1.1 no\n"), TAKEN),
    "an empty boundary": (upload(HEAD + 'Content-Type: multipart/report; boundary=""\n\n--\n550 no\n--\n'), TAKEN),
    "a boundary of a megabyte": (
        upload(HEAD + f'Content-Type: multipart/mixed; boundary="{"b" * (1 << 20)}"\n\n550 5.1.1 no\n'),
        TAKEN,
    ),
    "one boundary for two levels": (
        upload(HEAD + 'Content-Type: multipart/mixed; boundary="b"\n\n' * 50 + "--b\n\n550 no\n"),
        TAKEN,
    ),
    "parameters in ten thousand pieces": (
        upload(HEAD + "Content-Type: text/plain" + "".join(f"; a*{n}=b" for n in range(10_000)) + "\n\n550 no\n"),
        TAKEN,
    ),
    "an unknown charset": (upload("Content-Type: text/plain; charset=../../etc/passwd\n\n550 5.1.1 no\n"), TAKEN),
    "a charset that runs code": (upload("Content-Type: text/plain; charset=zlib_codec\n\n550 5.1.1 no\n"), TAKEN),
    "a charset with a null": (upload("Content-Type: text/plain; charset=utf-\x008\n\n550 5.1.1 no\n"), REFUSED),
    "UTF-7": (upload("Content-Type: text/plain; charset=utf-7\n\n+ADw-script+AD4-alert(1)+ADw-/script+AD4-"), TAKEN),
    "broken base64": (upload("Content-Transfer-Encoding: base64\n\n" + "@=" * 100_000), TAKEN),
    "base64 of ten megabytes": (upload(HEAD + "Content-Transfer-Encoding: base64\n\n" + "QUFB\n" * 2_000_000), TAKEN),
    "broken quoted-printable": (upload("Content-Transfer-Encoding: quoted-printable\n\n" + "=ZZ=" * 100_000), TAKEN),
    "HTML instead of text": (
        upload(HEAD + f"Content-Type: text/html\n\n<b>550 5.1.1</b>{SCRIPT}<img src=x onerror=alert(1)>"),
        TAKEN,
    ),
    "HTML a hundred thousand deep": (upload(HEAD + "Content-Type: text/html\n\n" + "<div>" * 100_000 + "550"), TAKEN),
    "entities that multiply": (
        upload(HEAD + 'Content-Type: text/html\n\n<!DOCTYPE x [<!ENTITY a "&b;&b;"><!ENTITY b "&a;&a;">]>&a; 550 no'),
        TAKEN,
    ),
    "PEC data with entities": (
        upload(
            HEAD
            + 'Content-Type: application/xml; name="daticert.xml"\n\n<?xml version="1.0"?>'
            + '<!DOCTYPE p [<!ENTITY e SYSTEM "file:///etc/passwd">]><postacert tipo="errore-consegna">&e;</postacert>'
        ),
        TAKEN,
    ),
    "a script for a recipient": (upload(report(STATUS.format(SCRIPT))), TAKEN),
    "a script for a reply": (paste(f"550 5.1.1 {SCRIPT}"), TAKEN),
    "a script in an attribute": (paste("550 5.1.1 \" onmouseover=alert(1) x='><img src=x onerror=alert(1)>"), TAKEN),
    "the end of the box": (paste(f"550 5.1.1 no </textarea></pre>{SCRIPT}"), TAKEN),
    "a link that runs": (paste("550 5.1.1 javascript:alert(1) see [here](javascript:alert(1))"), TAKEN),
    "a template": (paste("550 5.1.1 {{ settings.SECRET_KEY }} {% load x %} %(x)s {0.__class__}"), TAKEN),
    "a delivery status without end": (upload(report("Final-Recipient: rfc822;" + "a" * (1 << 20) + "\n\n")), TAKEN),
    "control characters": (paste("550 5.1.1 \x1b[31mred\x1b]0;title\x07 \x08\x08\x7f no"), TAKEN),
    "null characters": (paste("550 5.1.1 User\0unknown\0 for <anna@example.net>"), TAKEN),
    "characters that turn the direction": (paste("550 5.1.1 <\u202eanna@example.net\u2066> no such user"), TAKEN),
    "characters on characters": (paste("550 5.1.1 Z" + "\u0301" * 100_000), TAKEN),
    "half characters": (
        request(
            "POST", "/en/explain/", b"text=550+5.1.1+%ED%A0%80+no", Content_Type="application/x-www-form-urlencoded"
        ),
        TAKEN,
    ),
    "bytes that are no UTF-8": (
        request("POST", "/en/explain/", b"text=550+5.1.1+%FF%FE+no", Content_Type="application/x-www-form-urlencoded"),
        TAKEN,
    ),
    "one line of five megabytes": (paste("550 5.1.1 " + "a" * (5 << 20)), TAKEN),
    "a hundred thousand line ends": (paste("550 no\n" + "\r\n" * 100_000), TAKEN),
    "numbers only": (paste("550 " * 500_000), TAKEN),
    "at signs only": (paste("a@" * 500_000), TAKEN),
    "brackets only": (paste("550 " + "(<[" * 300_000), TAKEN),
    "a log of ten thousand lines": (
        paste(
            "".join(
                f"Nov 23 10:00:00 mx postfix/smtp[1]: {n:09X}: to=<a{n}@example.net>, "
                "relay=mx.example.net[192.0.2.1]:25, delay=1, dsn=5.1.1, status=bounced (550 5.1.1 no)\n"
                for n in range(10_000)
            )
        ),
        TAKEN,
    ),
    "numbers too long to be numbers": (paste("Status: 5." + "9" * 100_000 + ".1\nDelay: " + "9" * 100_000), SEEN),
    "JSON a hundred thousand deep": (paste("[" * 100_000 + "]" * 100_000), SEEN),
    "an event with a deep answer": (paste('{"event": "failed", "x": ' + '{"a":' * 50_000 + "1" + "}" * 50_001), SEEN),
    # Files
    "a zip bomb": (upload(bomb(), "bounce.zip"), REFUSED),
    "a gzip bomb": (upload(gzip.compress(b"0" * (30 << 20)), "bounce.gz"), REFUSED),
    "a zip bomb that says it is a mail": (upload(bomb()), REFUSED),
    "an Outlook file of noise": (
        upload(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 400, "a.msg"),
        REFUSED,
    ),
    "an Outlook file that points at itself": (
        upload(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 18 + b"\xff\xff\x09\0" + b"\0" * 2000, "a.msg"),
        REFUSED,
    ),
    "a file of nulls": (upload(b"\0" * 100_000), REFUSED),
    "a file name that climbs": (upload("550 5.1.1 no such user", "../../../../etc/cron.d/x"), TAKEN),
    "a file name of a script": (upload("550 5.1.1 no such user", SCRIPT.replace('"', "")), TAKEN),
    "a file too large": (upload(b"x" * (26 << 20)), REFUSED),
    "two files": (
        form(('name="file"; filename="a"', b"550 no"), ('name="file"; filename="b"', b"550 no")),
        REFUSED,
    ),
    "a paste too long": (paste("x" * (11 << 20)), REFUSED),
    # Forms
    "ten thousand fields": (
        request("POST", "/en/explain/", b"a=1&" * 10_000, Content_Type="application/x-www-form-urlencoded"),
        REFUSED,
    ),
    "ten thousand parts of a form": (form(*[('name="a"', b"1")] * 10_000), REFUSED),
    "a form without its end": (
        request("POST", "/en/explain/", b"--" + EDGE.encode(), Content_Type=f"multipart/form-data; boundary={EDGE}"),
        REFUSED,
    ),
    "a form without a boundary": (
        request("POST", "/en/explain/", b"text=1", Content_Type="multipart/form-data"),
        REFUSED,
    ),
    "a form of an unknown kind": (request("POST", "/en/explain/", b"{}", Content_Type="application/json"), REFUSED),
    "a form in an unknown charset": (
        request("POST", "/en/explain/", b"text=1", Content_Type="application/x-www-form-urlencoded; charset=nope"),
        (*REFUSED, 200, 303),
    ),
    "an example that there is not": (paste("550 5.1.1 no", example="../../etc/passwd"), SEEN),
    "a form of another site without a token": (
        request("POST", "/admin/login/", b"username=a&password=b", Content_Type="application/x-www-form-urlencoded"),
        (403,),
    ),
    "a way back to another site": (
        request(
            "POST", "/it/theme/", b"theme=dark&next=//evil.example/", Content_Type="application/x-www-form-urlencoded"
        ),
        (303,),
    ),
    # Addresses
    "a path that climbs": (request("GET", "/static/../../../../etc/passwd"), (400, 404)),
    "a path that climbs, encoded": (request("GET", "/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd"), (400, 404)),
    "a path with a null": (request("GET", "/it/codes/550%00/"), (404,)),
    "a path of bytes that are no UTF-8": (request("GET", "/it/codes/%ff%fe/"), (301, 400, 404)),
    "a script for a code": (request("GET", "/it/codes/%3Cscript%3Ealert(1)%3C%2Fscript%3E/"), (404,)),
    "a script for a question": (request("GET", "/it/search/?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E"), TAKEN),
    "a question with a null": (request("GET", "/it/search/?q=550%00casella"), TAKEN),
    "a question of sixty thousand letters": (request("GET", "/it/search/?q=" + "a" * 60_000), (200, *NOT_HTTP)),
    "a question of operators": (
        request("GET", "/it/search/?q=%22%28%29%5B%5D%2A%3F%7E%5E%3A%5C%2F%2B-AND+OR+NOT"),
        TAKEN,
    ),
    "an answer with a header of its own": (request("GET", "/it/search/?q=a%0d%0aSet-Cookie:%20x=y"), TAKEN),
    "a thousand fields in an address": (request("GET", "/it/search/?" + "q=a&" * 3000), (200, *NOT_HTTP)),
    "an address of a hundred thousand letters": (request("GET", "/" + "a" * 100_000), (404, *NOT_HTTP)),
    # HTTP
    "another host": (request("GET", "/it/", Host="evil.example"), (400,)),
    "no host": (request("GET", "/it/", Host=""), (200, 400)),
    "a host with a script": (request("GET", "/it/", Host=SCRIPT), (400,)),
    "another host, forwarded": (request("GET", "/it/", X_Forwarded_Host="evil.example"), TAKEN),
    "a forged address": (request("GET", "/metrics", X_Forwarded_For="203.0.113.9"), (404,)),
    "a cookie of noise": (
        request("GET", "/it/", Cookie="sessionid=" + "x" * 5000 + '; theme=\x01"><script>'),
        (200, 400),
    ),
    "languages without end": (request("GET", "/", Accept_Language="it;q=0.1," * 3000), (302, *NOT_HTTP)),
    "a language of noise": (request("GET", "/", Accept_Language="../../etc/passwd" + "-" * 400), (302,)),
    "tags without end": (request("GET", "/it/", If_None_Match='"a",' * 2000), (200, *NOT_HTTP)),
    "headers of a megabyte": (request("GET", "/it/", X_Long="a" * (1 << 20)), NOT_HTTP),
    "a method nobody knows": (request("BREW", "/it/"), (405, *NOT_HTTP)),
    "TRACE": (request("TRACE", "/it/"), (405, *NOT_HTTP)),
    "a length that is negative": (request("POST", "/en/explain/", Content_Length="-1"), NOT_HTTP),
    "two ways to tell the length": (
        request("POST", "/en/explain/", b"0\r\n\r\n", Transfer_Encoding="chunked", Content_Length="5"),
        (200, *NOT_HTTP),
    ),
    "chunks that are none": (
        request("POST", "/en/explain/", b"ZZ\r\nxx\r\n", Transfer_Encoding="chunked", Content_Length=""),
        NOT_HTTP,
    ),
    "no HTTP at all": (b"\x16\x03\x01\x02\x00" + bytes(range(256)) + b"\r\n\r\n", NOT_HTTP),
}


def test_there_are_many():
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_request_is_answered(answers, name: str):
    status, text = answers(name)
    assert status in HOSTILE[name][1], text[:300]
    for forbidden in (SCRIPT, "onerror=alert(1)>", "root:x:0", "evil.example", "Traceback", "only-for-tests"):
        assert forbidden not in text
    assert "\nset-cookie: x=y" not in text.lower()


def test_what_turns_the_direction_is_shown_by_its_number(answers):
    page = answers("characters that turn the direction")[1]
    assert "\u27e8U+202E\u27e9anna@example.net" in page
    assert not {"\u202e", "\u2066"} & set(page)


def test_ten_thousand_recipients_do_not_make_ten_thousand_blocks(answers):
    assert len(answers("ten thousand recipients")[1]) < 10 << 20


def test_the_server_is_well_after_all_of_it(server: Server):
    assert server.ask("/it/explain/", b"text=550+5.1.1+User+unknown")[0] == 200
    assert " 500 " not in server.complained
    assert "Incident" not in server.complained
    assert len(server.workers()) == 1
