"""The reading page in the browser: source and rows, correcting, taking in, adopting what is shown."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import wait_settled
from tests.browser.desk import adopt, correct, count_to_adopt, expect_count, find_row, keyed
from unionboard.config import PROJECT_DIR

pytestmark = pytest.mark.browser
SAMPLES = PROJECT_DIR / "data" / "samples"
TEXT = """当前位置：首页 > 工会工作
青松小学工会2026年工作计划
一、推进民主管理
1、坚持每月一次校务公开。
2、做好提案征集工作。
活动安排
三月：
1、庆祝三八节、植树节
2、教工乒乓球赛
五月：
1、教职工趣味运动会
"""


@pytest.fixture
def page(serve: Callable[..., str], context: BrowserContext) -> Iterator[Page]:
    """The way in of an empty program."""
    page = context.new_page()
    page.goto(f"{serve()}/plan")
    wait_settled(page)
    yield page
    page.close()


def paste(page: Page) -> None:
    keyed(page, "plan_text").locator("textarea").fill(TEXT)
    keyed(page, "go_read_text").get_by_role("button").click()
    expect(find_row(page, "教工乒乓球赛")).to_be_visible()
    wait_settled(page)


def listed(page: Page) -> list[str]:
    return page.locator(".row[data-id]:not(.gone) .cell.title > span").all_inner_texts()


def stored(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "unionboard.sqlite3")) as database:
        return [title for (title,) in database.execute("SELECT title FROM activity ORDER BY position")]


def test_pasted_plan_is_corrected_line_by_line_and_adopted_as_shown(page: Page, served_dir: Path) -> None:
    paste(page)

    page.locator(".line", has_text="教工乒乓球赛").click()
    expect(page.locator(".row.lit .cell.title")).to_have_text("教工乒乓球赛")

    find_row(page, "教职工趣味运动会").locator(".cell.title").click()
    expect(page.locator(".line.picked .text")).to_have_text("1、教职工趣味运动会")
    page.keyboard.press("Escape")

    correct(page, "教职工趣味运动会", "when", "中秋节")
    expect(find_row(page, "教职工趣味运动会").locator(".cell.when small")).to_have_text("9月25日")

    find_row(page, "庆祝三八节").locator(".cell.title").click()
    page.get_by_role("button", name="拆分", exact=True).click()
    page.get_by_role("button", name="拆成 2 项").click()
    expect_count(page, 5)

    find_row(page, "植树节").get_by_role("checkbox").click()
    find_row(page, "教工乒乓球赛").get_by_role("checkbox").click()
    page.get_by_role("button", name="合并", exact=True).click()
    expect_count(page, 4)
    page.get_by_role("button", name="撤销").click()
    expect_count(page, 5)

    page.get_by_role("button", name="1 行未用").click()
    page.locator(".line", has_text="当前位置").get_by_role("button", name="收为活动").click()
    expect_count(page, 6)

    page.reload()
    expect_count(page, 6)
    expect(page.locator(".row[data-id]")).to_have_count(6)
    rows = listed(page)
    adopt(page)
    assert stored(served_dir) == rows


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_document_is_read_and_adopted_as_listed_with_what_was_typed_last(page: Page, served_dir: Path, suffix: str) -> None:
    page.locator("input[type=file]").set_input_files(SAMPLES / f"plan-2026.{suffix}")
    expect(page.locator(".row[data-id]").first).to_be_visible()
    wait_settled(page)
    n = count_to_adopt(page)
    assert page.locator(".row[data-id]").count() == n

    page.locator(".row[data-id]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Delete")
    expect_count(page, n - 1)
    expect(page.locator(".row.gone")).to_have_count(1)
    rows = listed(page)
    page.locator(".row[data-id] .cell.title").first.click()
    page.locator(".editor [data-field=title]").fill("刚刚改的名称")
    adopt(page)

    assert stored(served_dir) == ["刚刚改的名称", *rows[1:]]


def test_phone_shows_source_or_rows_and_everything_within_reach(serve: Callable[..., str], browser: Browser) -> None:
    phone = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="zh-CN")
    page = phone.new_page()
    page.goto(f"{serve()}/plan")
    wait_settled(page)
    paste(page)

    page.get_by_role("button", name="原文", exact=True).tap()
    page.locator(".line", has_text="教工乒乓球赛").tap()
    page.get_by_role("button", name="看它读成的活动").tap()
    expect(find_row(page, "教工乒乓球赛")).to_be_in_viewport(ratio=1)
    expect(keyed(page, "go_adopt").get_by_role("button")).to_be_in_viewport(ratio=1)

    find_row(page, "教工乒乓球赛").locator(".cell.title").tap()
    expect(page.locator(".editor [data-field=title]")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    phone.close()
