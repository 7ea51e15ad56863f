"""The plan as an Excel table: written, edited as people edit it, read back and taken over."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlmodel import Session, col, func, select

from tests.makers import NOW, make_activity, make_plan, make_section
from unionboard.errors.documents import FormatNotRead
from unionboard.errors.plans import NotOurTable, OtherPlansTable, TableUnclear
from unionboard.errors.saving import PlanMovedOn
from unionboard.models import Activity, Change, CheckOff, DatePrecision, DutyKind, Occurrence, Plan, Section
from unionboard.reading.plan_table import read_plan_table
from unionboard.services import amendments, checkoffs, duties, plans
from unionboard.services.comparison import Applied
from unionboard.services.differences import Difference
from unionboard.services.plan_table import build_table
from unionboard.services.row_changes import FieldChange
from unionboard.services.table_comparison import Fault, TableComparison, TableProblem, apply_table, compare_table
from unionboard.writing.plan_table import write_plan_table

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}
Edit = Callable[[Worksheet], None]


@pytest.fixture
def plan(session: Session) -> Plan:
    """Three activities under two sections: rows 3, 4 and 5 of the table."""
    plan = make_plan(session)
    culture = make_section(session, plan)
    care = make_section(session, plan, position=2, printed_number="二", heading="送温暖", area="CARE")
    make_activity(session, plan, section_id=culture.id, planned_people=62, planned_budget_fen=300_000, owner="文体委员")
    duty = make_activity(
        session,
        plan,
        title="走访慰问",
        position=2,
        section_id=care.id,
        duty=DutyKind.RECURRING,
        frequency="每季度一次",
        precision=DatePrecision.PERIOD,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
    )
    duties.add_turns(session, duty, duties.spans_of(DutyKind.RECURRING, "每季度一次", (plan.starts_on, plan.ends_on)), **STAMP)
    make_activity(
        session, plan, title="=1+1", position=3, precision=DatePrecision.DAY, starts_on=date(2026, 3, 8), ends_on=date(2026, 3, 8)
    )
    return plan


def export(session: Session, plan: Plan) -> bytes:
    return write_plan_table(build_table(session, plan.id or 0, today=TODAY))


def edited(data: bytes, edit: Edit) -> bytes:
    """The workbook opened, edited and saved as Excel would."""
    book = load_workbook(BytesIO(data))
    edit(book.worksheets[0])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def nothing(_sheet: Worksheet) -> None:
    """Saved again as it is."""


def put(**cells: Any) -> Edit:
    def edit(sheet: Worksheet) -> None:
        for address, value in cells.items():
            sheet[address] = value

    return edit


def compare(session: Session, plan: Plan, data: bytes) -> TableComparison:
    return compare_table(session, plan.id or 0, read_plan_table(data, filename="计划表.xlsx"), today=TODAY)


def apply(session: Session, plan: Plan, data: bytes, *kinds: Difference) -> Applied:
    table = read_plan_table(data, filename="计划表.xlsx")
    differences = compare_table(session, plan.id or 0, table, today=TODAY).differences
    chosen = [found.key for found in differences if not kinds or found.kind in kinds]
    return apply_table(session, plan.id or 0, differences, chosen=chosen, table=table, today=TODAY, **STAMP)


def kinds(comparison: TableComparison) -> list[tuple[str, str]]:
    return [(found.kind.value, found.title) for found in comparison.differences]


def rows(session: Session) -> list[Any]:
    return [row.model_dump() for row in session.exec(select(Activity).order_by(col(Activity.id)))]


UNCHANGED = [("unchanged", "趣味运动会"), ("unchanged", "走访慰问"), ("unchanged", "=1+1")]


def test_table_saved_again_changes_nothing(session: Session, plan: Plan) -> None:
    before = rows(session), session.exec(select(func.count()).select_from(Change)).one()
    data = edited(export(session, plan), nothing)

    applied = apply(session, plan, data)

    assert kinds(compare(session, plan, data)) == UNCHANGED
    assert applied == Applied()
    assert (rows(session), session.exec(select(func.count()).select_from(Change)).one()) == before


def test_edited_cells_are_changes_in_the_plans_words(session: Session, plan: Plan) -> None:
    data = edited(
        export(session, plan), put(C3="6月上旬", D3="教职工趣味运动会", F3="体育组", H3=70, I3="3500元", J3="操场", C4="每月一次")
    )

    found = compare(session, plan, data)

    assert [change for difference in found.differences for change in difference.changes] == [
        FieldChange("title", "趣味运动会", "教职工趣味运动会"),
        FieldChange("when", "5月", "6月上旬"),
        FieldChange("owner", "文体委员", "体育组"),
        FieldChange("people", "62", "70"),
        FieldChange("budget", "3000", "3500"),
        FieldChange("note", "", "操场"),
        FieldChange("when", "每季度一次", "每月一次"),
    ]
    assert found.problems == ()


def test_applied_changes_are_stored_and_what_was_held_stays(session: Session, plan: Plan) -> None:
    sport, visits, _ = session.exec(select(Activity).order_by(col(Activity.id))).all()
    checkoffs.check_off(session, sport.id or 0, done_on=date(2026, 5, 8), today=TODAY, **STAMP)
    checkoffs.check_off(session, visits.id or 0, done_on=date(2026, 2, 6), today=TODAY, **STAMP)
    data = edited(export(session, plan), put(C3="6月", C4="每月一次"))

    applied = apply(session, plan, data)

    turns = session.exec(select(Occurrence).where(Occurrence.activity_id == visits.id).order_by(col(Occurrence.number))).all()
    assert applied == Applied(changed=2)
    assert (sport.starts_on, sport.ends_on, visits.frequency) == (date(2026, 6, 1), date(2026, 6, 30), "每月一次")
    assert [(turn.due_from.month, turn.due_to.month) for turn in turns] == [(1, 3), *((month, month) for month in range(4, 13))]
    assert {row.activity_id for row in session.exec(select(CheckOff))} == {sport.id, visits.id}


def test_row_moved_or_sorted_is_known_by_its_id(session: Session, plan: Plan) -> None:
    def sort(sheet: Worksheet) -> None:
        values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=5)]
        for line, row in enumerate(reversed(values), start=3):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(line, column)
                cell.value = value
                cell.data_type = "s" if isinstance(value, str) else "n"  # Excel keeps text as text

    assert kinds(compare(session, plan, edited(export(session, plan), sort))) == UNCHANGED[::-1]


def test_deleted_row_is_gone_and_can_be_put_back(session: Session, plan: Plan) -> None:
    data = edited(export(session, plan), lambda sheet: sheet.delete_rows(3))

    found = compare(session, plan, data)
    applied = apply(session, plan, data, Difference.GONE)

    assert kinds(found) == [*UNCHANGED[1:], ("gone", "趣味运动会")]
    assert applied == Applied(removed=1)
    assert [row.title for row in plans.list_removed(session, plan.id or 0)] == ["趣味运动会"]


def test_row_without_an_id_is_new_and_may_bring_its_section(session: Session, plan: Plan) -> None:
    data = edited(
        export(session, plan),
        put(B7="三、女职工工作", C7="3月8日", D7="女职工健康讲座", G7="女教职工", I7=0, B8="送温暖", C8="常年", D8="困难帮扶"),
    )

    found = compare(session, plan, data)
    applied = apply(session, plan, data)

    lecture, help_ = session.exec(select(Activity).where(col(Activity.title).in_(("女职工健康讲座", "困难帮扶")))).all()
    assert kinds(found)[3:] == [("new", "女职工健康讲座"), ("new", "困难帮扶")]
    assert found.headings == ("一、丰富文体生活", "二、送温暖", "三、女职工工作")
    assert applied == Applied(new=2)
    assert [row.heading for row in plans.list_sections(session, plan.id or 0)] == ["丰富文体生活", "送温暖", "三、女职工工作"]
    assert (lecture.starts_on, lecture.precision, lecture.audience, lecture.planned_budget_fen) == (
        date(2026, 3, 8),
        DatePrecision.DAY,
        "女教职工",
        0,
    )
    assert (help_.duty, help_.area, session.get_one(Section, help_.section_id).heading) == (DutyKind.STANDING, "CARE", "送温暖")


def test_table_brought_back_twice_adds_its_new_rows_once(session: Session, plan: Plan) -> None:
    data = edited(
        export(session, plan), put(B7="三、女职工工作", C7="3月8日", D7="女职工健康讲座", C8="10月", D8="登山", C9="11月", D9="登山")
    )
    apply(session, plan, data)
    before = rows(session)

    found = compare(session, plan, data)
    applied = apply(session, plan, data)

    assert kinds(found) == [*UNCHANGED, ("unchanged", "女职工健康讲座"), ("unchanged", "登山"), ("unchanged", "登山")]
    assert applied == Applied()
    assert rows(session) == before


def test_row_without_an_id_corrected_after_it_was_taken_over_is_a_change(session: Session, plan: Plan) -> None:
    data = export(session, plan)
    apply(session, plan, edited(data, put(C7="10月", D7="登山")))

    found = compare(session, plan, edited(data, put(C7="11月", D7="登山")))

    assert kinds(found) == [*UNCHANGED, ("changed", "登山")]
    assert found.differences[3].changes == (FieldChange("when", "10月", "11月"),)


def test_copied_row_is_new(session: Session, plan: Plan) -> None:
    def copy(sheet: Worksheet) -> None:
        for column in range(1, 12):
            sheet.cell(7, column).value = sheet.cell(3, column).value
        sheet["C7"] = "10月"

    assert kinds(compare(session, plan, edited(export(session, plan), copy))) == [*UNCHANGED, ("new", "趣味运动会")]


def test_row_moved_to_another_section(session: Session, plan: Plan) -> None:
    data = edited(export(session, plan), put(B3="送温暖"))

    found = compare(session, plan, data)
    apply(session, plan, data)

    assert found.differences[0].changes == (FieldChange("section", "丰富文体生活", "送温暖"),)
    sport = session.exec(select(Activity).where(Activity.title == "趣味运动会")).one()
    assert session.get_one(Section, sport.section_id).heading == "送温暖"


def test_cells_that_say_nothing_are_named_and_nothing_is_stored(session: Session, plan: Plan) -> None:
    data = edited(export(session, plan), put(D3=None, C4="有空的时候", H5="很多", I5="三千", E5="临时"))
    before = rows(session)

    found = compare(session, plan, data)
    with pytest.raises(TableUnclear) as refused:
        apply(session, plan, data)

    assert found.problems == (
        TableProblem("D3", Fault.TITLE, ""),
        TableProblem("C4", Fault.TIME, "有空的时候"),
        TableProblem("E5", Fault.DUTY, "临时"),
        TableProblem("H5", Fault.PEOPLE, "很多"),
        TableProblem("I5", Fault.BUDGET, "三千"),
    )
    assert refused.value.facts == {"n": 5, "cells": "D3、C4、E5、H5、I5"}
    assert rows(session) == before


def test_what_was_corrected_in_the_program_meanwhile_stands(session: Session, plan: Plan) -> None:
    data = export(session, plan)
    sport = session.exec(select(Activity).where(Activity.title == "趣味运动会")).one()
    amendments.save_activity(session, sport.id or 0, version=1, title="教工运动会", owner="主席", **STAMP)

    unedited = compare(session, plan, edited(data, nothing))
    both = compare(session, plan, edited(data, put(F3="体育组")))

    assert kinds(unedited) == [("unchanged", "教工运动会"), *UNCHANGED[1:]]
    assert both.differences[0].changes == (FieldChange("owner", "主席", "体育组", corrected=True),)


def test_activity_added_to_the_plan_meanwhile_is_not_gone(session: Session, plan: Plan) -> None:
    data = export(session, plan)
    make_activity(session, plan, title="新教师欢迎会", position=9)

    assert kinds(compare(session, plan, data)) == UNCHANGED


def test_removed_activity_of_the_table_is_left_out_and_can_be_put_back(session: Session, plan: Plan) -> None:
    data = export(session, plan)
    sport = session.exec(select(Activity).where(Activity.title == "趣味运动会")).one()
    amendments.remove_activity(session, sport.id or 0, **STAMP)

    found = compare(session, plan, data)
    apply(session, plan, data)

    assert next((one.title, one.left_out) for one in found.differences) == ("趣味运动会", True)
    assert sport.removed is False


def test_table_without_what_was_written_is_compared_with_the_plan(session: Session, plan: Plan) -> None:
    book = load_workbook(BytesIO(export(session, plan)))
    for sheet in book.worksheets[1:]:
        book.remove(sheet)
    book.worksheets[0]["F3"] = "体育组"
    book.worksheets[0].delete_rows(5)
    buffer = BytesIO()
    book.save(buffer)

    found = compare(session, plan, buffer.getvalue())

    assert kinds(found) == [("changed", "趣味运动会"), ("unchanged", "走访慰问"), ("gone", "=1+1")]
    assert found.differences[0].changes == (FieldChange("owner", "文体委员", "体育组"),)


def test_columns_may_be_moved_renamed_or_missing(session: Session, plan: Plan) -> None:
    def rework(sheet: Worksheet) -> None:
        sheet["C2"] = "月份"
        sheet["B2"] = "部分"
        sheet.delete_cols(5)  # the kind
        sheet["C3"] = date(2026, 6, 5)
        sheet["C3"].number_format = 'm"月"d"日"'

    found = compare(session, plan, edited(export(session, plan), rework))

    assert found.differences[0].changes == (FieldChange("when", "5月", "6月5日"),)
    assert kinds(found)[1:] == UNCHANGED[1:]


def test_table_of_another_plan_is_refused(session: Session, plan: Plan) -> None:
    other = make_plan(session, year=2027, starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))

    with pytest.raises(OtherPlansTable) as refused:
        compare(session, other, export(session, plan))

    assert refused.value.facts == {"cell": "A3"}


def test_workbook_without_our_columns_is_refused(session: Session, plan: Plan) -> None:
    with pytest.raises(NotOurTable):
        compare(session, plan, edited(export(session, plan), put(A2="行号")))


def test_text_file_is_refused(session: Session, plan: Plan) -> None:
    with pytest.raises(FormatNotRead):
        read_plan_table("2026年工会工作计划".encode(), filename="计划.txt")


def test_comparison_that_the_plan_has_overtaken_is_refused(session: Session, plan: Plan) -> None:
    table = read_plan_table(edited(export(session, plan), put(F3="体育组")), filename="计划表.xlsx")
    differences = compare_table(session, plan.id or 0, table, today=TODAY).differences
    sport = session.exec(select(Activity).where(Activity.title == "趣味运动会")).one()
    amendments.save_activity(session, sport.id or 0, version=1, owner="主席", **STAMP)

    with pytest.raises(PlanMovedOn):
        apply_table(session, plan.id or 0, differences, chosen=[differences[0].key], table=table, today=TODAY, **STAMP)


def test_rows_hidden_by_a_filter_are_not_gone(session: Session, plan: Plan) -> None:
    def hide(sheet: Worksheet) -> None:
        for line in (3, 4):
            sheet.row_dimensions[line].hidden = True
        sheet.column_dimensions["G"].hidden = True

    assert kinds(compare(session, plan, edited(export(session, plan), hide))) == UNCHANGED


def test_merged_section_cell_counts_for_all_its_rows(session: Session, plan: Plan) -> None:
    def merge(sheet: Worksheet) -> None:
        sheet["B3"] = "送温暖"
        sheet.merge_cells("B3:B4")

    found = compare(session, plan, edited(export(session, plan), merge))

    assert [difference.changes for difference in found.differences[:2]] == [(FieldChange("section", "丰富文体生活", "送温暖"),), ()]


def test_number_typed_as_an_id_is_a_new_row(session: Session, plan: Plan) -> None:
    data = edited(export(session, plan), put(A7=4, C7="10月", D7="登山"))

    assert kinds(compare(session, plan, data)) == [*UNCHANGED, ("new", "登山")]


@pytest.mark.parametrize("budget", ["3000", "3,000.00", "3000.0", 3000])
def test_the_same_amount_written_otherwise_is_no_change(session: Session, plan: Plan, budget: Any) -> None:
    assert kinds(compare(session, plan, edited(export(session, plan), put(I3=budget)))) == UNCHANGED
