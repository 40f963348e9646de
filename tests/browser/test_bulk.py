"""Many at once: what the page's modules promise, and what the page does with files of all kinds."""

import csv
import io
import json
import zipfile

import pytest
from playwright.sync_api import Page, expect

from codes.bounce.files import messages
from codes.views import limits
from tests.many_mails import archive, mailbox, mails

MEGABYTE = 1 << 20


@pytest.fixture(autouse=True)
def _full_shares():
    limits.explanations.forget()


@pytest.fixture
def module(page: Page, site):
    """Return a function that runs JavaScript with a module of the page, on bytes that Python made."""

    def run(name: str, code: str, content: bytes = b""):
        if not page.url.startswith(site):
            page.goto(f"{site}/it/privacy/")
        page.evaluate(
            """() => document.body.insertAdjacentHTML("beforeend", "<input type=file id=given class=hidden>")"""
        )
        page.locator("#given").last.set_input_files(
            {"name": "given", "mimeType": "application/octet-stream", "buffer": content}
        )
        return page.evaluate(
            f"""async () => {{
                const module = await import("/static/js/bulk/{name}.js");
                const file = [...document.querySelectorAll("#given")].at(-1).files[0];
                {code}
            }}"""
        )

    return run


MAIL = b"From MAILER-DAEMON Tue Nov 24 09:12:44 2026\nSubject: a\n\nText\n\n"
MAILBOXES = [
    MAIL,
    MAIL * 3,
    b"\r\n\n" + MAIL * 2,
    b"Subject: a mail that quotes\n\n" + MAIL * 2,
    MAIL + b"From here on 09:12 nothing is a header\n" + MAIL,
    MAIL + b">From MAILER-DAEMON Tue Nov 24 09:12:44 2026\nSubject: quoted\n\n" + MAIL,
    (MAIL * 3).replace(b"\n", b"\r\n"),
    MAIL + b"\xa0\xff\x85\x0b" + MAIL + MAIL.rstrip(),
    MAIL + b"Text\rFrom MAILER-DAEMON Tue Nov 24 09:12:44 2026\nSubject: no line of its own\n\n" + MAIL,
    b"550 5.1.1 User unknown",
    MAIL + b"x" * 5000 + b"\n" + MAIL,
]
#: Bytes that are read at once: a line may end anywhere in them.
BLOCKS = [40, 64, 71, 4 * MEGABYTE]


def test_mailboxes_are_cut_as_python_cuts_them(module):
    code = """
        const head = new Uint8Array(await file.slice(0, 65536).arrayBuffer());
        const found = [];
        for (const block of [%s]) {
          const here = [];
          for await (const { start, end, number } of module.cut(file, head, block)) here.push([start, end, number]);
          found.push(here);
        }
        return found;
    """
    for content in MAILBOXES:
        wanted = list(messages("a", content))
        for found in module("mbox", code % ",".join(map(str, BLOCKS)), content):
            assert [content[start:end] for start, end, _number in found] == [one for _name, one in wanted]
            assert [f"a#{number}" if number else "a" for _start, _end, number in found] == [
                name for name, _one in wanted
            ]


def zipped(*members: tuple[str, bytes, int], **options: bool) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, content, method in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            with file.open(info, "w", **options) as member:
                member.write(content)
    return made.getvalue()


UNPACK = """
    const found = [];
    for (const member of await module.members(file)) {
      try {
        found.push([member.name, await (await module.unpack(file, member)).text()]);
      } catch (error) {
        found.push([member.name, null]);
      }
    }
    return found;
"""
STORED, DEFLATED, OTHER = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2


