"""The drawer under a hurried hand: a slip beside it costs nothing typed, and the dark has letters that can be read."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE_MS, wait_settled
from tests.browser.desk import keyed

pytestmark = pytest.mark.browser
ACTIVITY = 15


def open_drawer(page: Page, address: str) -> None:
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{address}/checkoffs")
    wait_settled(page)
    title = keyed(page, f"title_card_{ACTIVITY}").get_by_role("button")
    title.focus()
    page.keyboard.press("Enter")
    expect(keyed(page, f"go_edit_{ACTIVITY}")).to_be_visible()
    wait_settled(page)


def test_what_is_typed_outlives_escape_and_a_click_beside_the_drawer(serve: Callable[..., str], browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    open_drawer(page, serve("demo"))
    keyed(page, f"go_edit_{ACTIVITY}").get_by_role("button").press("Enter")
    note = keyed(page, f"edit_{ACTIVITY}_note").locator("textarea")
    note.fill("写到一半")

    page.keyboard.press("Escape")
    page.mouse.click(200, 600)
    wait_settled(page)

    expect(note).to_have_value("写到一半")
    page.close()


def test_escape_closes_what_is_only_read_and_leads_back_to_the_card(serve: Callable[..., str], browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN", color_scheme="dark")
    open_drawer(page, serve("demo"))
    label = page.get_by_role("dialog").locator("dl.ub-facts dt").first
    expect(label).to_have_css("color", "rgb(154, 167, 181)")

    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(keyed(page, f"title_card_{ACTIVITY}").get_by_role("button")).to_be_focused()
    page.close()
