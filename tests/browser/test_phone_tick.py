"""A phone in the hand: tick, add the photo, look at it, take it away, put it back, and the way back after a reload."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from tests.browser.conftest import PATIENCE_MS, wait_settled
from tests.photos import make_photo
from unionboard import db
from unionboard.models import Evidence
from unionboard.services.photos import has_position

pytestmark = pytest.mark.browser

TITLE = "师徒结对中期汇报"
FINGER_PX = 44  # the least a thumb hits safely


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page at 390 × 844 with touch."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True, is_mobile=True, device_scale_factor=2
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def find_papers(folder: Path) -> list[Evidence]:
    with db.reading(db.open_engine(f"sqlite:///{folder / 'unionboard.sqlite3'}")) as session:
        return list(session.exec(select(Evidence).where(Evidence.sha256 != "")))


def test_tick_with_a_photo_on_a_phone(phone: Page, serve: Callable[..., str], served_dir: Path) -> None:
    phone.goto(f"{serve('demo')}/checkoffs")
    wait_settled(phone)
    tick = phone.get_by_role("button", name=f"办结“{TITLE}”")
    box = tick.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= FINGER_PX
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390

    tick.tap()
    card = phone.locator('[class*="st-key-card_"]').filter(has_text=TITLE)
    expect(card.get_by_role("button", name="撤销")).to_be_visible()
    camera = card.locator("input[type=file]")
    assert camera.get_attribute("accept") is None  # any list of types takes the camera out of what some phones offer
    camera.set_input_files({"name": "IMG_0042.HEIC", "mimeType": "image/heic", "buffer": make_photo("HEIF", size=(1600, 1200))})
    expect(card.get_by_text("缺 1 件佐证")).to_have_count(0)

    (paper,) = find_papers(served_dir)
    kept = (served_dir / "evidence" / paper.stored_name).read_bytes()
    assert (paper.name, paper.media_type, has_position(kept)) == ("IMG_0042.jpg", "image/jpeg", False)

    card.get_by_role("button", name=TITLE).tap()
    drawer = phone.get_by_role("dialog").first
    expect(drawer.get_by_role("img", name="IMG_0042.jpg")).to_be_visible()
    drawer.get_by_role("button", name="IMG_0042.jpg").tap()
    large = drawer.locator("dialog.large")
    expect(large).to_be_visible()
    phone.keyboard.press("Escape")
    expect(large).to_be_hidden()
    expect(drawer).to_be_visible()

    drawer.get_by_role("button", name="移除").tap()
    drawer.get_by_role("button", name="放回").tap()
    expect(drawer.get_by_text("佐证（1 件）")).to_be_visible()

    phone.goto(phone.url.split("?")[0])
    wait_settled(phone)
    phone.locator('[class*="st-key-card_"]').filter(has_text=TITLE).get_by_role("button", name="撤销").tap()
    expect(tick).to_be_visible()
