"""Two thousand bounces through a real server with two workers, one of which is killed on the way."""

import csv
import io
import re
import sys
from collections import Counter

import pytest
from playwright.sync_api import Page, expect

from tests.many_mails import archive, mailbox, mails
from tests.serve.installation import Server, wait_for

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes through /proc")

COUNT = 2000


@pytest.fixture
def given(tmp_path) -> list[str]:
    """Return a mailbox and an archive with half of the bounces each."""
    some = mails(COUNT)
    (tmp_path / "a.mbox").write_bytes(mailbox(some[: COUNT // 2]))
    (tmp_path / "b.zip").write_bytes(archive(some[COUNT // 2 :]))
    return [str(tmp_path / "a.mbox"), str(tmp_path / "b.zip")]


def test_whatever_breaks_on_the_way_nothing_is_lost_and_nothing_counted_twice(site, serve, page: Page, given):
    server: Server = serve(site, "--workers", "2").wait_until_listening()
    state, facts = page.locator("[data-part=state]"), page.locator("[data-part=facts]")

    def done() -> int:
        return int(re.sub(r"\D", "", facts.inner_text().partition(" di ")[0]) or 0)

    def wait_until(holds) -> None:
        wait_for(lambda: bool(page.wait_for_timeout(50)) or holds(), 90)

    page.goto(f"{server.root}/it/bulk/")
    page.locator("#files").set_input_files(given)
    wait_until(lambda: done() > 0)
    page.get_by_role("button", name="Ferma").click()
    expect(state).to_have_text("Fermato", timeout=60_000)
    stopped = done()
    assert 0 < stopped < COUNT
    page.wait_for_timeout(700)
    assert done() == stopped, "it goes on although it was stopped"

    page.get_by_role("button", name="Continua").click()
    wait_until(lambda: done() > stopped)
    server.kill_worker(server.workers()[0])
    expect(state).to_have_text("Finito", timeout=90_000)

    with page.expect_download() as download:
        page.locator("[data-action=csv]").click()
    text = download.value.path().read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    names = [f"a.mbox#{number}" for number in range(1, COUNT // 2 + 1)]
    names += [f"b.zip/posta/{number:05}.eml" for number in range(COUNT // 2)]
    # Every tenth mail is about two recipients.
    wanted = [name for at, name in enumerate(names) for _delivery in range(2 if at % 10 == 9 else 1)]
    assert [row["input"] for row in rows] == wanted
    assert Counter(row["reason"] for row in rows)["mailbox-full"] == COUNT // 5
    assert not any(row["error"] for row in rows)
