"""Plan tables: columns by header name, months that hold downwards, totals, notes and duties."""

from datetime import date

import pytest

from unionboard.reading.cells import Cell, Row
from unionboard.reading.columns import find_columns
from unionboard.reading.draft import IgnoredReason, LineFate, LineUse, Period
from unionboard.reading.tables import TableReading, read_table, split_items


def make_rows(*rows: tuple[str, ...]) -> list[Row]:
    """Rows of plain cells; «↑» is a cell merged with the one above."""
    return [tuple(Cell("", continued=True) if text == "↑" else Cell(text) for text in row) for row in rows]


def read_rows(*rows: tuple[str, ...]) -> TableReading:
    """The table as read, its first row on line 1."""
    grid = make_rows(*rows)
    columns = find_columns(grid)
    assert columns is not None
    return read_table(grid, columns, lines=range(1, len(grid) + 1))


def by_month(reading: TableReading) -> list[tuple[tuple[int, ...], list[str]]]:
    return [(entry.months, [item.title for item in entry.items]) for entry in reading.entries]


# --- columns ---------------------------------------------------------------------------------------------------------------


def test_columns_are_found_by_name_in_any_order() -> None:
    reading = read_rows(("备注", "责任人", "活动内容", "时间"), ("雨天改期", "文体委员", "教工拔河", "四月"))

    (item,) = reading.entries[0].items
    assert (item.title, item.owner, item.note) == ("教工拔河", "文体委员", "雨天改期")
    assert reading.entries[0].months == (4,)


def test_column_named_activity_alone_holds_titles_and_no_money() -> None:
    reading = read_rows(("月份", "活动"), ("三月", "植树"))

    (item,) = reading.entries[0].items
    assert (item.title, item.budget_fen, item.note) == ("植树", None, "")


def test_columns_stand_below_a_title_row() -> None:
    reading = read_rows(("青松小学工会计划表", "", ""), ("序号", "月份", "工作内容"), ("1", "3月", "种树"))

    assert by_month(reading) == [((3,), ["种树"])]
    assert reading.fates == (LineFate(2, LineUse.IGNORED, IgnoredReason.TABLE_HEADER), LineFate(3, LineUse.ACTIVITY))


def test_activity_name_is_the_title_and_its_content_the_note() -> None:
    reading = read_rows(("时间", "活动名称", "活动内容"), ("5月", "健步走", "环湖五公里"), ("6月", "读书会", "共读一本书"))

    assert [(item.title, item.note) for entry in reading.entries for item in entry.items] == [
        ("健步走", "环湖五公里"),
        ("读书会", "共读一本书"),
    ]


def test_project_column_that_repeats_is_a_category_and_content_the_title() -> None:
    reading = read_rows(
        ("月份", "工作项目", "工作内容"),
        ("3月", "文体活动", "拔河"),
        ("4月", "文体活动", "踢毽"),
        ("5月", "关爱服务", "谈心日"),
        ("6月", "关爱服务", "互助角"),
    )

    assert [(item.title, item.area) for entry in reading.entries for item in entry.items] == [
        ("拔河", "CULT"),
        ("踢毽", "CULT"),
        ("谈心日", "CARE"),
        ("互助角", "CARE"),
    ]


def test_table_without_header_is_read_by_the_months_in_its_first_column() -> None:
    assert by_month(read_rows(("一月", "迎新茶话会"), ("二月", "制定计划"))) == [((1,), ["迎新茶话会"]), ((2,), ["制定计划"])]


@pytest.mark.parametrize(
    "rows",
    [
        (("姓名", "部门", "金额"), ("周老师", "语文组", "500")),
        (("科目", "预算"), ("职工活动", "20000")),
        (("月份", "金额"), ("3月", "500")),
        (("甲", "乙"),),
    ],
)
def test_other_tables_are_no_plan_tables(rows: tuple[tuple[str, ...], ...]) -> None:
    assert find_columns(make_rows(*rows)) is None


# --- months ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "months"),
    [
        ("3月", (3,)),
        ("三月", (3,)),
        ("三月份", (3,)),
        ("3", (3,)),
        ("12", (12,)),
        ("七、八月", (7, 8)),
        ("3-4月", (3, 4)),
        ("十一月至次年一月", (11, 12, 1)),
        ("2026年3月", (3,)),
        ("2026年9-12月", (9, 10, 11, 12)),
        ("2026-03", (3,)),
        ("第二季度", (4, 5, 6)),
        ("3月\n上旬", (3,)),
    ],
)
def test_month_cell(cell: str, months: tuple[int, ...]) -> None:
    assert read_rows(("月份", "工作内容"), (cell, "读书会")).entries[0].months == months


