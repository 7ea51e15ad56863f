"""Names of those who were visited: shown at this computer on a click, and by no way through the phones' door."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.conftest import wait_settled
from tests.browser.desk import keyed

pytestmark = pytest.mark.browser
NAME = "谷思源"  # of the demo's newest visit


def test_names_are_for_this_computer_and_not_for_phones(context: BrowserContext, browser: Browser, serve: Callable[..., str]) -> None:
    address = serve("demo")
    page = context.new_page()
    page.goto(f"{address}/fund?view=care")
    wait_settled(page)
    visits = keyed(page, "care_visits_card")
    expect(visits.get_by_text("住院探望").first).to_be_visible()
    expect(visits.get_by_text(NAME)).to_have_count(0)

    page.get_by_role("combobox").first.click()
    page.keyboard.type("陈立群")
    page.keyboard.press("Enter")
    keyed(page, "show_names").locator("button:visible").first.click()
    expect(visits.get_by_text(NAME)).to_be_visible()
    expect(keyed(page, "hide_names").locator("button").first).to_be_visible()

    page.goto(f"{address}/")
    wait_settled(page)
    keyed(page, "go_phone").locator("button").first.click()
    keyed(page, "go_share").locator("button").first.click()
    link = page.get_by_role("dialog").locator("code").first.inner_text()
    phone = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844}).new_page()
    phone.set_extra_http_headers({"x-unionboard-phone": ""})
    phone.goto(link.replace("/checkoffs?", "/fund?view=care&"))
    wait_settled(phone)
    expect(keyed(phone, "care_visits_card").get_by_text("住院探望").first).to_be_visible()
    expect(keyed(phone, "show_names")).to_have_count(0)
    expect(phone.get_by_text(NAME)).to_have_count(0)
    phone.context.close()
    keyed(page, "go_unshare").locator("button").first.click()
