"""The register of care visits: every visit without a name, and the occasions."""

from datetime import date, datetime
from io import BytesIO

from openpyxl import load_workbook

from unionboard.writing.visits_xlsx import CountRow, VisitRegister, VisitRow, write_visits_xlsx

HEADINGS = ("序号", "日期", "慰问对象", "慰问事由", "人次", "金额（元）", "慰问品", "慰问人", "证明", "入账")


def make_register() -> VisitRegister:
    """Two visits of 2026."""
    return VisitRegister(
        title="青松小学工会2026年慰问台账",
        period="不含姓名",
        sheet="慰问",
        headings=HEADINGS,
        rows=[
            VisitRow(3, date(2026, 3, 1), "已登记（不公开）", "住院探望", 1, 500_00, "=水果", "吴佳", "已看", "012"),
            VisitRow(4, date(2026, 5, 1), "", "其他慰问", 4, 0, "", "", "", ""),
        ],
        total="合计",
        count_sheet="按事由",
        count_title="按事由统计",
        count_headings=("慰问事由", "次数", "人次", "金额（元）"),
        counts=[CountRow("住院探望", 3, 3, 1_500_00), CountRow("其他慰问", 2, 5, None)],
    )


def test_register_lists_visits_and_sums_them() -> None:
    book = load_workbook(BytesIO(write_visits_xlsx(make_register())))

    rows = [[cell.value for cell in row] for row in book["慰问"].iter_rows(min_row=3, max_row=6)]
    assert rows == [
        list(HEADINGS),
        [3, datetime(2026, 3, 1), "已登记（不公开）", "住院探望", 1, 500, "=水果", "吴佳", "已看", "012"],  # noqa: DTZ001
        [4, datetime(2026, 5, 1), None, "其他慰问", 4, None, None, None, None, None],  # noqa: DTZ001
        [None, None, "合计", None, 5, 500, None, None, None, None],
    ]
    assert book["慰问"]["G4"].data_type == "s"


def test_sum_that_is_kept_back_is_an_empty_cell() -> None:
    book = load_workbook(BytesIO(write_visits_xlsx(make_register())))

    rows = [[cell.value for cell in row] for row in book["按事由"].iter_rows(min_row=4, max_row=5)]
    assert rows == [["住院探望", 3, 3, 1500], ["其他慰问", 2, 5, None]]
