"""Notices and logs tell the same however they were pasted: quoted, indented, as HTML, in a letter, in broken lines."""

from base64 import encodebytes
from collections.abc import Callable
from contextlib import suppress
from html import escape
from pathlib import Path
from textwrap import fill

import pytest

from codes.bounce import Report, UnreadableInput, read
from codes.bounce.mail import open_mail
from codes.bounce.told import names_something

SAMPLES = Path(__file__).with_name("samples")
SIGNATURE = (
    "\n\nGrazie mille\n--\nMario Bianchi\nUfficio acquisti\nTel. 0550 5501234 - interno 554\n"
    "mario.bianchi@azienda.example\nwww.azienda.example\n"
)
HEADER = (
    "\nDa: Mail Delivery System <MAILER-DAEMON@mx.azienda.example>\nInviato: lunedì 23 novembre 2026 10:12\n"
    "A: Mario Bianchi <mario.bianchi@azienda.example>\nOggetto: Undelivered Mail Returned to Sender\n\n"
)
SENDER = "Mail Delivery System <MAILER-DAEMON@mx.azienda.example>"
LAYOUTS = {
    "quoted": lambda words: "".join(f"> {line}" for line in words.splitlines(keepends=True)),
    "indented": lambda words: "".join(f"    {line}" for line in words.splitlines(keepends=True)),
    "with entities": escape,
    "as HTML": lambda words: "<div>" + escape(words).replace("\n", "<br>\n") + "</div>",
    "with an empty line below each": lambda words: words.replace("\n", "\n\n"),
    "in a letter": lambda words: f"Buongiorno, non riesco a mandare la mail, mi torna questo:\n\n{words}{SIGNATURE}",
    "in a chat": lambda words: (
        "[10:02, 23/11/2026] Anna Verdi: torna questo\n[10:03, 23/11/2026] Anna Verdi: "
        f"{words}\n[10:05, 23/11/2026] Ced: guardo"
    ),
    "forwarded by Thunderbird": lambda words: (
        "cosa vuol dire?\n\n-------- Messaggio Inoltrato --------\nOggetto: \tUndelivered Mail Returned to Sender\n"
        f"Data: \tMon, 23 Nov 2026 10:12:05 +0100 (CET)\nMittente: \t{SENDER}\n"
        f"A: \tmario.bianchi@azienda.example\n\n\n{words}"
    ),
    "forwarded below a ruler": lambda words: (
        f"Ciao\n\n________________________________\nVon: {SENDER}\nGesendet: Montag, 23. November 2026 10:12\n"
        f"An: mario.bianchi@azienda.example <mario.bianchi@azienda.example>\nBetreff: Undelivered Mail\n\n{words}"
    ),
    "answered": lambda words: (
        f"Please advise.\n\nOn Mon, Nov 23, 2026 at 10:12 AM {SENDER}\nwrote:\n\n{LAYOUTS['quoted'](words)}"
    ),
    "on a screen": lambda words: (
        f"Undelivered Mail Returned to Sender\nPosta in arrivo\n\n{SENDER}\t\nlun 23 nov, 10:12\t\na me\n\n"
        f"{words}\n\nRispondi\nInoltra"
    ),
    "in a ticket": lambda words: (
        f"### Problema\n\nL'utente riceve:\n\n```text\n{words}\n```\n\n**Utente:** mario.bianchi@azienda.example"
    ),
    "forwarded": lambda words: f"Ciao, mi è tornata indietro questa mail, cosa faccio?{SIGNATURE}{HEADER}{words}",
}


def told(report: Report) -> set[tuple[str | None, str | None, str | None]]:
    return {((one.recipient or "").lower(), one.reply_code, one.enhanced_code) for one in report.deliveries}


def words_of_notices() -> list[tuple[str, str]]:
    """The words of each sample mail that are a notice by themselves."""
    found = []
    for path in sorted(SAMPLES.glob("*.eml")):
        words = open_mail(path.read_bytes()).text
        try:
            report = read(words)
        except UnreadableInput:
            continue
        if report.kind == "notice" and report.is_bounce and any(map(names_something, report.deliveries)):
            found.append((path.name, words))
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_notice_tells_the_same_in_another_layout(layout):
    notices = words_of_notices()
    differing = [name for name, words in notices if told(read(LAYOUTS[layout](words))) != told(read(words))]
    assert len(notices) > 50
    assert differing == []