def test_archives_are_unpacked_and_what_is_wrong_with_a_member_spoils_none(module):
    long = "abc" * 200_000
    made = zipped(
        ("posta/", b"", STORED),
        ("città.eml", long.encode(), DEFLATED),
        ("a.eml", b"stored", STORED),
        ("b.eml", b"squeezed", OTHER),
    )
    whole = [["città.eml", long], ["a.eml", "stored"], ["b.eml", None]]

    assert module("zip", UNPACK, made) == whole
    assert module("zip", UNPACK, b"#!/bin/sh\n" + made) == whole, "an archive that unpacks itself"
    large = zipped(("a.eml", b"zip64", DEFLATED), force_zip64=True)
    assert module("zip", UNPACK, large) == [["a.eml", "zip64"]]
    assert module("zip", UNPACK, made.replace(b"stored", b"sTored")) == [whole[0], ["a.eml", None], whole[2]]
    bomb = zipped(("a.eml", b"x" * MEGABYTE, DEFLATED)).replace(MEGABYTE.to_bytes(4, "little"), b"\x10\0\0\0")
    assert module("zip", UNPACK, bomb) == [["a.eml", None]], "it unfolds to more than it says"
    locked = made.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00\x00")
    assert locked != made
    assert ["a.eml", None] in module("zip", UNPACK, locked)


def test_csv_opens_in_a_spreadsheet_and_runs_nothing_there(module):
    code = """
        const rows = [["=1+1", "a;b", 'say "no"'], ["+39", "@x", "-1"], [null, undefined, "a\\nb"]];
        return await Promise.all(["it", "en"].map((language) => module.csv(["x", "y", "z"], rows, language).text()));
    """
    italian, english = module("csv", code)

    wanted = [["x", "y", "z"], ["'=1+1", "a;b", 'say "no"'], ["'+39", "'@x", "'-1"], ["", "", "a\nb"]]
    for text, separator in ((italian, ";"), (english, ",")):
        assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator)) == wanted
    # Blob.text() takes the mark of UTF-8 away; the file has it.
    assert module("csv", 'return (await module.csv(["x"], [], "it").slice(0, 3).arrayBuffer()).byteLength') == 3


SENDING = """
    const asked = [];
    const answers = %s;
    window.setTimeout = (task) => { task(); };
    window.fetch = async (_address, { body }) => {
      const [line] = (await body.text()).split("\\n");
      asked.push(JSON.parse(line).length);
      const next = answers.length > 1 ? answers.shift() : answers[0];
      if (next === null) throw new TypeError("network");
      const [status, content] = next;
      return new Response(JSON.stringify(content), { status });
    };
    const messages = [1, 2, 3, 4].map((byte) => new Uint8Array([byte]));
    const waits = [];
    try {
      const said = await module.explain("/", messages, new AbortController().signal, (seconds) => waits.push(seconds));
      return { asked, waits, said };
    } catch (error) {
      return { asked, waits, error: error.code };
    }
"""


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        pytest.param(
            [None, [503, {}], [200, {"messages": [1]}], [200, {"messages": [1, 2, 3, 4]}]],
            {"asked": [4, 4, 4, 4], "waits": [], "said": [1, 2, 3, 4]},
            id="what broke on the way is sent again",
        ),
        pytest.param([None], {"asked": [4] * 6, "waits": [], "error": "unreachable"}, id="not for ever"),
        pytest.param(
            [[429, {"wait": 0.5}], [429, {}], [200, {"messages": [1, 2, 3, 4]}]],
            {"asked": [4, 4, 4], "waits": [0.5, 1], "said": [1, 2, 3, 4]},
            id="it waits as long as the server asks",
        ),
        pytest.param(
            [[400, {}], [200, {"messages": [1, 2]}], [413, {}], [200, {"messages": [3]}], [413, {}]],
            {"asked": [4, 2, 2, 1, 1], "waits": [], "said": [1, 2, 3, {"error": {"code": "too-large"}}]},
            id="of a chunk that is refused the good ones are taken",
        ),
    ],
)
def test_sending(module, answers, wanted):
    assert module("sending", SENDING % json.dumps(answers)) == wanted


def given(name: str, content: bytes) -> dict:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


