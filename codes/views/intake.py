"""What a reader hands in: read within limits, kept in memory, never written anywhere."""

import codecs
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from codes.bounce.compound_file import SIGNATURE

MEGABYTE = 1024 * 1024
FILE_LIMIT = 25 * MEGABYTE
PASTE_LIMIT = 10 * MEGABYTE
#: A text up to this length goes back into the box, and is offered again in the other language.
KEEP_LIMIT = 200 * 1024
#: A body up to this length is read to its end, so that the browser sees our sentence; beyond it the line is cut.
DRAIN_LIMIT = 64 * MEGABYTE

PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")
ZIP = b"PK\x03\x04"
OTHER_BINARIES = (b"%PDF", ZIP, b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"MZ", b"\x7fELF")
#: Text files that begin with a mark of their encoding.
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

EMPTY = _("The box is empty. Paste a bounce, a log line or a code.")
FILE_TOO_LARGE = _("The file is larger than 25 MB. Save the bounce without the mail it carries, or paste its text.")
PASTE_TOO_LARGE = _(
    "The text is longer than 10 MB. Paste only the notice, without attachments; Back brings your text back."
)
PICTURE = _("This is a picture, and we cannot read pictures. Select the text and paste it, or save the mail as a file.")
BINARY = _("This file is not a mail and not a text. Save the bounce as .eml or .msg, or paste its text.")
BROKEN_FORM = _("The form arrived incomplete. Please send it again.")


class Refused(Exception):
    """The input cannot be taken; the message is one sentence for the reader."""

    def __init__(self, message: str | Promise, status: int, text: str = "") -> None:
        super().__init__(status)
        self.message = message
        self.status = status
        self.text = text


class BoundedMemoryUploadHandler(FileUploadHandler):
    """Keeps one upload in memory and stops at FILE_LIMIT; a bounce is personal data and never touches a disk."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 (Django passes it by this name)
        content_length: int,
        boundary: bytes,
        encoding: str | None = None,
    ) -> None:
        """Remember how long the whole body is."""
        self._body_length = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._chunks = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a chunk, or stop the upload and leave a note on the request."""
        if start + len(raw_data) > FILE_LIMIT:
            self._chunks = BytesIO()
            self.request.META[TOO_LARGE] = True
            raise StopUpload(connection_reset=self._body_length > DRAIN_LIMIT)
        self._chunks.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Return the whole file."""
        self._chunks.seek(0)
        return InMemoryUploadedFile(
            self._chunks,
            self.field_name,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )


#: Note that the upload handler leaves in the request's META.
TOO_LARGE = "rimbalzo.upload_too_large"


@dataclass(frozen=True, slots=True)
class Submission:
    """What was handed in: `data` to be read, `text` to go back into the box (empty where it is too long)."""

    data: bytes | str
    text: str
    is_file: bool
    #: What a file is called.
    name: str = ""


def submission(request: HttpRequest, archives: bool = False) -> Submission:
    """Return what the form carries; raises Refused with a sentence and a status. `archives` takes a zip too."""
    try:
        form, files = request.POST, request.FILES
    except RequestDataTooBig:
        raise Refused(PASTE_TOO_LARGE, 413) from None
    except (MultiPartParserError, UnreadablePostError, SuspiciousOperation, UnicodeError):
        raise Refused(BROKEN_FORM, 400) from None
    text = form.get("text", "")
    if request.META.get(TOO_LARGE):
        raise Refused(FILE_TOO_LARGE, 413, kept(text))
    file = files.get("file")
    if file is not None and file.size:
        return _of_file(file.read(), kept(text), file.name or "", archives)
    return of_text(text)


def of_text(text: str) -> Submission:
    """Take a text; raises Refused where it is empty or too long."""
    if len(text) > PASTE_LIMIT or len(text.encode(errors="replace")) > PASTE_LIMIT:
        raise Refused(PASTE_TOO_LARGE, 413)
    if not text.strip():
        raise Refused(EMPTY, 400)
    return Submission(text, kept(text), is_file=False)


def kept(text: str) -> str:
    """Return a text that may go back into the page, or nothing where it is too long."""
    return text if len(text) <= KEEP_LIMIT and len(text.encode(errors="replace")) <= KEEP_LIMIT else ""


def _of_file(content: bytes, pasted: str, name: str, archives: bool) -> Submission:
    """Take a file that is a mail or a text; raises Refused for any other."""
    if content.startswith(SIGNATURE) or (archives and content.startswith(ZIP)):
        return Submission(content, "", is_file=True, name=name)  # bytes cannot go back into the box
    if content.startswith(PICTURES):
        raise Refused(PICTURE, 415, pasted)
    for mark, encoding in MARKS:
        if content.startswith(mark):
            text = content.decode(encoding, errors="replace")
            return Submission(text, kept(text), is_file=True, name=name)
    if content.startswith(OTHER_BINARIES) or b"\0" in content[: 64 * 1024]:
        raise Refused(BINARY, 415, pasted)
    if not content.strip():
        raise Refused(EMPTY, 400, pasted)
    again = kept(_decoded(content)) if len(content) <= KEEP_LIMIT else ""
    return Submission(content, again, is_file=True, name=name)


def _decoded(content: bytes) -> str:
    """Return a file as text, to be pasted again: UTF-8 where it is, else one character a byte."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
