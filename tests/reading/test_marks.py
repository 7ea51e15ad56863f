"""Numbers and signs in front of words, and those inside a line."""

import pytest

from tests.reading.views import schedule_of
from unionboard.reading.lines import fold, fold_line
from unionboard.reading.marks import Style, find_inline_marks, find_mark


@pytest.mark.parametrize(
    ("line", "style", "number"),
    [
        ("壹、指导思想", Style.FORMAL, 1),
        ("丙、全年活动", Style.FORMAL, 3),
        ("（贰）文化建设", Style.FORMAL, 2),
        ("一 、思想引领", Style.CHINESE, 1),
        ("第二部分　重点", Style.PART, 2),
        ("3.6至8月供应饮料", Style.DIGIT, 3),
        ("1.2 组织培训", Style.DECIMAL, 2),
        ("➤ 3月", Style.BULLET, 0),
        ("## 保障措施", Style.HASH, 0),
    ],
)
def test_mark_is_read(line: str, style: Style, number: int) -> None:
    mark = find_mark(fold(line))

    assert mark is not None
    assert (mark.style, mark.number) == (style, number)


@pytest.mark.parametrize("line", ["3.8 妇女节活动", "5.12护士节", "三.八节插花", "组织培训"])
def test_line_without_a_number_has_no_mark(line: str) -> None:
    assert find_mark(fold(line)) is None


@pytest.mark.parametrize(
    ("line", "starts"),
    [("1、插花2、植树3、春游", [4, 8]), ("1,外出参观 2,知识竞赛", [7]), ("a) 慰问；b) 巡视", [6]), ("参加2、3月的活动", [])],
)
def test_numbers_that_count_on_part_a_line(line: str, starts: list[int]) -> None:
    assert find_inline_marks(fold(line)) == starts


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("🌸3月", "●3月"),
        ("1️⃣ 插花🌹", "1、 插花"),
        ("- [ ] 3月 插花", "- 3月 插花"),
        ("## 一、重点", "一、重点"),
        ("**保障措施**", "# 保障措施"),
    ],
)
def test_decoration_gives_way_to_what_it_means(raw: str, text: str) -> None:
    assert fold_line(1, raw).text == text


def test_months_and_items_behind_signs_of_their_own() -> None:
    assert schedule_of("工会活动安排\n➤ 3月\n◎ 插花\n◎ 植树\n➤ 4月\n◎ 春游\n➤ 5月\n◎ 拔河") == [
        ((3,), ["插花", "植树"]),
        ((4,), ["春游"]),
        ((5,), ["拔河"]),
    ]


def test_bullet_below_a_bullet_is_a_note() -> None:
    assert schedule_of("活动安排\n### 3月\n- 技能赛\n  - 单人项目\n- 便民服务\n### 4月\n- 轮训\n### 5月\n- 荣退") == [
        ((3,), ["技能赛", "便民服务"]),
        ((4,), ["轮训"]),
        ((5,), ["荣退"]),
    ]
