"""Every page, on an empty database and on the demo year, in both languages."""

import re
from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

OpenPage = Callable[..., AppTest]
PAGES = ("board", "plan", "timeline", "checkoffs", "fund", "summary", "settings", "meeting", "papers")
PLAN_TITLE = "青松小学工会2026年工作计划"
HEADINGS = {
    "zh_CN": ("看板", PLAN_TITLE, "时间轴", "办结", "经费", "总结", "设置", "第3次委员会会议", "打印"),
    "en": ("Board", PLAN_TITLE, "Timeline", "Check-offs", "Fund", "Summary", "Settings", "Committee meeting no. 3", "To print"),
}
HAN = re.compile(r"[\u4e00-\u9fff]")


def words(at: AppTest) -> Iterator[str]:
    """What a reader sees: text, headings, and the labels of everything that can be pressed or filled in."""
    for kind in (at.markdown, at.title, at.header, at.subheader, at.text, at.caption, at.info, at.warning, at.error, at.success):
        yield from (str(element.value) for element in kind)
    for widgets in (
        at.button,
        at.text_input,
        at.text_area,
        at.number_input,
        at.selectbox,
        at.date_input,
        at.toggle,
        at.expander,
        at.metric,
    ):
        yield from (str(element.label) for element in widgets)


@pytest.mark.parametrize(
    ("page", "language", "heading"),
    [(page, language, heading) for language, headings in HEADINGS.items() for page, heading in zip(PAGES, headings, strict=True)],
)
def test_page_of_the_demo_year_has_its_heading(demo: None, open_page: OpenPage, page: str, language: str, heading: str) -> None:
    at = open_page(page, lang=language)

    assert any(heading in text for text in words(at))


@pytest.mark.parametrize("page", PAGES)
def test_english_page_without_data_has_no_chinese(open_page: OpenPage, page: str) -> None:
    at = open_page(page, lang="en")

    assert [text for text in words(at) if HAN.search(text)] == []


@pytest.mark.parametrize("page", PAGES)
def test_chinese_page_without_data_speaks_chinese(open_page: OpenPage, page: str) -> None:
    at = open_page(page)

    sentences = [re.sub(r":material/\w+:|:\w+\[|\.[a-z]+\b", "", text) for text in words(at)]
    assert [text for text in sentences if re.search(r"[a-z]{3,} [a-z]{2,}", text) and "<style>" not in text] == []
