"""What must stay in sight: the way to other pages, files chosen, and why a save was refused."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.conftest import wait_settled

pytestmark = pytest.mark.browser


def test_navigation_stays_on_a_phone_whatever_the_unions_name(serve: Callable[..., str], browser: Browser) -> None:
    phone = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="zh-CN")
    page = phone.new_page()
    page.goto(f"{serve('demo')}/settings")
    wait_settled(page)

    page.get_by_label("工会名称").fill("青松市第一实验小学教育集团滨江校区工会委员会")
    page.get_by_role("button", name="保存", exact=True).first.click()
    wait_settled(page)

    expect(page.get_by_test_id("stExpandSidebarButton")).to_be_in_viewport(ratio=1)
    phone.close()


def test_drawer_keeps_chosen_files_and_its_refusal_in_sight(serve: Callable[..., str], context: BrowserContext) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 1366, "height": 600})
    page.goto(f"{serve('demo')}/checkoffs")
    wait_settled(page)
    page.locator("[class*='st-key-title_card_'] button").first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("button", name="办结", exact=True).click()

    drawer.locator("input[type=file]").set_input_files({"name": "合影.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ"})
    expect(drawer.get_by_text("合影.exe")).to_be_visible()
    drawer.get_by_role("button", name="保存并办结").click()

    expect(drawer.get_by_text("不是照片或文档")).to_be_in_viewport(ratio=1)
