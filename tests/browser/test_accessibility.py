"""What a screen reader, a keyboard and weak eyes meet: axe-core finds nothing serious on the pages of a meeting."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import wait_settled

pytestmark = pytest.mark.browser
PAGES = ("", "?screen=big", "timeline", "timeline?view=calendar", "timeline?view=list", "checkoffs", "checkoffs?show=coverage", "meeting")


def serious_findings(page: Page) -> list[str]:
    """Rule and place of what axe-core calls serious or critical."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{found['id']}: {node['target']}" for found in violations if found["impact"] in ("serious", "critical") for node in found["nodes"]
    ]


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
