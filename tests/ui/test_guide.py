"""The way to the guide from the program: it leads to pages there are, in the language of the page."""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from unionboard.web.guide_text import list_addresses


@pytest.mark.parametrize(("lang", "tag"), [("zh_CN", "zh-CN"), ("en", "en")])
def test_foot_of_the_settings_leads_to_guide_and_sheet(open_page: Callable[..., AppTest], lang: str, tag: str) -> None:
    foot = open_page("settings", lang=lang).markdown[-1].value

    links = re.findall(r"\((/[^)]+)\)", foot)
    assert links == [f"/guide/{tag}", f"/guide/more/privacy-sheet.{tag}"]
    assert set(links) <= list_addresses()


def test_first_page_leads_to_the_guide(open_page: Callable[..., AppTest]) -> None:
    links = [element.proto.url for element in open_page("board", lang="en").get("link_button")]

    assert links == ["/guide/en"]


def test_head_of_the_board_leads_to_the_guide(open_page: Callable[..., AppTest], demo: object) -> None:
    links = [element.proto.url for element in open_page("board").get("link_button")]

    assert links == ["/guide/zh-CN"]