#: The receipt's words name another recipient than the report beside it; Haraka's words end above what was answered.
WORDS_THAT_DIFFER = ("pec-errore-consegna-smtp-reply.eml", "haraka.eml")


def mails_and_their_words() -> list[tuple[str, Report, str, Report]]:
    """Each sample mail that tells of a refusal, its words, and what these tell by themselves."""
    found = []
    for path in sorted(SAMPLES.glob("*.eml")):
        mail, words = read(path.read_bytes()), open_mail(path.read_bytes()).text
        if mail.is_bounce and words.strip() and path.name not in WORDS_THAT_DIFFER:
            found.append((path.name, mail, words, read(words)))
    return found


def test_the_words_of_a_notice_name_nobody_else_than_the_whole_mail():
    named = {
        name: {one.recipient.lower() for one in alone.deliveries if one.recipient and one.outcome != "delivered"}
        - {(other or "").lower() for one in mail.deliveries for other in (one.recipient, one.original_recipient)}
        for name, mail, _words, alone in mails_and_their_words()
    }
    expanded = ("exim-with-report.eml", "sendmail8-transcript.eml")  # the report names the alias, the words whose it is
    assert len(named) > 100
    assert {name: others for name, others in named.items() if others and name not in expanded} == {}


def test_the_words_of_a_notice_tell_the_reply_code_that_the_whole_mail_tells():
    differing = []
    for name, mail, words, alone in mails_and_their_words():
        codes = {(one.recipient or "").lower(): one.reply_code for one in alone.deliveries}
        for one in mail.deliveries:
            told = codes.get((one.recipient or "").lower(), one.reply_code)
            if one.reply_code and one.reply_code in words and told != one.reply_code:
                differing.append(name)
    assert differing == []


def broken(log: str) -> str:
    """A log as a mail program sends it on: no line is wider than ninety characters."""
    return "\n".join(fill(line, 90, break_long_words=False, break_on_hyphens=False) for line in log.splitlines())


def each_line(form: str) -> Callable[[str], str]:
    """A layout that writes each line in a form, with its number where that has one."""
    return lambda log: "\n".join(form.format(number, line) for number, line in enumerate(log.splitlines(), 1))


LAYOUTS_OF_LOGS = {
    "numbered by grep": each_line("{0}:{1}"),
    "numbered by an editor": each_line("{0:6}\t{1}"),
    "in a table": each_line("| {1} |"),
    "from docker compose": each_line("mailserver-1  | {1}"),
    "below a prompt": lambda log: f"root@mx1:~# grep 4FxYz /var/log/mail.log\n{log}\nroot@mx1:~# ",
    "in a fence of code": lambda log: f"Ciao, dal log vedo questo:\n\n```\n{log}\n```\nGrazie",
    "broken at blanks": broken,
    "laid out on a page": lambda log: f"<html><body><pre>{escape(log)}</pre></body></html>",
    **{name: LAYOUTS[name] for name in ("quoted", "indented", "with entities", "as HTML", "in a letter")},
}


@pytest.mark.parametrize("layout", LAYOUTS_OF_LOGS)
def test_a_log_tells_the_same_in_another_layout(layout):
    logs = [(path.name, path.read_text()) for path in sorted(SAMPLES.glob("*.log"))]
    if layout in ("in a letter", "laid out on a page"):  # lists of queues and tables of panels as well
        texts = [(path.name, path.read_text()) for path in sorted(SAMPLES.glob("*.txt"))]
        logs += [(name, text) for name, text in texts if read(text).kind == "log"]
    if layout == "broken at blanks":  # whether a piece of a row or of an object goes on does not show
        logs = [(name, log) for name, log in logs if not name.startswith(("exchange-tracking", "docker-json"))]
    differing = [name for name, log in logs if told(read(LAYOUTS_OF_LOGS[layout](log))) != told(read(log))]
    assert len(logs) > 30
    assert differing == []


LETTER = """\
Return-Path: <mario.bianchi@azienda.example>
Date: Mon, 23 Nov 2026 10:12:05 +0100 (CET)
From: Mario Bianchi <mario.bianchi@azienda.example>
Subject: problema con una mail
To: helpdesk@azienda.example
Content-Type: text/plain; charset=utf-8

Buongiorno, mi torna questo, cosa devo fare?

{}

Grazie
Mario Bianchi
"""