def test_half_year_cell_names_no_month() -> None:
    entry = read_rows(("时间", "工作内容"), ("下半年", "读书会")).entries[0]

    assert (entry.months, entry.half_year) == ((), 2)


def test_day_without_year_is_kept_as_printed() -> None:
    item = read_rows(("时间", "工作内容"), ("3月8日", "插花")).entries[0].items[0]

    assert (item.day_from, item.day_to, item.starts_on) == ((3, 8), (3, 8), None)


@pytest.mark.parametrize("cell", ["2026年3月8日", "2026-03-08", "2026.3.8", "2026/3/8"])
def test_day_with_year_is_a_date(cell: str) -> None:
    item = read_rows(("时间", "工作内容"), (cell, "插花")).entries[0].items[0]

    assert (item.starts_on, item.ends_on) == (date(2026, 3, 8), date(2026, 3, 8))


def test_range_of_days_with_year_has_both_dates() -> None:
    item = read_rows(("时间", "工作内容"), ("2026年3月8日—12日", "插花")).entries[0].items[0]

    assert (item.starts_on, item.ends_on) == (date(2026, 3, 8), date(2026, 3, 12))


def test_day_that_does_not_exist_gives_no_date() -> None:
    item = read_rows(("时间", "工作内容"), ("2026年2月30日", "插花")).entries[0].items[0]

    assert (item.starts_on, item.day_from) == (None, (2, 30))


@pytest.mark.parametrize("below", ["↑", ""])
def test_blank_or_merged_month_is_the_one_above(below: str) -> None:
    assert by_month(read_rows(("月份", "工作内容"), ("3月", "插花"), (below, "种树"), ("4月", "拔河"))) == [
        ((3,), ["插花", "种树"]),
        ((4,), ["拔河"]),
    ]


def test_day_of_the_row_above_does_not_hold_downwards() -> None:
    items = read_rows(("时间", "工作内容"), ("3月8日", "插花"), ("", "种树")).entries[0].items

    assert [item.day_from for item in items] == [(3, 8), None]


def test_month_in_a_row_of_its_own_holds_for_the_rows_below() -> None:
    reading = read_rows(("序号", "时间", "工作内容"), ("三月", "", ""), ("1", "", "插花"), ("四月", "", ""), ("2", "", "拔河"))

    assert by_month(reading) == [((3,), ["插花"]), ((4,), ["拔河"])]
    assert [fate.use for fate in reading.fates[1:]] == [LineUse.MONTH_HEAD, LineUse.ACTIVITY, LineUse.MONTH_HEAD, LineUse.ACTIVITY]


def test_date_beside_a_week_and_a_month_gives_the_day() -> None:
    reading = read_rows(("月份", "周次", "日期", "工作内容"), ("3月", "2", "3月9日", "例会"), ("↑", "3", "", "种树"))

    assert by_month(reading) == [((3,), ["例会", "种树"])]
    assert [item.day_from for item in reading.entries[0].items] == [(3, 9), None]


@pytest.mark.parametrize(
    ("cell", "period", "use"),
    [
        ("每月", Period.MONTH, LineUse.STANDING),
        ("每学期", Period.TERM, LineUse.STANDING),
        ("全年", Period.STANDING, LineUse.STANDING),
        ("待定", None, LineUse.MEASURE),
    ],
)
def test_row_without_month_is_a_duty_and_no_activity(cell: str, period: Period | None, use: LineUse) -> None:
    reading = read_rows(("时间", "工作内容"), ("3月", "插花"), (cell, "谈心"))

    (section,) = reading.sections
    (duty,) = section.measures
    assert by_month(reading) == [((3,), ["插花"])]
    assert (section.heading, duty.text, duty.frequency and duty.frequency.period) == ("", "谈心", period)
    assert reading.fates[-1] == LineFate(3, use)


# --- rows ------------------------------------------------------------------------------------------------------------------


