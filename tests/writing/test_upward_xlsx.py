"""The table for the upper union, opened again."""

from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from unionboard.drafting.facts import Period
from unionboard.drafting.figures import Figure, Rule, Source, Unit, rate
from unionboard.drafting.upward import UpwardLine, UpwardTable
from unionboard.writing.upward_xlsx import write_upward_xlsx

CAME = Figure(46, Unit.PERSON, Rule.FIELD, "check_off.participants", (Source("check_off", 3),))
DUE = Figure(48, Unit.PERSON, Rule.FIELD, "check_off.eligible", (Source("check_off", 3),))
SPENT = Figure(3_000_50, Unit.FEN, Rule.SUM, "fund_entry.amount_fen", (Source("fund_entry", 1), Source("fund_entry", 2)))
PERIOD = Period("calendar_year", 2026, date(2026, 1, 1), date(2026, 12, 31), date(2026, 11, 21), is_year_end=False, is_over=False)
LINES = (
    UpwardLine("activities", "turnout", "平均参加率", "percent", rate(CAME, DUE)),
    UpwardLine("activities", "person_times", "参加人次", "person_time", None),
    UpwardLine("money", "spending", "=本期支出", "fen", SPENT),
)


def rows(sheet: int = 0, **values: Any) -> list[tuple[Any, ...]]:
    told = {"union": "青松小学工会", "higher_union": "区教育工会", "period": PERIOD, "lines": LINES, "language": "zh_CN", **values}
    table = UpwardTable(**told)
    return list(load_workbook(BytesIO(write_upward_xlsx(table))).worksheets[sheet].iter_rows(values_only=True))


def test_top_says_whose_figures_of_which_days_and_for_whom() -> None:
    assert [row[0] for row in rows()[:2]] == [
        "青松小学工会工作情况统计表",
        "报送：区教育工会 · 统计期：2026年1月1日至2026年12月31日 · 截至2026年11月21日",
    ]


def test_line_has_number_name_unit_value_way_records_and_code() -> None:
    assert rows()[2:6] == [
        ("序号", "指标", "单位", "数值", "计算方法", "依据的记录", "代码"),
        (None, "活动开展", None, None, None, None, None),
        (1, "平均参加率", "%", 95.8, "46 ÷ 48", "办结记录 3", "turnout"),
        (2, "参加人次", "人次", "—", "没有记录", None, "person_times"),
    ]


def test_money_is_a_number_of_yuan_and_text_stays_text() -> None:
    assert rows()[7] == (3, "=本期支出", "元", 3000.5, "“金额”之和", "收支记录 1–2", "spending")


def test_second_sheet_takes_figures_apart_down_to_their_records() -> None:
    assert rows(1)[3:] == [
        (1, "平均参加率", 95.8, "%", "46 ÷ 48", None, None),
        (None, "其中", 46, "人", "记录中的“参加人数”", "check_off.participants", "办结记录 3"),
        (None, "其中", 48, "人", "记录中的“应参加人数”", "check_off.eligible", "办结记录 3"),
        (3, "=本期支出", 3000.5, "元", "“金额”之和", "fund_entry.amount_fen", "收支记录 1–2"),
    ]


def test_table_in_english() -> None:
    told = rows(language="en")

    assert told[1][0] == "To: 区教育工会 · Period: 1 Jan 2026 to 31 Dec 2026 · as of 21 Nov 2026"
    assert told[4][2:6] == ("%", 95.8, "46 ÷ 48", "check-off 3")


def test_same_figures_are_the_same_bytes() -> None:
    table = UpwardTable("青松小学工会", "", PERIOD, LINES, "zh_CN")

    assert write_upward_xlsx(table) == write_upward_xlsx(table)