@pytest.mark.parametrize("kind", ["notice", "reply", "log", "transcript", "event"])
def test_what_somebody_pasted_into_a_mail_tells_the_same(kind):
    texts = [(path.name, path.read_text()) for path in sorted(SAMPLES.glob("*.txt"))]
    pasted = [(name, text) for name, text in texts if read(text).kind == kind and read(text).is_bounce]
    differing = [name for name, text in pasted if told(read(LETTER.format(text).encode())) != told(read(text))]
    assert len(pasted) > 7
    # another letter with a signature of its own
    assert [name for name in differing if name != "signature-with-register-de.txt"] == []


def test_the_notice_that_somebody_attached_counts_more_than_what_they_say_of_it():
    notice = (SAMPLES / "exim-without-report.eml").read_text()
    letter = LETTER.replace("text/plain; charset=utf-8", 'multipart/mixed; boundary="edge"').format(
        "\n--edge\nContent-Type: text/plain\n\nMi torna indietro con errore 554.\n"
        f"--edge\nContent-Type: message/rfc822\n\n{notice}\n--edge--"
    )
    assert told(read(letter.encode())) == told(read(notice.encode()))


ATTACHED = LETTER.replace("text/plain; charset=utf-8", 'multipart/mixed; boundary="=_letter"').format(
    "\n--=_letter\nContent-Type: text/plain\n\nMi torna indietro con errore 550.\n--=_letter\nContent-Type: {}\n\n{}\n"
    "--=_letter--"
)
MAIL_FILE = (
    'application/octet-stream; name="Undelivered.eml"\nContent-Transfer-Encoding: base64\n'
    'Content-Disposition: attachment; filename="Undelivered.eml"'
)
LAYOUTS_OF_MAILS = {
    "attached": lambda source: ATTACHED.format("message/rfc822", source),
    "attached as a file": lambda source: ATTACHED.format(MAIL_FILE, encodebytes(source.encode()).decode()),
    "below a greeting": lambda source: f"Ecco il sorgente del messaggio:\n\n{source}",
    "in a fence of code": lambda source: f"Ciao,\n\n```\n{source}\n```\n",
    "quoted": LAYOUTS["quoted"],
    "indented": LAYOUTS["indented"],
    "copied from the source of a page": escape,
    "padded by a page": each_line("{1} "),
}
#: Neither who sent them nor their parts tell what they are, or lines on which something hangs.
ONLY_WHOLE = (
    "base64-dsn-reversed.eml",
    "no-status-part.eml",
    "coremail-163.eml",
    "qq-zh.eml",
)


@pytest.mark.parametrize("layout", LAYOUTS_OF_MAILS)
def test_a_mail_tells_the_same_below_words_quoted_or_attached(layout):
    differing = []
    for path in sorted(SAMPLES.glob("*.eml")):
        with suppress(UnicodeDecodeError):
            source = path.read_text(encoding="utf-8")
            report = read(source.encode())
            if report.is_bounce and path.name not in ONLY_WHOLE:
                changed = read(LAYOUTS_OF_MAILS[layout](source).encode())
                differing += [path.name] if told(changed) != told(report) else []
    assert differing == []


#: And what may spoil a text: a ticket makes a list of it, a form drops the ends of its lines, a chat cuts it.
SPOILING = {
    "indented below a greeting": lambda text: "Hi all,\n\n" + LAYOUTS["indented"](text),
    "a list": lambda text: "".join(f"- {line}" for line in text.splitlines(keepends=True)),
    "on one line": lambda text: " ".join(text.split()),
    "the first half": lambda text: text[: len(text) // 2],
    "the second half": lambda text: text[len(text) // 2 :],
    "cut short on every line": lambda text: "\n".join(line[: len(line) * 2 // 3] for line in text.splitlines()),
}


@pytest.mark.parametrize("layout", [*LAYOUTS, *SPOILING])
def test_no_layout_of_a_sample_makes_the_reader_fail(layout):
    for path in SAMPLES.iterdir():
        if path.suffix != ".msg":
            with suppress(UnreadableInput):
                read((LAYOUTS | SPOILING)[layout](path.read_text(encoding="utf-8", errors="replace")))
