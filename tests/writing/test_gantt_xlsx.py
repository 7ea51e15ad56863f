"""The Excel Gantt, opened again: values, fills and what makes it printable."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.writing.sheets import day, make_row, make_sheet
from unionboard.services.activities import OccurrenceStatus, Status
from unionboard.writing.gantt_xlsx import FIRST_COLUMN, FIRST_ROW, HEAD_ROW, LOOKS, MONTH_ROW, list_columns, write_gantt
from unionboard.writing.sheet import SheetPart, SheetRow, Turn, YearSheet

ROW = FIRST_ROW + 1  # below the section's heading


def reopen(sheet: YearSheet) -> Worksheet:
    page = load_workbook(BytesIO(write_gantt(sheet))).active
    assert isinstance(page, Worksheet)
    return page


def signs(row: SheetRow, **values: Any) -> dict[date, str]:
    """First day of each column of the row that is not empty -> its sign."""
    sheet = make_sheet(row, **values)
    page = reopen(sheet)
    cells = {column[0]: page.cell(ROW, at).value for at, column in enumerate(list_columns(sheet), start=FIRST_COLUMN)}
    return {first: str(value) for first, value in cells.items() if value is not None}


def look(page: Worksheet, line: int, column: int) -> tuple[str, str, str]:
    cell: Any = page.cell(line, column)
    return str(cell.value), cell.fill.patternType, cell.fill.start_color.rgb[2:]


def test_weeks_begin_on_monday_and_end_with_their_month() -> None:
    columns = list(list_columns(make_sheet(within=(day(1, 1), day(4, 30)))))

    assert columns[:6] == [
        (day(1, 1), day(1, 4)),
        (day(1, 5), day(1, 11)),
        (day(1, 12), day(1, 18)),
        (day(1, 19), day(1, 25)),
        (day(1, 26), day(1, 31)),
        (day(2, 1), day(2, 1)),
    ]


def test_short_time_has_a_column_a_day() -> None:
    assert len(list(list_columns(make_sheet(within=(day(10, 1), day(12, 31)))))) == 92


def test_left_columns_hold_what_the_committee_keeps() -> None:
    row = make_row(title="趣味运动会", owner="沈一鸣", when="5月", status=Status.DONE, status_text="已办", people=62, people_planned=False)
    page = reopen(make_sheet(parts=[SheetPart("一、丰富文体生活", 1, 2, (row,))]))

    assert [page.cell(HEAD_ROW, column).value for column in range(1, 8)] == ["number", "part", "title", "owner", "when", "status", "people"]
    assert [page.cell(FIRST_ROW, column).value for column in range(1, 8)] == [None, "一、丰富文体生活", None, None, None, "1/2", None]
    assert [page.cell(ROW, column).value for column in range(1, 8)] == [1, "一、丰富文体生活", "趣味运动会", "沈一鸣", "5月", "已办", 62]


def test_expected_people_are_told_from_those_who_came() -> None:
    page = reopen(make_sheet(make_row(1, people=60), make_row(2, people=58, people_planned=False)))

    assert [(page.cell(line, 7).value, page.cell(line, 7).number_format) for line in (ROW, ROW + 1)] == [(60, '"expected "0'), (58, "0")]


def test_dated_plan_and_what_happened_stand_in_their_weeks() -> None:
    row = make_row(status=Status.DONE, done=((day(5, 12), day(5, 20)),))

    assert signs(row) == {day(5, 4): "□", day(5, 11): "■", day(5, 18): "■"}


def test_month_plan_looks_less_certain_than_a_dated_one() -> None:
    row = make_row(plan=(day(5, 1), day(5, 31)), is_exact=False)
    page = reopen(make_sheet(row))
    at = FIRST_COLUMN + [first for first, _ in list_columns(make_sheet())].index(day(5, 4))

    assert (signs(row), look(page, ROW, at)) == (
        dict.fromkeys([day(5, 1), day(5, 4), day(5, 11), day(5, 18), day(5, 25)], "┆"),
        ("┆", "lightVertical", "C3CCD6"),
    )


@pytest.mark.parametrize(
    ("values", "sign"),
    [
        ({}, "◇"),
        ({"status": Status.DONE, "done": ((day(5, 8), day(5, 8)),)}, "◆"),
        ({"status": Status.PARTLY, "done": ((day(5, 8), day(5, 8)),)}, "◧"),
        ({"status": Status.LATE}, "▲"),
        ({"status": Status.CANCELLED}, "×"),
        ({"status": Status.POSTPONED}, "▷"),
    ],
)
def test_one_day_has_one_sign_by_its_status(values: dict[str, Any], sign: str) -> None:
    assert signs(make_row(plan=(day(5, 8), day(5, 8)), **values)) == {day(5, 4): sign}


def test_first_plan_of_a_postponed_activity_stays_visible() -> None:
    row = make_row(status=Status.POSTPONED, plan=(day(12, 7), day(12, 8)), first_plan=(day(5, 4), day(5, 5)))

    assert signs(row) == {day(5, 4): "▷", day(12, 7): "▷"}


def test_duty_has_one_sign_a_turn_and_several_in_a_week_are_counted() -> None:
    turns = (
        Turn(day(1, 8), OccurrenceStatus.DONE),
        Turn(day(2, 27), OccurrenceStatus.MISSED),
        Turn(day(11, 30), OccurrenceStatus.DUE),
        Turn(day(12, 14), OccurrenceStatus.COMING),
        Turn(day(12, 16), OccurrenceStatus.COMING),
    )
    row = make_row(is_duty=True, plan=(day(1, 1), day(12, 31)), turns=turns)

    assert signs(row) == {day(1, 5): "●", day(2, 23): "✕", day(11, 30): "◉", day(12, 14): "○2"}


def test_looks_differ_without_colour() -> None:
    by_sign = [(value.sign, value.pattern) for value in LOOKS.values()]

    assert len(set(by_sign)) == len(LOOKS)


def test_todays_column_is_outlined_from_head_to_foot() -> None:
    sheet = make_sheet(make_row(1), make_row(2))
    page = reopen(sheet)
    at = FIRST_COLUMN + next(number for number, (first, last) in enumerate(list_columns(sheet)) if first <= sheet.today <= last)
    sides = [(page.cell(line, at).border.left.style, page.cell(line, at).border.right.style) for line in range(HEAD_ROW, ROW + 2)]

    assert (page.cell(HEAD_ROW, at).value, sides) == ("16", [("medium", "medium")] * 4)
    assert (page.cell(HEAD_ROW, at).border.top.style, page.cell(ROW + 1, at).border.bottom.style) == ("medium", "medium")


def test_months_head_their_weeks_and_only_they_are_merged() -> None:
    page = reopen(make_sheet(make_row(), within=(day(10, 1), day(12, 31))))

    assert [str(merged) for merged in page.merged_cells.ranges] == ["H3:AL3", "AM3:BP3", "BQ3:CU3"]
    assert [page.cell(MONTH_ROW, column).value for column in (8, 39, 69)] == ["10月", "11月", "12月"]


def test_sheet_is_ready_to_filter_and_to_print() -> None:
    page = reopen(make_sheet(make_row(1), make_row(2)))

    assert (page.freeze_panes, page.auto_filter.ref, page.print_title_rows) == ("D5", "A4:G7", "$3:$4")
    setup = page.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("landscape", 8, 1, 0)
    assert (page["A1"].value, page["A2"].value) == ("青松小学工会2026年工作计划", "全部计划  打印于2026年11月21日")


def test_text_that_starts_like_a_formula_stays_text() -> None:
    starts = ("=cmd|' /C calc'!A1", "+1", "-1", "@sum")
    page = reopen(make_sheet(*(make_row(number, title=title) for number, title in enumerate(starts))))

    cells: list[Any] = [page.cell(line, 3) for line in range(ROW, ROW + 4)]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells] == [(title, "s", True) for title in starts]


def test_row_grows_with_its_title() -> None:
    page = reopen(make_sheet(make_row(1), make_row(2, title="组织开展教职工趣味运动会" * 8)))

    heights = [page.row_dimensions[line].height or 0.0 for line in (ROW, ROW + 1)]
    assert (heights[0], heights[1] > 5 * 14) == (20.3, True)


def test_legend_explains_every_sign() -> None:
    page = reopen(make_sheet(make_row()))

    explained = {page.cell(line, 2).value for line in range(ROW + 2, page.max_row + 1)}
    assert {value.sign for value in LOOKS.values() if value.sign} <= explained