def test_totals_row_is_left_out() -> None:
    reading = read_rows(("月份", "工作内容", "预算(元)"), ("3月", "插花", "500"), ("合 计", "", "500"))

    assert by_month(reading) == [((3,), ["插花"])]
    assert reading.fates[-1] == LineFate(3, LineUse.IGNORED, IgnoredReason.TOTALS_ROW)


def test_month_without_activity_is_named_as_such() -> None:
    reading = read_rows(("月份", "工作内容", "备注"), ("2月", "", "寒假"), ("3月", "插花", ""))

    assert reading.fates[1] == LineFate(2, LineUse.IGNORED, IgnoredReason.EMPTY_MONTH)


def test_note_below_the_table_is_form_text() -> None:
    reading = read_rows(("月份", "工作内容"), ("3月", "插花"), ("注：时间如有变动另行通知", ""))

    assert reading.fates[-1] == LineFate(3, LineUse.IGNORED, IgnoredReason.FORM_TEXT)


def test_blank_row_has_no_fate() -> None:
    assert [fate.line for fate in read_rows(("月份", "工作内容"), ("", ""), ("3月", "插花")).fates] == [1, 3]


def test_header_repeated_on_the_next_page_is_a_header() -> None:
    reading = read_rows(("月份", "工作内容"), ("3月", "插花"), ("月份", "工作内容"), ("4月", "拔河"))

    assert by_month(reading) == [((3,), ["插花"]), ((4,), ["拔河"])]
    assert reading.fates[2] == LineFate(3, LineUse.IGNORED, IgnoredReason.TABLE_HEADER)


def test_heading_row_is_a_section_of_the_activities_below() -> None:
    reading = read_rows(
        ("序号", "工作内容", "时间"), ("一、民主管理", "", ""), ("1", "收集提案", "3月"), ("二、文体活动", "", ""), ("2", "拔河", "4月")
    )

    assert [(section.printed_number, section.heading, section.area) for section in reading.sections] == [
        ("一", "民主管理", "DEMO"),
        ("二", "文体活动", "CULT"),
    ]
    assert [item.section for entry in reading.entries for item in entry.items] == [0, 1]


# --- cells -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "cell", "budget_fen", "note"),
    [
        ("预算（元）", "1,200.50", 120050, ""),
        ("预算", "800元", 80000, ""),
        ("经费预算(万元)", "1.5", 1500000, ""),
        ("预算", "2万元", 2000000, ""),
        ("预算", "约500元", 50000, ""),
        ("预算", "", None, ""),
        ("预算", "无", None, ""),
        ("预算", "0", None, ""),
        ("预算", "每人200元", None, "预算：每人200元"),
    ],
)
def test_budget_cell(header: str, cell: str, budget_fen: int | None, note: str) -> None:
    item = read_rows(("月份", "工作内容", header), ("3月", "插花", cell)).entries[0].items[0]

    assert (item.budget_fen, item.note) == (budget_fen, note)


def test_budget_of_a_cell_with_two_activities_is_the_first_one_s() -> None:
    items = read_rows(("月份", "工作内容", "预算"), ("3月", "1、插花\n2、种树", "500")).entries[0].items

    assert [(item.title, item.budget_fen) for item in items] == [("插花", 50000), ("种树", None)]


def test_audience_owner_and_place_stand_beside_the_activity() -> None:
    item = (
        read_rows(("月份", "工作内容", "参加对象", "责任部门", "地点"), ("3月", "插花", "女教工", "女工委", "美术室")).entries[0].items[0]
    )

    assert (item.audience, item.owner, item.note) == ("女教工", "女工委", "地点：美术室")


@pytest.mark.parametrize(
    ("cell", "lines_are_items", "items"),
    [
        ("插花。", True, ["插花"]),
        ("1、插花\n2、种树；", True, ["插花", "种树"]),
        ("1．插花；2．种树。", True, ["插花", "种树"]),
        ("①插花②种树", True, ["插花", "种树"]),
        ("插花\n种树", True, ["插花", "种树"]),
        ("春季趣味\n运动会", False, ["春季趣味运动会"]),
        ("1、春季趣味\n运动会\n2、种树", True, ["春季趣味运动会", "种树"]),
        ("", True, []),
    ],
)
def test_activities_of_one_cell(cell: str, lines_are_items: bool, items: list[str]) -> None:
    assert split_items(cell, lines_are_items=lines_are_items) == items
