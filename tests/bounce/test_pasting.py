"""A notice tells the same however its words were pasted: quoted, indented, forwarded, as HTML, between a letter's."""

from html import escape
from pathlib import Path

import pytest

from codes.bounce import Report, UnreadableInput, read
from codes.bounce.mail import open_mail

SAMPLES = Path(__file__).with_name("samples")
SIGNATURE = (
    "\n\nGrazie mille\n--\nMario Bianchi\nUfficio acquisti\nTel. 0550 5501234 - interno 554\n"
    "mario.bianchi@azienda.example\nwww.azienda.example\n"
)
HEADER = (
    "\nDa: Mail Delivery System <MAILER-DAEMON@mx.azienda.example>\nInviato: lunedì 23 novembre 2026 10:12\n"
    "A: Mario Bianchi <mario.bianchi@azienda.example>\nOggetto: Undelivered Mail Returned to Sender\n\n"
)
LAYOUTS = {
    "quoted": lambda words: "".join(f"> {line}" for line in words.splitlines(keepends=True)),
    "indented": lambda words: "".join(f"    {line}" for line in words.splitlines(keepends=True)),
    "with entities": escape,
    "as HTML": lambda words: "<div>" + escape(words).replace("\n", "<br>\n") + "</div>",
    "with an empty line below each": lambda words: words.replace("\n", "\n\n"),
    "in a letter": lambda words: f"Buongiorno, non riesco a mandare la mail, mi torna questo:\n\n{words}{SIGNATURE}",
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
        if report.kind == "notice" and report.is_bounce:
            found.append((path.name, words))
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_notice_tells_the_same_in_another_layout(layout):
    notices = words_of_notices()
    differing = [name for name, words in notices if told(read(LAYOUTS[layout](words))) != told(read(words))]
    assert len(notices) > 50
    assert differing == []
