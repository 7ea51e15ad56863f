"""The timeline in a real browser: rows open their drawer once a click, groups fold where they stand, and nothing jumps."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.bench.year import load_year
from tests.browser.conftest import wait_settled
from unionboard import db

pytestmark = pytest.mark.browser
LATE, COMING, DONE = "合理化建议征集与评选", "民主评议学校领导干部", "暑期送清凉"
FOCUSED = """() => { let at = document.activeElement
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
  return at?.querySelector('.text')?.textContent ?? '' }"""


@pytest.fixture
def timeline(serve: Callable[..., str], context: BrowserContext) -> Page:
    """The demo year's timeline at a desk."""
    return open_timeline(context, serve("demo"))


@pytest.fixture
def phone(serve: Callable[..., str], browser: Browser) -> Iterator[Page]:
    """The same on a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="zh-CN")
    yield open_timeline(context, f"{serve('demo')}")
    context.close()


@pytest.fixture
def large(serve: Callable[..., str], served_dir: Path) -> str:
    """The address of a year of 80 activities in eight groups."""
    address = serve()
    engine = db.open_engine(f"sqlite:///{served_dir / 'unionboard.sqlite3'}")
    with db.writing(engine) as session:
        load_year(session, 80)
    engine.dispose()
    return f"{address}/timeline"


def open_timeline(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/timeline?zoom=all")
    expect(page.locator(".timeline .row").first).to_be_visible()
    wait_settled(page)
    return page


def row(page: Page, title: str) -> Locator:
    return page.locator(".timeline .row").filter(has_text=title)


def heading(page: Page, title: str) -> Locator:
    return page.locator(".timeline .heading").filter(has_text=title)


def place(page: Page) -> int:
    """How far the rows are scrolled."""
    return int(page.locator(".timeline .scroll").evaluate("node => Math.round(node.scrollTop)"))


def wait_focused(page: Page, title: str) -> None:
    """Until the row of ``title`` has the focus. A function, as the pages let nobody evaluate strings."""
    page.wait_for_function(f"title => ({FOCUSED})() === title", arg=title)


def close_drawer(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    wait_settled(page)


def test_same_row_opens_its_drawer_at_every_click(timeline: Page) -> None:
    for _ in range(2):
        row(timeline, LATE).click()
        expect(timeline.get_by_role("dialog")).to_contain_text(LATE)
        close_drawer(timeline)

    row(timeline, DONE).click()
    expect(timeline.get_by_role("dialog")).to_contain_text(DONE)


def test_place_and_focus_are_kept_while_the_drawer_is_open_and_after(timeline: Page) -> None:
    timeline.locator(".timeline .scroll").evaluate("node => node.scrollTop = 260")

    row(timeline, DONE).click()
    expect(timeline.get_by_role("dialog")).to_be_visible()
    assert place(timeline) == 260
    close_drawer(timeline)

    wait_focused(timeline, DONE)
    assert place(timeline) == 260


def test_edit_changes_its_row_and_leaves_the_place(timeline: Page) -> None:
    timeline.locator(".timeline .scroll").evaluate("node => node.scrollTop = 120")

    row(timeline, COMING).click()
    timeline.get_by_role("dialog").get_by_role("button", name="已开始").click()

    expect(row(timeline, COMING).locator(".word")).to_have_text("在办")
    close_drawer(timeline)
    assert place(timeline) == 120


def test_focus_is_back_on_the_row_after_its_drawer_was_drawn_anew(timeline: Page) -> None:
    row(timeline, COMING).focus()
    timeline.keyboard.press("Enter")
    drawer = timeline.get_by_role("dialog")
    drawer.get_by_role("button", name="取消活动").click()
    drawer.get_by_label("原因").fill("上级统一安排")
    drawer.get_by_role("button", name="取消活动").click()
    expect(row(timeline, COMING).locator(".word")).to_have_text("取消")

    close_drawer(timeline)

    wait_focused(timeline, COMING)


def test_arrow_keys_walk_the_rows_and_enter_opens_one(timeline: Page) -> None:
    heading(timeline, "二、").focus()

    timeline.keyboard.press("ArrowDown")
    timeline.keyboard.press("ArrowDown")
    assert timeline.evaluate(FOCUSED) == "召开五届三次教职工代表大会"
    timeline.keyboard.press("Enter")

    expect(timeline.get_by_role("dialog")).to_contain_text("召开五届三次教职工代表大会")


def test_keys_fold_a_group_which_stays_folded_over_a_reload(timeline: Page) -> None:
    row(timeline, LATE).focus()

    timeline.keyboard.press("ArrowLeft")
    timeline.keyboard.press("ArrowLeft")
    expect(heading(timeline, "二、")).to_have_attribute("aria-expanded", "false")
    expect(row(timeline, LATE)).to_have_count(0)

    timeline.reload()
    expect(heading(timeline, "二、")).to_have_attribute("aria-expanded", "false")
    heading(timeline, "二、").click()
    expect(row(timeline, LATE)).to_be_visible()


def test_rows_of_a_large_year_come_when_their_group_is_unfolded_and_stay_over_a_reload(large: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(large)
    rows = page.locator(".timeline .row")
    expect(page.locator(".timeline .heading")).to_have_count(8)
    wait_settled(page)
    assert rows.count() == 0

    heading(page, "抓好第3方面工作").click()
    expect(rows).to_have_count(10)
    page.reload()
    expect(rows).to_have_count(10)
    page.locator(".timeline .unfold").click()

    expect(rows).to_have_count(80)


def test_one_row_at_a_time_is_a_stop_of_the_tab_key(timeline: Page) -> None:
    row(timeline, LATE).focus()

    assert timeline.locator(".timeline .groups button[tabindex='0']").count() == 1
    expect(row(timeline, LATE)).to_have_attribute("tabindex", "0")


def test_row_is_told_in_one_sentence(timeline: Page) -> None:
    expect(row(timeline, LATE)).to_have_attribute("aria-label", f"{LATE}、10月、逾期 21 天、陈立群")


def test_chart_reaches_the_foot_of_the_window_and_the_page_does_not_scroll(timeline: Page) -> None:
    foot = timeline.locator(".timeline .scroll").evaluate("node => innerHeight - node.getBoundingClientRect().bottom")
    page_scrolls = timeline.get_by_test_id("stMain").evaluate("node => node.scrollHeight - node.clientHeight")

    assert (0 <= foot <= 40, page_scrolls) == (True, 0)


def test_months_stay_in_sight_over_the_last_row(timeline: Page) -> None:
    timeline.locator(".timeline .row").last.scroll_into_view_if_needed()

    expect(timeline.locator(".timeline .months")).to_be_in_viewport(ratio=1)
    assert place(timeline) > 0


def test_first_tap_opens_the_drawer(phone: Page) -> None:
    phone.locator(".timeline .row").first.tap()

    expect(phone.get_by_role("dialog")).to_be_visible()


def test_phone_shows_title_over_track_and_nothing_sticks_out(phone: Page) -> None:
    first = phone.locator(".timeline .row").first
    title, track = (first.locator(f".{name}").bounding_box() for name in ("title", "track"))

    assert title is not None
    assert track is not None
    assert title["y"] + title["height"] <= track["y"]
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
