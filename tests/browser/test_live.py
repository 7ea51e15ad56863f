"""Two people at once: what one ticks on a phone, the other sees on the board; nobody's typing is disturbed."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import wait_settled
from tests.browser.desk import keyed
from unionboard.network import list_addresses

pytestmark = pytest.mark.browser


@dataclass(frozen=True, slots=True)
class Room:
    """The board on the wall, a phone that came in by its code, and the link the code says."""

    board: Page
    phone: Page
    link: str


def late(page: Page) -> Locator:
    """How many activities are late, on the board."""
    return page.locator(".figure.late .value")


def tick(phone: Page) -> None:
    """One tap: done today."""
    phone.locator("[class*='st-key-tick_'] button").first.tap()


@pytest.fixture
def room(serve: Callable[..., str], context: BrowserContext, browser: Browser) -> Iterator[Room]:
    """The demo year on a board that shares, and a phone on what is late."""
    if not list_addresses():
        pytest.skip("this machine is in no network that phones could share")
    board = context.new_page()
    board.goto(serve("demo"))
    wait_settled(board)
    board.get_by_role("button", name="手机打开").click()
    board.get_by_role("button", name="显示二维码").click()
    link = board.get_by_role("dialog").get_by_test_id("stCode").inner_text().strip()
    board.keyboard.press("Escape")
    expect(board.get_by_role("dialog")).to_have_count(0)
    profile = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="zh-CN")
    phone = profile.new_page()
    phone.goto(f"{link}&show=late")
    wait_settled(phone)
    yield Room(board, phone, link)
    profile.close()
    board.goto(serve("demo"))
    wait_settled(board)
    if board.get_by_role("button", name="手机已可打开").count():
        stop_sharing(board)


def stop_sharing(board: Page) -> None:
    board.get_by_role("button", name="手机已可打开").click()
    board.get_by_role("button", name="停止共享").click()
    expect(board.get_by_role("button", name="显示二维码")).to_be_visible()


def test_tick_on_the_phone_appears_on_the_board_without_a_reload(room: Room) -> None:
    expect(late(room.board)).to_have_text("3")
    room.board.evaluate("window.notReloaded = true")

    tick(room.phone)

    expect(late(room.board)).to_have_text("2")
    assert room.board.evaluate("window.notReloaded")


def test_half_typed_text_on_the_board_stays_while_the_phone_ticks(room: Room) -> None:
    room.board.locator(".row .title").first.click()
    drawer = room.board.get_by_role("dialog")
    drawer.get_by_role("button", name="办结", exact=True).click()
    field = drawer.locator("textarea:visible").first
    field.fill("收到建议")
    field.press_sequentially("二十")

    tick(room.phone)

    expect(room.board.get_by_text("数据已更新")).to_be_visible()
    expect(drawer).to_be_visible()
    expect(field).to_have_value("收到建议二十")
    expect(field).to_be_focused()


def test_board_follows_when_its_drawer_is_closed(room: Room) -> None:
    room.board.locator(".row .title").first.click()
    expect(room.board.get_by_role("dialog")).to_be_visible()
    wait_settled(room.board)  # a board still drawing when the tick arrives shows it at once and has nothing to announce
    tick(room.phone)
    expect(room.board.get_by_text("数据已更新")).to_be_visible()

    room.board.keyboard.press("Escape")

    expect(late(room.board)).to_have_text("2")
    expect(room.board.get_by_text("数据已更新")).to_be_hidden()


def test_phone_keeps_no_key_in_its_address_and_is_offered_no_code(room: Room) -> None:
    assert "key=" not in room.phone.url

    room.phone.goto(room.phone.url.partition("/checkoffs")[0])
    wait_settled(room.phone)

    expect(keyed(room.phone, "go_phone")).to_have_count(0)


def test_after_sharing_stops_the_link_opens_nothing(room: Room) -> None:
    stop_sharing(room.board)

    expect(room.phone.get_by_role("dialog")).to_contain_text("连接已断开")
    with pytest.raises(Exception, match="ERR_CONNECTION_REFUSED"):
        room.phone.goto(room.link)


def test_large_screen_answers_which_without_leaving_it(serve: Callable[..., str], context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{serve('demo')}/?screen=big")
    wait_settled(page)

    page.get_by_role("button", name="会后办结").click()

    over = page.locator(".sheet dialog")
    expect(over.get_by_role("heading")).to_contain_text("上次会议后办结")
    page.keyboard.press("Escape")
    expect(over).to_be_hidden()


def test_large_screen_fits_every_projector_without_scrolling(serve: Callable[..., str], context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{serve('demo')}/?screen=big")
    wait_settled(page)
    sheet, title = page.locator(".sheet"), page.locator(".row .title").first

    for width, height in ((1280, 720), (1366, 768), (1920, 1080), (3840, 2160)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(300)

        assert sheet.evaluate("node => [node.scrollWidth <= node.clientWidth, node.scrollHeight <= node.clientHeight]") == [True, True]
        assert sheet.locator(".card").evaluate_all("cards => cards.filter(card => card.scrollHeight > card.clientHeight + 1).length") == 0
        assert round(title.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") / height * 1080) >= 31


def test_large_screen_of_a_union_with_a_long_name_keeps_its_width(
    serve: Callable[..., str], served_dir: Path, context: BrowserContext
) -> None:
    address = serve("demo")
    with closing(sqlite3.connect(served_dir / "unionboard.sqlite3")) as database:
        database.execute("UPDATE 'union' SET name = '江城市青松区教育系统第三联合片区青松实验学校及幼儿园工会委员会'")
        database.commit()
    page = context.new_page()
    page.goto(f"{address}/?screen=big")
    wait_settled(page)

    expect(page.locator(".head")).to_contain_text("幼儿园工会委员会")
    expect(page.locator(".head .way").last).to_be_in_viewport(ratio=1)
    expect(page.locator(".figure.fund")).to_be_in_viewport(ratio=1)
