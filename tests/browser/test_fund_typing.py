"""What stands in a half-filled drawer of the fund when it is closed by a slip: it is there again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import wait_settled
from tests.browser.desk import keyed

pytestmark = pytest.mark.browser


def test_entry_closed_by_a_slip_is_laid_out_again_and_can_be_started_afresh(serve: Callable[..., str], context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{serve('demo')}/fund")
    wait_settled(page)
    keyed(page, "go_open_entry").get_by_role("button").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("摘要").fill("冬季拔河比赛奖品")
    drawer.get_by_label("摘要").press("Tab")
    drawer.get_by_role("combobox", name="科目").click()
    page.get_by_role("option", name="文体活动").click()
    drawer.get_by_label("摘要").focus()  # in a list of its own, Escape takes back what was chosen there
    wait_settled(page)

    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    wait_settled(page)
    keyed(page, "go_open_entry").get_by_role("button").click()

    expect(drawer).to_contain_text("刚才填的内容还在")
    expect(drawer.get_by_label("摘要")).to_have_value("冬季拔河比赛奖品")
    expect(drawer.get_by_role("combobox", name="科目")).to_have_value("文体活动")

    drawer.get_by_role("button", name="重新填写").click()

    expect(drawer.get_by_label("摘要")).to_have_value("")
