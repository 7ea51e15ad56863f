"""What a keyboard does without a mouse: the way into the text, every button of a page, drawers that give the focus back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

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


def test_first_stop_leads_into_the_text_and_every_way_to_a_page_is_seen(serve: Callable[..., str], context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{serve('demo')}/checkoffs")
    wait_settled(page)

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    expect(page.get_by_role("link", name="跳到正文")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Tab")
    ways = []
    for _ in range(7):
        page.keyboard.press("Tab")
        ways.append(focused(page))

    assert ways == [[name, True] for name in ("看板", "计划", "时间轴", "办结", "经费", "总结", "打印")]


def focused(page: Page) -> list[str | bool]:
    """The last line of what has the focus, and whether an outline shows it."""
    found: list[str | bool] = page.evaluate(
        """() => {
          const one = document.activeElement
          return [one.innerText.trim().split("\\n").at(-1), getComputedStyle(one).outlineStyle !== "none"]
        }"""
    )
    return found


def test_escape_closes_a_drawer_and_gives_the_focus_back(serve: Callable[..., str], context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{serve('demo')}/checkoffs")
    wait_settled(page)
    card = page.locator("[class*='st-key-title_card_'] button").first

    card.press("Enter")
    page.get_by_role("dialog").wait_for()
    wait_settled(page)
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")

    expect(card).to_be_focused()
