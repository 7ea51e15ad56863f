"""The register of activities: what an inspector finds in which cell."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from unionboard.writing.register_xlsx import AreaRow, RegisterDocument, RegisterRow, write_register_xlsx

ROW = RegisterRow(
    held_on=date(2026, 5, 8),
    held_to=None,
    title="趣味运动会",
    area="文体活动",
    eligible=48,
    participants=46,
    spent_fen=123_450,
    result="圆满结束。",
    papers="方案，签到表，照片 3",
    place="3号文件夹",
)


def write(*rows: RegisterRow) -> Workbook:
    document = RegisterDocument(
        title="2026年工会活动台账",
        period="2026年1月1日 至 2026年12月31日",
        sheet="活动台账",
        headings=["序号", "时间", "活动", "工作方面", "应到", "实到", "经费（元）", "小结", "佐证材料", "存放处"],
        rows=rows,
        total="共 1 次",
        area_sheet="各方面汇总",
        area_title="各方面佐证情况",
        area_headings=["工作方面", "办结次数", "有佐证", "占比", "签到表", "照片"],
        areas=[AreaRow("文体活动", 4, 3, [2, 3]), AreaRow("健康", 0, 0, [0, 0])],
    )
    return load_workbook(BytesIO(write_register_xlsx(document)))


def values(book: Workbook, sheet: str, row: int) -> list[object]:
    return [cell.value for cell in book[sheet][row]]


def test_row_says_what_was_held_and_what_proves_it() -> None:
    book = write(ROW)

    assert values(book, "活动台账", 4) == [
        1, "2026-05-08", "趣味运动会", "文体活动", 48, 46, 1234.5, "圆满结束。", "方案，签到表，照片 3", "3号文件夹",
    ]  # fmt: skip
    assert values(book, "活动台账", 5)[2:7] == ["共 1 次", None, None, None, 1234.5]


@pytest.mark.parametrize(
    ("held_to", "told"),
    [
        (date(2026, 5, 8), "2026-05-08"),
        (date(2026, 5, 10), "2026-05-08–10"),
        (date(2026, 6, 2), "2026-05-08–06-02"),
        (date(2027, 1, 5), "2026-05-08–2027-01-05"),
    ],
)
def test_several_days_are_told_as_briefly_as_they_can(held_to: date, told: str) -> None:
    book = write(RegisterRow(ROW.held_on, held_to, "x", "", None, None, None, "", "", ""))

    assert book["活动台账"]["B4"].value == told


def test_text_that_looks_like_a_formula_stays_text() -> None:
    book = write(RegisterRow(ROW.held_on, None, "=1+1", "", None, None, None, "", "", ""))

    assert (book["活动台账"]["C4"].value, book["活动台账"]["C4"].data_type) == ("=1+1", "s")


def test_second_sheet_has_the_share_of_each_area_and_of_all() -> None:
    book = write(ROW)

    assert values(book, "各方面汇总", 4) == ["文体活动", 4, 3, 0.75, 2, 3]
    assert values(book, "各方面汇总", 5) == ["健康", 0, 0, None, None, None]
    assert values(book, "各方面汇总", 6) == ["共 1 次", 4, 3, 0.75, 2, 3]


def test_register_without_rows_is_a_form() -> None:
    assert values(write(), "活动台账", 4)[2] == "共 1 次"
