"""The first ten minutes, by presses alone: from an empty folder to the own year on the projector, and from the demo to one's own."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import wait_settled
from tests.browser.desk import keyed
from unionboard.config import PROJECT_DIR

pytestmark = pytest.mark.browser
PLAN = PROJECT_DIR / "data" / "samples" / "plan-2026.docx"


class Hand:
    """Presses, and counts how often."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses = page, 0

    def press(self, what: Locator) -> None:
        self.presses += 1
        what.click()
        wait_settled(self.page)


def test_own_plan_is_on_the_projector_after_five_presses(serve: Callable[..., str], context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(serve())
    wait_settled(page)
    hand = Hand(page)

    hand.press(keyed(page, "go_welcome_read").get_by_role("button"))
    with page.expect_file_chooser() as chooser:
        hand.press(keyed(page, "plan_file_").locator("button"))
    chooser.value.set_files(PLAN)
    expect(keyed(page, "go_adopt")).to_be_visible()
    wait_settled(page)
    hand.press(keyed(page, "go_adopt").get_by_role("button"))
    hand.press(keyed(page, "plan_adopted_note").get_by_role("link", name="看板"))
    hand.press(keyed(page, "go_big").get_by_role("button"))

    expect(page.get_by_role("heading", name="青松小学工会委员会 2026年度")).to_be_attached()
    assert (hand.presses, page.url.split("?")[-1]) == (5, "screen=big")


@pytest.mark.long
def test_tour_walks_through_the_demo_covers_no_page_and_leads_to_the_own_year(serve: Callable[..., str], context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(serve(fresh=True))
    wait_settled(page)
    hand, walked = Hand(page), []

    hand.press(keyed(page, "welcome_demo").get_by_role("button"))
    for step in ("board", "checkoffs", "timeline", "fund", "summary", "big", "phones"):
        card = keyed(page, f"tour_{step}")
        expect(card).to_be_visible()
        wait_settled(page)
        expect(card.get_by_role("status")).to_be_visible()
        if step != "big":
            title = page.get_by_role("heading", level=1).first.bounding_box()
            box = card.bounding_box()
            assert title is not None
            assert box is not None
            assert title["height"] < 2 or box["y"] + box["height"] <= title["y"]
        walked.append(page.url.split("/")[-1])
        if step != "phones":
            page.keyboard.press("n")
            page.wait_for_timeout(300)

    assert walked == ["", "checkoffs", "timeline", "fund", "summary", "?screen=big", ""]
    page.keyboard.press("Escape")
    expect(keyed(page, "tour_phones")).to_be_hidden()
    expect(keyed(page, "tour_again")).to_be_visible()

    hand.press(keyed(page, "own_year").get_by_role("button").first)
    hand.press(keyed(page, "go_own_year").get_by_role("button"))
    expect(page.get_by_role("heading", name="欢迎")).to_be_visible()
    assert hand.presses == 3
