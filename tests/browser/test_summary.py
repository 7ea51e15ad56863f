"""The summary in a real browser: a sentence asked for its sources, words typed that survive whatever closes the page."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect
from sqlmodel import select

from tests.browser.barriers import find_barriers
from tests.browser.conftest import wait_settled
from tests.browser.desk import keyed
from tests.conftest import TODAY
from tests.makers import NOW
from unionboard import db
from unionboard.models import Activity, CheckOff
from unionboard.services.changes import update_row
from unionboard.services.summary import DraftId, read_draft
from unionboard.services.summary_drafts import write_draft
from unionboard.services.summary_editing import save_block

pytestmark = pytest.mark.browser


def test_sentence_leads_to_its_records_and_typed_words_are_never_lost(serve: Callable[..., str], context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{serve('demo')}/summary")
    wait_settled(page)
    area, findings = page.get_by_label("本节文字"), page.locator(".findings li")

    page.locator(".sheet .sentence", has_text="五届三次教职工代表大会").first.click()
    expect(keyed(page, "summary_figures")).to_contain_text("32 人")
    expect(keyed(page, "title_source_")).to_have_text("召开五届三次教职工代表大会")
    assert find_barriers(page) == []
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator(".sheet .pick.chosen")).to_contain_text("计划活动")

    written = area.input_value()
    area.fill(written.replace("实到30人", "实到31人") + "另有120人次参加志愿服务。")
    expect(findings).to_have_text([re.compile("31人.*记录里是 30人"), re.compile("120人次.*没有记录")])
    page.get_by_role("button", name="改成 30人").click()
    expect(findings).to_have_text([re.compile("120人次")])

    area.press("Control+End")
    area.press_sequentially("最后半句")
    page.reload()  # before the pause that sends it
    page.locator(".sheet .sentence", has_text="五届三次教职工代表大会").first.click()
    expect(area).to_have_value(written + "另有120人次参加志愿服务。最后半句")

    wait_settled(page)
    area.press("Control+Enter")
    expect(page.locator(".sheet .sentence.own").last).to_have_text("最后半句")
    expect(keyed(page, "restore_block")).to_be_visible()

    heading = page.get_by_label("本节标题（不带序号）")
    heading.press("End")
    heading.press_sequentially("半个词")
    page.reload()
    page.locator(".sheet .sentence", has_text="五届三次教职工代表大会").first.click()
    expect(heading).to_have_value(re.compile("半个词$"))
    heading.press("Enter")
    expect(page.locator(".sheet .first", has_text="半个词")).to_be_visible()

    area.press("Control+End")
    area.press_sequentially("还差一句")
    page.get_by_role("link", name="看板").click()  # before the pause that sends it
    expect(page.get_by_role("heading", name="看板")).to_be_visible()
    page.get_by_role("link", name="总结").click()
    page.locator(".sheet .sentence", has_text="五届三次教职工代表大会").first.click()
    expect(area).to_have_value(re.compile("还差一句$"))


def leave_two_versions(folder: Path) -> None:
    """Somebody embellished what the check-up's record says, then its figure changed."""
    by: dict[str, Any] = {"who": "chair", "now_utc": NOW}
    with db.writing(db.open_engine(f"sqlite:///{folder / 'unionboard.sqlite3'}")) as session:
        block = next(block for block in read_draft(session, DraftId(1)).blocks if "教职工健康体检" in block.text)
        words = block.text.replace("参检教职工都有了健康档案", "人人有了健康档案")
        save_block(session, DraftId(1), block.key, text=words, version=block.version, **by)
        activity = session.exec(select(Activity).where(Activity.title == "教职工健康体检")).one()
        record = session.exec(select(CheckOff).where(CheckOff.activity_id == activity.id)).one()
        update_row(session, record, version=record.version, participants=57, **by)
        write_draft(session, DraftId(1), as_of=TODAY, **by)


def test_own_words_between_two_versions_survive_a_reload_and_are_written_at_once(
    serve: Callable[..., str], served_dir: Path, context: BrowserContext
) -> None:
    page = context.new_page()
    address = serve("demo")
    leave_two_versions(served_dir)
    page.goto(f"{address}/summary")
    wait_settled(page)
    area = page.get_by_role("textbox", name="您写的句子")

    keyed(page, "count_conflicts").get_by_role("button").click()
    keyed(page, "pick_").get_by_text("自己写").click()
    area.press("Control+End")
    area.press_sequentially("大家都夸好。")
    page.reload()  # before the pause that sends it
    keyed(page, "count_conflicts").get_by_role("button").click()

    expect(area).to_have_value(re.compile("57人.*人人有了健康档案。大家都夸好。$"))
    wait_settled(page)
    assert find_barriers(page) == []
    area.press("Control+End")
    area.press_sequentially("明年再办。")
    keyed(page, "go_conflict_write").get_by_role("button").click()

    expect(page.locator(".sheet .sentence", has_text="明年再办。").first).to_be_visible()
    expect(keyed(page, "count_conflicts")).to_have_count(0)
