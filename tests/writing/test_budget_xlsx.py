"""The budget table's workbook, opened again."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from unionboard.reference import FundItem, fund_items
from unionboard.services.fund_report import AmendmentLine, FundReport, ReportLine
from unionboard.writing.budget_xlsx import write_budget_xlsx
from unionboard.writing.fund_words import FundWords

ITEMS = fund_items()
SPORTS = ReportLine(item=ITEMS["culture_sports"], adopted_fen=20_000_00, amended_fen=1_000_00, booked_fen=10_500_50, last_fen=19_000_00)
EDUCATION = ReportLine(item=ITEMS["education"], adopted_fen=6_000_00, booked_fen=0, last_fen=0)
MEETINGS = ReportLine(item=ITEMS["meetings"], booked_fen=486_00, note="两次会议")
REPORT = FundReport(
    union="青松小学工会",
    year=2026,
    as_of=date(2026, 11, 21),
    opening_fen=9_860_00,
    income=(ReportLine(item=ITEMS["dues"], adopted_fen=22_350_00, booked_fen=18_625_00),),
    spending=(EDUCATION, SPORTS, MEETINGS),
    adopted_on=date(2026, 1, 14),
    resolution="委员会会议",
    amendments=(AmendmentLine(1, date(2026, 9, 18), "委员会会议", "服装费增加", ((ITEMS["culture_sports"], 1_000_00),)),),
)


def rows(report: FundReport = REPORT, language: str = "zh_CN") -> list[tuple[Any, ...]]:
    book = load_workbook(BytesIO(write_budget_xlsx(report, FundWords(language))))
    return list(book.worksheets[0].iter_rows(values_only=True))


def test_budget_table_has_the_columns_of_the_form() -> None:
    assert rows()[2] == ("科目", "上年决算", "本年预算", "调整", "执行", "执行率", "备注")


def test_items_stand_in_their_groups_with_sums_that_are_numbers() -> None:
    assert rows()[3:] == [
        ("会费收入", None, 22350, None, 18625, 18625 / 22350, None),
        ("收入合计", None, 22350, None, 18625, 18625 / 22350, None),
        ("职工活动支出", 19000, 26000, 1000, 10500.5, 10500.5 / 27000, None),
        ("职工教育", 0, 6000, None, 0, 0, None),
        ("文体活动", 19000, 20000, 1000, 10500.5, 10500.5 / 21000, "第1次调整（9月18日）：服装费增加"),
        ("会议", None, None, None, 486, None, "两次会议"),
        ("支出合计", 19000, 26000, 1000, 10986.5, 10986.5 / 27000, None),
        ("上年结转", None, 9860, None, 9860, None, None),
        ("结余", None, 6210, -1000, 17498.5, None, None),
    ]


def test_adoption_is_told_above_the_table() -> None:
    told = [rows(report)[1][0] for report in (REPORT, replace(REPORT, adopted_on=None, resolution=""))]

    assert told == ["2026年1月14日通过　委员会会议 · 截至2026年11月21日　单位：元", "预算尚未通过 · 截至2026年11月21日　单位：元"]


def test_note_that_looks_like_a_formula_stays_text() -> None:
    item = FundItem("own_1", "out", "=SUM(A1)", "=SUM(A1)", group="operations")
    report = replace(REPORT, spending=(ReportLine(item=item, booked_fen=1, note="+1"),))
    sheet = load_workbook(BytesIO(write_budget_xlsx(report, FundWords("zh_CN")))).worksheets[0]

    assert [(sheet["A6"].value, sheet["A6"].data_type), (sheet["G6"].value, sheet["G6"].data_type)] == [("=SUM(A1)", "s"), ("+1", "s")]


def test_same_report_gives_the_same_bytes() -> None:
    assert write_budget_xlsx(REPORT, FundWords("en")) == write_budget_xlsx(REPORT, FundWords("en"))
