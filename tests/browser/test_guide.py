"""The guide in a real browser: nothing serious for axe-core by day and by night, nothing wider than a phone, its policy kept."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.barriers import find_barriers

pytestmark = [pytest.mark.browser, pytest.mark.long]
PAGES = ("zh-CN", "zh-CN/care", "en/trouble", "more/privacy-sheet.zh-CN", "more/commands")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_guide_is_read_by_everyone(serve: Callable[..., str], context: BrowserContext, scheme: str) -> None:
    base = serve()
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    found: dict[str, object] = {}

    for path in PAGES:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(f"{base}/guide/{path}")
        found[path] = find_barriers(page)
        page.set_viewport_size({"width": 390, "height": 844})
        found[f"{path} on a phone"] = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert {path: finding for path, finding in found.items() if finding} == {}
    assert complaints == []
