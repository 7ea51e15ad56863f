"""The timeline on paper, in a real browser: it prints on its pages and comes down as pictures."""

import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext

from tests.browser.barriers import find_barriers
from tests.browser.conftest import wait_settled

pytestmark = pytest.mark.browser


def read_size(picture: Path) -> tuple[bytes, tuple[int, int]]:
    """A PNG's signature, and its width and height."""
    head = picture.read_bytes()[:24]
    return head[:8], struct.unpack(">II", head[16:24])


def test_menu_leads_to_a_page_that_prints_and_saves_as_pictures(serve: Callable[..., str], context: BrowserContext, tmp_path: Path) -> None:
    page = context.new_page()
    page.goto(f"{serve('demo')}/timeline?owner=何敏")
    wait_settled(page)
    page.get_by_role("button", name="打印和导出").click()
    with context.expect_page() as opened:
        page.get_by_role("link", name="A3").click()
    paper = opened.value
    complaints: list[str] = []
    paper.on("console", lambda message: complaints.append(message.text))

    paper.get_by_text("只列：负责人“何敏”，共48项中的3项。", exact=True).wait_for()
    with paper.expect_download() as saved:
        paper.get_by_role("button", name="存为图片").click()
    saved.value.save_as(tmp_path / "paper.png")

    assert saved.value.suggested_filename == "2026年工会工作计划-甘特图.png"
    assert read_size(tmp_path / "paper.png") == (b"\x89PNG\r\n\x1a\n", (4200, 2970))
    pdf = paper.pdf(prefer_css_page_size=True)
    assert (pdf.count(b"/Type /Page\n"), complaints) == (1, [])


def test_gantt_comes_down_as_a_workbook_in_the_language_of_the_page(
    serve: Callable[..., str], context: BrowserContext, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto(f"{serve('demo')}/timeline?lang=en")
    wait_settled(page)
    page.get_by_role("button", name="On paper").click()

    with page.expect_download() as saved:
        page.get_by_role("button", name="Gantt chart with coloured cells").click()
    saved.value.save_as(tmp_path / "gantt.xlsx")

    assert saved.value.suggested_filename == "2026 union work plan - Gantt chart.xlsx"
    assert load_workbook(tmp_path / "gantt.xlsx").worksheets[0]["C4"].value == "Activity"


def test_paper_has_no_serious_finding(serve: Callable[..., str], context: BrowserContext) -> None:
    page = context.new_page()

    page.goto(f"{serve('demo')}/paper/timeline")

    assert find_barriers(page) == []
