"""Two people change one activity at once: the second is told field by field what the first did, and nothing typed is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE_MS, wait_settled
from tests.browser.desk import keyed

pytestmark = pytest.mark.browser
ACTIVITY = 10
EDIT = f"edit_{ACTIVITY}"


def open_editor(page: Page, address: str) -> None:
    """By the address alone: the drawer of the activity, and in it the panel that changes the plan."""
    page.goto(f"{address}/checkoffs?activity={ACTIVITY}")
    wait_settled(page)
    keyed(page, f"go_edit_{ACTIVITY}").get_by_role("button").click()
    expect(keyed(page, f"{EDIT}_title").locator("input")).to_be_visible()
    wait_settled(page)


def type_over(page: Page, field: str, text: str) -> None:
    """Type ``text`` into a field of the panel and leave it."""
    box = keyed(page, f"{EDIT}_{field}").locator("input")
    box.fill(text)
    box.press("Tab")
    wait_settled(page)


def save(page: Page) -> None:
    keyed(page, f"save_activity_{ACTIVITY}").get_by_role("button").click()
    wait_settled(page)


def test_conflicting_edit_shows_both_versions_and_goes_over_theirs_when_wanted(
    serve: Callable[..., str], browser: Browser, context: BrowserContext
) -> None:
    address = serve("demo")
    phone = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True)
    phone.set_default_timeout(PATIENCE_MS)
    mine, theirs = context.new_page(), phone.new_page()
    open_editor(mine, address)
    open_editor(theirs, address)
    type_over(theirs, "title", "合理化建议评选会")
    type_over(theirs, "owner", "吴佳")
    save(theirs)
    type_over(mine, "title", "合理化建议征集与表彰")

    save(mine)

    conflict = keyed(mine, "conflict").first
    expect(conflict).to_contain_text("您填的还没有保存")
    expect(conflict).to_contain_text("合理化建议评选会")
    expect(conflict).to_contain_text("合理化建议征集与表彰")
    expect(keyed(mine, f"{EDIT}_title").locator("input")).to_have_value("合理化建议征集与表彰")

    keyed(mine, "conflict_mine").get_by_role("button").click()
    wait_settled(mine)

    drawer = mine.get_by_role("dialog")
    expect(drawer).to_contain_text("合理化建议征集与表彰")
    expect(drawer.locator("dl.ub-facts")).to_contain_text("吴佳")
    phone.close()
