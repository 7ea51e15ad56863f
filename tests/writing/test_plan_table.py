"""The plan table's workbook, opened again, and read as any plan is."""

from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from unionboard.reading.files import read_file
from unionboard.reading.plan_table import HEADINGS, read_plan_table
from unionboard.services.plan_rows import list_rows
from unionboard.services.plan_table import TableLine, TableView
from unionboard.writing.plan_table import write_plan_table


def make_line(number: int, title: str, when: str, **values: Any) -> TableLine:
    defaults = {"section": "一、丰富文体生活", "duty": "one_off", "owner": "", "audience": "", "people": None, "budget_fen": None}
    return TableLine(id=f"P3-A{number}", title=title, when=when, **{**defaults, "note": "", "status": "未到", **values})


VIEW = TableView(
    "青松小学工会2026年工作计划",
    (
        make_line(12, "趣味运动会", "5月", owner="文体委员", audience="全体教职工", people=62, budget_fen=300_050, note="操场"),
        make_line(13, "每月校务公开", "每月一次", section="二、民主管理", duty="recurring"),
        make_line(14, "庆祝妇女节", "3月8日", people=40, budget_fen=120_000),
    ),
    ("一、丰富文体生活", "二、民主管理"),
)


def reopen(view: TableView = VIEW) -> Workbook:
    return load_workbook(BytesIO(write_plan_table(view)))


def test_table_has_title_headings_rows_and_totals() -> None:
    rows = [row for row in reopen()["工作计划表"].iter_rows(values_only=True) if any(row)]

    assert rows == [
        ("青松小学工会2026年工作计划", *(None,) * 10),
        ("编号", "部分", "时间", "工作内容", "性质", "负责人", "参加对象", "计划人数", "预算（元）", "备注", "完成情况"),
        ("P3-A12", "一、丰富文体生活", "5月", "趣味运动会", "活动", "文体委员", "全体教职工", 62, 3000.5, "操场", "未到"),
        ("P3-A13", "二、民主管理", "每月一次", "每月校务公开", "定期", None, None, None, None, None, "未到"),
        ("P3-A14", "一、丰富文体生活", "3月8日", "庆祝妇女节", "活动", None, None, 40, 1200, None, "未到"),
        ("合计", None, None, "共3项", None, None, None, 102, 4200.5, None, None),
    ]


def test_table_is_ready_to_edit_and_to_print() -> None:
    sheet = reopen()["工作计划表"]

    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A3", "A2:K5", "$2:$2")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == ("landscape", 9, 0)
    assert [(str(rule.sqref), rule.formula1) for rule in sheet.data_validations.dataValidation] == [
        ("B3:B105", "=选项!$A$1:$A$2"),
        ("E3:E105", "=选项!$B$1:$B$3"),
    ]
    assert (sheet["C3"].number_format, sheet["C50"].number_format, sheet["A3"].font.color.rgb) == ("@", "@", "008A97A6")


def test_rows_are_as_high_as_their_longest_text() -> None:
    long = make_line(
        15, "组织全体会员开展以健康快乐工作为主题的春季健步走活动并做好报名、签到、奖品发放和宣传报道", "5月", note="一\n二\n三"
    )
    sheet = reopen(TableView(VIEW.title, (VIEW.lines[2], long), VIEW.sections))["工作计划表"]

    assert [sheet.row_dimensions[line].height for line in (3, 4)] == [20.3, 48.9]
    assert all(sheet.cell(4, column).alignment.wrap_text for column in range(1, 12))


def test_text_that_starts_like_a_formula_stays_text() -> None:
    starts = ("=cmd|' /C calc'!A1", "+1", "-1", "@sum")
    view = TableView("计划", tuple(make_line(number, title, "5月") for number, title in enumerate(starts)), ())

    cells = [reopen(view)["工作计划表"].cell(line, 4) for line in range(3, 7)]

    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells] == [(title, "s", True) for title in starts]


def test_other_sheets_are_not_seen() -> None:
    assert [(sheet.title, sheet.sheet_state) for sheet in reopen().worksheets] == [
        ("工作计划表", "visible"),
        ("选项", "hidden"),
        ("导出时", "veryHidden"),
    ]


def test_written_table_is_read_back_word_for_word() -> None:
    table = read_plan_table(write_plan_table(VIEW), filename="计划表.xlsx")

    first = table.rows[0]
    assert [(row.line, row.plan_id, row.activity_id) for row in table.rows] == [(3, 3, 12), (4, 3, 13), (5, 3, 14)]
    assert {name: text for name, text in first.texts.items() if name != "status"} == {
        "section": "一、丰富文体生活",
        "when": "5月",
        "title": "趣味运动会",
        "duty": "活动",
        "owner": "文体委员",
        "audience": "全体教职工",
        "people": "62",
        "budget": "3000.5",
        "note": "操场",
    }
    assert table.as_written is not None
    assert table.as_written[12]["budget"] == "3000.50"
    assert set(table.letters) == set(HEADINGS)


def test_written_table_is_a_plan_for_the_ordinary_reader() -> None:
    draft = read_file(write_plan_table(VIEW), filename="计划表.xlsx").plan()

    rows = {row.title: row for row in list_rows(draft)}
    assert draft.title == "青松小学工会2026年工作计划"
    assert list(rows) == ["趣味运动会", "每月校务公开", "庆祝妇女节"]
    sport, women = rows["趣味运动会"], rows["庆祝妇女节"]
    assert (sport.months, sport.owner, sport.audience, sport.planned_budget_fen) == ((5,), "文体委员", "全体教职工", 300_050)
    assert women.day_from == (3, 8)
    assert rows["每月校务公开"].frequency is not None
