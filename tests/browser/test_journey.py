"""The whole job of a first hour, as a chair does it in the browser."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import wait_settled
from tests.browser.desk import adopt, correct, find_row, keyed

pytestmark = pytest.mark.browser
CORRECTED = "师德专题学习月月谈"


def open_page(page: Page, name: str) -> None:
    """Go to a page by the navigation, as a user does, so that the session goes on."""
    page.get_by_role("link", name=name, exact=True).first.click()
    wait_settled(page)


def test_from_a_plan_document_to_the_draft_as_word(serve: Callable[..., str], context: BrowserContext, tmp_path: Path) -> None:
    page = context.new_page()
    page.goto(serve())
    wait_settled(page)

    read_sample(page)
    correct_first_title(page)
    adopt(page)

    open_page(page, "时间轴")
    expect(page.get_by_text(CORRECTED).first).to_be_attached()

    open_page(page, "办结")
    ticked = [tick(page), tick(page)]

    open_page(page, "经费")
    book_spending(page, yuan="1286.50", purpose="趣味运动会奖品")
    expect(page.get_by_text("1,286.50").first).to_be_visible()

    open_page(page, "总结")
    draft = download_draft(page, tmp_path / "draft.docx")

    assert [title in draft for title in ticked] == [True, True]
    assert "支出1286.50元" in draft


def read_sample(page: Page) -> None:
    """Welcome → read a plan → the Word sample."""
    page.get_by_role("button", name="读入计划").click()
    wait_settled(page)
    page.get_by_role("button", name="Word 样例").click()
    expect(keyed(page, "go_adopt")).to_be_visible()
    wait_settled(page)


def correct_first_title(page: Page) -> None:
    """Type over the name of the first activity and see that it arrived."""
    correct(page, page.locator(".row[data-id] .cell.title > span").first.inner_text(), "title", CORRECTED)
    expect(find_row(page, CORRECTED)).to_be_visible()


def tick(page: Page) -> str:
    """Tick the first card still open; its title."""
    card = keyed(page, "card_").filter(has=page.locator("[class*='st-key-tick_']")).first
    title = card.locator("[class*='st-key-title_card_']").inner_text().strip()
    card.locator("[class*='st-key-tick_'] button").click()
    wait_settled(page)
    return title


def book_spending(page: Page, *, yuan: str, purpose: str) -> None:
    """Fill the drawer of a new entry and save it."""
    keyed(page, "go_open_entry").get_by_role("button").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("金额（元）").fill(yuan)
    drawer.get_by_label("摘要").fill(purpose)
    drawer.get_by_role("combobox", name="科目").click()
    page.get_by_role("option", name="文体活动").click()
    keyed(page, "go_drawer_save").get_by_role("button").click()
    expect(drawer).to_be_hidden()
    wait_settled(page)


def download_draft(page: Page, path: Path) -> str:
    """Write the draft and save its Word file; the text of all its paragraphs."""
    keyed(page, "go_write_summary").get_by_role("button").click()
    wait_settled(page)
    keyed(page, "go_export_summary").get_by_role("button").click()
    with page.expect_download() as download:
        keyed(page, "go_export_docx").get_by_role("button").click()
    download.value.save_as(path)
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
