"""The list people sign when something is handed out, and names pasted for it."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.shared import Pt
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from unionboard.writing.roster import Roster, read_roster
from unionboard.writing.signoff import Receiver, SignOffList, write_signoff_docx, write_signoff_xlsx

HEADINGS = ("序号", "姓名", "部门", "品名", "数量", "金额（元）", "签字", "日期")


def make_list(*receivers: Receiver, **values: Any) -> SignOffList:
    """Mid-Autumn gifts at 100.00 yuan."""
    defaults: dict[str, Any] = {
        "union": "青松小学工会",
        "title": "中秋慰问品签领表",
        "told": "2026年9月23日，2 人，每份 ¥100.00",
        "sheet": "签领表",
        "headings": HEADINGS,
        "goods": "月饼",
        "unit_fen": 100_00,
        "total": "合计",
        "foot": ("经办人：________", "证明人：________"),
        "language": "zh_CN",
        "as_of": date(2026, 9, 23),
    }
    return SignOffList(receivers=receivers, **{**defaults, **values})


def open_list(document: SignOffList) -> Worksheet:
    """The sheet that is written."""
    return load_workbook(BytesIO(write_signoff_xlsx(document)))[document.sheet]


def test_workbook_has_a_line_for_each_and_their_sum() -> None:
    sheet = open_list(make_list(Receiver("何敏", "语文组"), Receiver("=吴佳")))

    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=1, max_row=6, max_col=8)]
    assert rows == [
        ["青松小学工会中秋慰问品签领表", *[None] * 7],
        ["2026年9月23日，2 人，每份 ¥100.00", *[None] * 7],
        list(HEADINGS),
        [1, "何敏", "语文组", "月饼", 1, 100, None, None],
        [2, "=吴佳", None, "月饼", 1, 100, None, None],
        [None, "合计", None, None, 2, 200, None, None],
    ]
    assert sheet["B5"].data_type == "s"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet["B8"].value, sheet["E8"].value) == ("经办人：________", "证明人：________")


def test_lines_to_fill_by_hand_are_numbered_and_high_enough_to_sign() -> None:
    sheet = open_list(make_list(*[Receiver()] * 3))

    assert [sheet.cell(row, 1).value for row in (4, 5, 6)] == [1, 2, 3]
    assert [sheet.cell(row, 2).value for row in (4, 5, 6)] == [None, None, None]
    assert sheet.row_dimensions[4].height == 28


def test_word_file_says_the_same() -> None:
    file = Document(BytesIO(write_signoff_docx(make_list(Receiver("何敏", "语文组"), Receiver()))))

    rows = [[cell.text for cell in row.cells] for row in file.tables[0].rows]
    assert rows == [
        list(HEADINGS),
        ["1", "何敏", "语文组", "月饼", "1", "100.00", "", ""],
        ["2", "", "", "月饼", "1", "100.00", "", ""],
        ["", "合计", "", "", "2", "200.00", "", ""],
    ]
    assert file.tables[0].rows[1].height == Pt(28)
    assert [paragraph.text for paragraph in file.paragraphs if paragraph.text] == [
        "青松小学工会\n中秋慰问品签领表",
        "2026年9月23日，2 人，每份 ¥100.00",
        "经办人：________　证明人：________",
    ]


def test_value_of_all_lines_is_exact() -> None:
    assert make_list(*[Receiver()] * 3, unit_fen=33_33).total_fen == 99_99
    assert Decimal("99.99") == Decimal(make_list(*[Receiver()] * 3, unit_fen=33_33).total_fen) / 100


@pytest.mark.parametrize(
    ("text", "receivers"),
    [
        ("何敏\t语文组\n吴佳\t数学组", (Receiver("何敏", "语文组"), Receiver("吴佳", "数学组"))),
        ("1. 何敏，语文组\n2. 吴佳", (Receiver("何敏", "语文组"), Receiver("吴佳"))),
        ("序号\t姓名\t部门\n1\t何敏\t语文组", (Receiver("何敏", "语文组"),)),
        ("何敏 语文组\n\n何 敏\nAnna Li", (Receiver("何敏", "语文组"), Receiver("何 敏"), Receiver("Anna Li"))),
        ("  \n", ()),
    ],
)
def test_pasted_names_are_read_a_line_a_person(text: str, receivers: tuple[Receiver, ...]) -> None:
    assert read_roster(text) == Roster(receivers, 0)


def test_private_numbers_beside_names_are_left_out_and_counted() -> None:
    pasted = "何敏\t语文组\t13812345678\n吴佳\t11010119900307775X\t数学组"

    assert read_roster(pasted) == Roster((Receiver("何敏", "语文组"), Receiver("吴佳", "数学组")), 2)