@pytest.fixture
def report(page: Page, site) -> Page:
    """Return the page with the report over a mailbox, an archive, two files that are no mail, and one mail."""
    page.goto(f"{site}/it/bulk/")
    files = [
        given("a.mbox", mailbox(mails(60))),
        given("b.zip", archive([*mails(3), mailbox(mails(5)), b"%PDF-1.7\n"])),
        given("screenshot.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64),
        given("empty.eml", b""),
        given("reply.eml", b"550 5.1.1 <anna@example.com>: User unknown"),
    ]
    page.locator("#files").set_input_files(files)
    expect(page.locator("[data-part=state]")).to_have_text("Finito")
    return page


def saved(page: Page, selector: str) -> list[dict]:
    with page.expect_download() as download:
        page.locator(selector).click()
    text = download.value.path().read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_the_report_counts_lists_and_saves(report: Page):
    rows = saved(report, "[data-action=csv]")

    unread = [row["input"] for row in rows if row["error"]]
    assert unread == ["b.zip/posta/00004.eml", "screenshot.png", "empty.eml"]
    inputs = [row["input"] for row in rows if not row["error"]]
    names = [f"a.mbox#{number}" for number in range(1, 61)]
    names += [f"b.zip/posta/0000{number}.eml" for number in range(3)]
    names += [f"b.zip/posta/00003.eml#{number}" for number in range(1, 6)] + ["reply.eml"]
    assert list(dict.fromkeys(inputs)) == names
    assert (len(inputs), rows[-4]["recipient"]) == (75, "anna@example.com")
    remove = saved(report, "[data-csv-of=remove]")
    assert {row["reason"] for row in remove} == {"user-unknown", "domain-not-found"}
    assert len({row["recipient"] for row in remove}) == len(remove) == 6 * 3 + 2  # one PEC address is in many
    expect(report.locator("[data-part=n-messages]")).to_have_text("72")
    expect(report.locator("[data-part=error-list] li")).to_have_count(3)
    expect(report.locator("[data-part=chart-reason] tbody tr").first).to_contain_text("Casella inesistente")


def test_a_row_opens_its_explanation_and_nothing_of_it_is_in_the_address(report: Page, site):
    report.locator("#words").fill("b.zip/posta/00003.eml#2")
    expect(report.locator("[data-part=rows] li")).to_have_count(1)
    with report.context.expect_page() as opened:
        report.locator("[data-open]").click()

    expect(opened.value.locator("h1")).to_contain_text("sindaco1@borgo.example.it")
    assert opened.value.url == f"{site}/it/explain/"


def test_the_language_changes_and_the_report_stays(report: Page, site):
    report.locator(".language").click()

    expect(report.locator("[data-part=state]")).to_have_text("Done")
    expect(report.locator("[data-part=chart-reason] tbody tr").first).to_contain_text("Mailbox does not exist")
    expect(report.locator("[data-part=n-messages]")).to_have_text("72")
    assert report.url == f"{site}/en/bulk/"


def test_what_is_dropped_into_the_box_of_the_home_page_leads_here(page: Page, site):
    page.goto(f"{site}/it/")
    page.evaluate(
        """texts => {
            const dataTransfer = new DataTransfer();
            texts.forEach((text, at) => dataTransfer.items.add(new File([text], `${at}.eml`)));
            const options = { dataTransfer, bubbles: true, cancelable: true };
            document.getElementById("text").dispatchEvent(new DragEvent("drop", options));
        }""",
        ["550 5.1.1 <anna@example.com>: User unknown", "550 5.7.1 <bruno@example.com>: Spam"],
    )

    expect(page.locator("[data-part=state]")).to_have_text("Finito")
    expect(page.locator("[data-part=n-messages]")).to_have_text("2")
    page.go_back()
    expect(page.locator("#text")).to_be_visible()
    page.go_forward()
    expect(page.locator("[data-part=n-messages]")).to_have_text("2")


def test_leaving_a_report_that_is_not_saved_asks_first(report: Page):
    asked = []
    report.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    report.locator("[data-part=state]").click()  # browsers ask only whoever has done something
    report.locator("a.brand").click()

    expect(report.locator("[data-part=n-messages]")).to_have_text("72")
    assert asked == ["beforeunload"]
    saved(report, "[data-action=csv]")
    report.locator("a.brand").click()
    expect(report.locator("#text")).to_be_visible()
