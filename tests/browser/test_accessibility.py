"""What a screen reader, a keyboard and weak eyes meet: axe-core finds nothing serious on the pages of a meeting and in the fund."""

import itertools
import re
from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import wait_settled

pytestmark = pytest.mark.browser
PAGES = ("", "?screen=big", "timeline", "timeline?view=calendar", "timeline?view=list", "checkoffs", "checkoffs?show=coverage", "meeting")
FUND_VIEWS = ("overview", "claims", "budget", "care", "rules", "close")
LOOKS: tuple[tuple[str, Literal["light", "dark"]], ...] = (("zh_CN", "light"), ("en", "dark"))  # by turns over the views


def serious_findings(page: Page) -> list[str]:
    """Rule and place of what axe-core calls serious or critical."""
    expect(page.locator("[data-stale='true']")).to_have_count(0)  # what is being drawn anew is pale
    violations = Axe().run(page).response["violations"]
    return [
        f"{found['id']}: {node['target']}" for found in violations if found["impact"] in ("serious", "critical") for node in found["nodes"]
    ]


@pytest.mark.long
def test_pages_of_the_meeting_have_no_serious_finding(serve: Callable[..., str], context: BrowserContext) -> None:
    address = serve("demo")
    page = context.new_page()
    found = {}

    for name in PAGES:
        for language in ("zh_CN", "en"):
            page.goto(f"{address}/{name}{'&' if '?' in name else '?'}lang={language}")
            wait_settled(page)
            found[name, language] = serious_findings(page)

    assert {place: findings for place, findings in found.items() if findings} == {}


def test_drawer_has_no_serious_finding(serve: Callable[..., str], context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{serve('demo')}/checkoffs")
    wait_settled(page)

    page.locator("[class*='st-key-title_card_'] button").first.click()
    page.get_by_role("dialog").wait_for()
    wait_settled(page)

    assert serious_findings(page) == []


@pytest.mark.long
def test_fund_has_no_serious_finding_by_day_and_by_night(serve: Callable[..., str], context: BrowserContext) -> None:
    address = serve("demo")
    page = context.new_page()
    found = {}

    for view, (language, scheme) in zip(FUND_VIEWS, itertools.cycle(LOOKS), strict=False):
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{address}/fund?view={view}&lang={language}")
        wait_settled(page)
        found[view, scheme] = serious_findings(page)

    assert {place: findings for place, findings in found.items() if findings} == {}


def test_drawers_of_the_summary_have_no_serious_finding(serve: Callable[..., str], context: BrowserContext) -> None:
    address = serve("demo")
    page = context.new_page()
    found = {}

    for (language, scheme), drawer in zip(LOOKS, ("open_check", "go_export_summary"), strict=True):
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{address}/summary?lang={language}")
        wait_settled(page)
        page.locator(f".st-key-{drawer} button").click()
        page.get_by_role("dialog").wait_for()
        wait_settled(page)
        found[language, drawer] = serious_findings(page)

    assert {place: findings for place, findings in found.items() if findings} == {}


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
    assert serious_findings(page) == []
    page.keyboard.press("Escape")
    drawer.wait_for(state="detached")

    page.get_by_role("button", name="待审批").press("Enter")
    wait_settled(page)
    page.get_by_role("button", name="班主任技能展示奖品").press("Enter")
    drawer.wait_for()
    wait_settled(page)
    assert serious_findings(page) == []
