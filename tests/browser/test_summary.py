"""The summary in a real browser: a sentence asked for its sources, words typed that survive whatever closes the page."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import wait_settled
from tests.browser.desk import keyed
from tests.browser.test_accessibility import serious_findings

pytestmark = pytest.mark.browser


def test_sentence_leads_to_its_records_and_typed_words_are_never_lost(serve: Callable[..., str], context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{serve('demo')}/summary")
    wait_settled(page)
    area, findings = page.get_by_label("本节文字"), page.locator(".findings li")

    page.locator(".sheet .sentence", has_text="五届三次教职工代表大会").first.click()
    expect(keyed(page, "summary_figures")).to_contain_text("32 人")
    expect(keyed(page, "title_source_")).to_have_text("召开五届三次教职工代表大会")
    assert serious_findings(page) == []
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
