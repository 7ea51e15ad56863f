"""What a visit asks of the network."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import wait_settled

pytestmark = pytest.mark.browser


def test_first_visitor_of_a_sub_page_gets_the_frame_too(serve: Callable[..., str], context: BrowserContext) -> None:
    address = serve(fresh=True)
    page = context.new_page()

    page.goto(f"{address}/fund")
    wait_settled(page)

    expect(page.get_by_role("link", name="时间轴", exact=True).first).to_be_attached()


def test_page_that_breaks_says_one_sentence_and_no_traceback(serve: Callable[..., str], context: BrowserContext, served_dir: Path) -> None:
    address = serve("demo")
    with closing(sqlite3.connect(served_dir / "unionboard.sqlite3")) as database:
        database.execute("ALTER TABLE activity RENAME TO activity_gone")
    page = context.new_page()

    page.goto(f"{address}/timeline")

    expect(page.get_by_text("这一页没能显示出来")).to_be_visible()
    assert page.locator('[data-testid="stException"]').count() == 0
