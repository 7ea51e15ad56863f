"""The timeline as a month's calendar and as a list, in a real browser: by mouse, by keys and by thumb; the address brings it all back."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import wait_settled

pytestmark = pytest.mark.browser
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"


@pytest.fixture
def address(serve: Callable[..., str]) -> str:
    """The demo year's timeline."""
    return f"{serve('demo')}/timeline"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="zh-CN", user_agent=PHONE)
    yield context.new_page()
    context.close()


def open_address(page: Page, address: str) -> Page:
    page.goto(address)
    wait_settled(page)
    return page


def drawer(page: Page, title: str) -> Locator:
    return page.get_by_role("dialog").filter(has_text=title)


def test_a_click_in_the_calendar_opens_the_drawer_and_a_reload_brings_the_month_back(address: str, context: BrowserContext) -> None:
    page = open_address(context.new_page(), f"{address}?view=calendar&at=2026-09")

    page.locator(".wide").get_by_role("button", name="教师节座谈暨师德标兵表彰").click()
    expect(drawer(page, "教师节座谈暨师德标兵表彰")).to_be_visible()
    page.keyboard.press("Escape")
    page.reload()
    wait_settled(page)

    expect(page.get_by_role("region", name="9月")).to_be_visible()
    assert page.evaluate("new URLSearchParams(location.search).get('at')") == "2026-09"


def test_keys_move_through_the_calendar_and_its_months(address: str, context: BrowserContext) -> None:
    page = open_address(context.new_page(), f"{address}?view=calendar&at=2026-11")
    page.locator(".wide").get_by_role("button", name="秋季趣味运动会").focus()

    page.keyboard.press("PageUp")
    expect(page.get_by_role("region", name="10月")).to_be_visible()
    page.locator(".wide button.item").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".wide button.item").nth(1)).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("dialog")).to_be_visible()


def test_the_list_is_sorted_by_a_column_and_the_address_keeps_it(address: str, context: BrowserContext) -> None:
    page = open_address(context.new_page(), f"{address}?view=list")
    head = page.get_by_role("columnheader", name="已支/预算")

    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(page).to_have_url(re.compile(r"[?&]sort=-"))
    wait_settled(page)
    dearest = page.get_by_role("row").nth(1).inner_text()
    page.reload()
    wait_settled(page)

    expect(head).to_have_attribute("aria-sort", "descending")
    assert page.get_by_role("row").nth(1).inner_text() == dearest


def test_enter_on_a_row_of_the_list_opens_its_drawer(address: str, context: BrowserContext) -> None:
    page = open_address(context.new_page(), f"{address}?view=list")
    page.get_by_role("button", name="新学期师德承诺签名").focus()

    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="“我身边的好老师”故事征集")).to_be_focused()
    page.keyboard.press("Enter")

    expect(drawer(page, "“我身边的好老师”故事征集")).to_be_visible()


def test_on_a_phone_the_calendar_is_a_list_of_days_and_one_tap_opens(address: str, phone: Page) -> None:
    open_address(phone, f"{address}?view=calendar&at=2026-11")

    expect(phone.locator(".wide")).to_be_hidden()
    phone.locator(".narrow").get_by_role("button", name="秋季趣味运动会").tap()

    expect(drawer(phone, "秋季趣味运动会")).to_be_visible()


def test_on_a_phone_the_choices_unfold_and_the_month_is_todays(address: str, phone: Page) -> None:
    open_address(phone, address)
    owner = phone.get_by_label("负责人", exact=True)
    expect(phone.locator(".st-key-timeline_owner")).to_be_hidden()

    phone.get_by_role("button", name="筛选").tap()

    expect(phone.locator(".st-key-timeline_owner")).to_be_visible()
    assert owner.count() >= 1
    assert phone.evaluate("new URLSearchParams(location.search).get('at')") == "2026-11"
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_back_and_forward_step_through_what_was_seen(address: str, context: BrowserContext) -> None:
    page = open_address(context.new_page(), address.removesuffix("/timeline"))
    page.get_by_role("link", name="时间轴").click()
    rows = page.locator(".timeline .row")
    expect(rows).to_have_count(48)
    page.get_by_role("radio", name="季度").click()
    expect(rows).to_have_count(24)
    page.locator("button[data-variant=pills]", has_text="逾期").click()
    expect(rows).to_have_count(3)

    counts = []
    for step in (page.go_back, page.go_back, page.go_forward):
        step()
        wait_settled(page)
        page.wait_for_timeout(300)
        counts.append(rows.count())
    page.go_back()
    page.go_back()

    assert counts == [24, 48, 24]
    expect(page).to_have_url(address.removesuffix("timeline"))
