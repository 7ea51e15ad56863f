"""The handed-over page in a browser that has neither the program nor the net."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlmodel import Session

from tests.makers import make_activity, make_plan
from tests.writing.test_handover import HOSTILE, STAMP, TODAY, pack
from unionboard.services import checkoffs

pytestmark = pytest.mark.browser


def test_page_opens_from_the_disk_in_both_languages_and_asks_for_nothing(session: Session, tmp_path: Path, browser: Browser) -> None:
    activity = make_activity(session, make_plan(session), title=HOSTILE)
    checkoffs.check_off(session, activity.id or 0, done_on=TODAY, today=TODAY, **STAMP)
    (tmp_path / "index.html").write_bytes(pack(session, tmp_path).files["index.html"])
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: asked.append(message.text))

    page.goto((tmp_path / "index.html").as_uri())
    expect(page.locator("main.zh")).to_be_visible()
    expect(page.locator("main.en")).to_be_hidden()
    page.get_by_text("English").click()

    expect(page.locator("main.en h2").first).to_have_text("Timeline")
    expect(page.locator("main.zh")).to_be_hidden()
    expect(page.locator("main.en .year .t").nth(1)).to_have_text(HOSTILE)
    assert asked == [(tmp_path / "index.html").as_uri()]
    context.close()
