"""A plan that was changed after it was adopted, as a secretary brings it in: the Word file again, ticks, and what was done stays done."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import wait_settled
from tests.browser.desk import keyed
from tests.browser.test_journey import open_page, read_sample
from unionboard.config import PROJECT_DIR

pytestmark = pytest.mark.browser
MATCH = "举办教工气排球联赛"
CHANGED = {f"{MATCH}。": f"11月28日，{MATCH}。", "办理医疗互助续保。": "", "评比先进工会小组。": "评比先进工会小组和优秀会员。"}


def write_corrected(path: Path) -> Path:
    """The Word sample with one day set, one line gone and one reworded."""
    document = docx.Document(str(PROJECT_DIR / "data" / "samples" / "plan-2026.docx"))
    for paragraph in document.paragraphs:
        if paragraph.text in CHANGED:
            paragraph.text = CHANGED[paragraph.text]
    document.save(str(path))
    return path


def test_corrected_word_file_is_compared_and_taken_over(serve: Callable[..., str], context: BrowserContext, tmp_path: Path) -> None:
    page = context.new_page()
    page.goto(serve())
    wait_settled(page)
    read_sample(page)
    keyed(page, "go_adopt").get_by_role("button").click()
    expect(keyed(page, "read_corrected")).to_be_visible()
    open_page(page, "办结")
    keyed(page, "card_").filter(has_text=MATCH).locator("[class*='st-key-tick_'] button").click()
    wait_settled(page)

    open_page(page, "计划")
    keyed(page, "read_corrected").get_by_role("button").click()
    wait_settled(page)
    page.locator("input[type=file]").set_input_files(write_corrected(tmp_path / "corrected.docx"))
    apply = keyed(page, "go_apply").get_by_role("button")
    expect(apply).to_have_text("check应用 2 处：修改 2")
    wait_settled(page)
    expect(keyed(page, "compare_changed").get_by_text("已办结 1 次")).to_be_visible()
    keyed(page, "compare_gone").get_by_role("checkbox", name="办理医疗互助续保").check(force=True)
    expect(apply).to_have_text("check应用 3 处：修改 2，移出 1")
    apply.click()

    expect(keyed(page, "plan_applied_note")).to_contain_text("修改稿已应用：修改 2，移出 1")
    open_page(page, "办结")
    cards = keyed(page, "card_")
    expect(cards.filter(has_text=MATCH)).to_contain_text("已办")
    expect(cards.filter(has_text="办理医疗互助续保")).to_have_count(0)
