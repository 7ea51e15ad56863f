"""What a keyboard does without a mouse: the way into the text, every button of a page, drawers that give the focus back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.conftest import wait_settled

pytestmark = pytest.mark.browser


def test_fund_is_worked_by_keyboard_alone(serve: Callable[..., str], context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{serve('demo')}/fund")
    wait_settled(page)
    drawer = page.get_by_role("dialog")

    september = page.get_by_role("button", name=re.compile("^9月 · "))
    september.press("Enter")
    wait_settled(page)
    assert september.get_attribute("aria-pressed") == "true"
    page.get_by_role("row").get_by_role("button", name="合唱服装租用45套").press("Enter")
    drawer.wait_for()
    wait_settled(page)
    page.keyboard.press("Escape")
    drawer.wait_for(state="detached")

    page.get_by_role("button", name="待审批").press("Enter")
    wait_settled(page)
    page.get_by_role("button", name="班主任技能展示奖品").press("Enter")
    drawer.wait_for()
    wait_settled(page)
