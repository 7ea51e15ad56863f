"""Correcting what was read: each step does one thing, can be undone, and is taken once."""

from datetime import date
from typing import Any

import pytest

from tests.ui.test_plan_desk import TEXT
from unionboard.models import DutyKind
from unionboard.reading.draft import Doubt, FestivalTime
from unionboard.reading.text import read_text
from unionboard.reference.relations import Relation
from unionboard.services.plan_rows import PlanRow
from unionboard.ui.plan_desk import Desk, DeskRow, doubtful_rows, kept_rows, open_desk
from unionboard.ui.plan_steps import edit_row, propose_parts, rows_of_line, take_steps


@pytest.fixture
def desk() -> Desk:
    return open_desk(read_text(TEXT), today=date(2030, 1, 1))


def take(desk: Desk, do: str, **what: Any) -> bool:
    return take_steps(desk, [{"n": desk.step + 1, "do": do, **what}])


def titles(desk: Desk) -> list[str]:
    return [row.title for row in kept_rows(desk)]


READ = ["坚持每月一次校务公开", "组织太极社团常年活动", "庆祝三八节", "教工乒乓球赛", "教职工趣味运动会"]


# --- one row -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("3月6日", PlanRow("三八节", day_from=(3, 6), day_to=(3, 6))),
        ("3月上旬", PlanRow("三八节", months=(3,), third=1)),
        ("3–5月", PlanRow("三八节", months=(3, 4, 5))),
        ("教师节前", PlanRow("三八节", festival=FestivalTime("TEACHERS_DAY", eve=True))),
        ("上半年", PlanRow("三八节", half_year=1)),
        ("未定", PlanRow("三八节")),
    ],
)
def test_typed_time_replaces_the_time_read(typed: str, expected: PlanRow) -> None:
    shown = edit_row(DeskRow("r0", PlanRow("三八节", months=(4,))), {"when": typed})

    assert shown == DeskRow("r0", expected)


def test_typed_frequency_makes_the_row_a_recurring_duty() -> None:
    row = edit_row(DeskRow("r0", PlanRow("例会", months=(3,))), {"when": "每月一次"}).row

    assert (row.duty, row.months, row.frequency and row.frequency.phrase) == (DutyKind.RECURRING, (), "每月一次")


def test_time_nobody_understands_is_kept_as_typed_beside_the_time_read() -> None:
    shown = edit_row(DeskRow("r0", PlanRow("例会", months=(3,))), {"when": "下周"})

    assert (shown.typed, shown.row.months, shown.is_unclear) == ("下周", (3,), True)


def test_fields_are_stored_as_the_plan_keeps_them() -> None:
    values = {"title": " 春季运动会 ", "owner": "刘老师", "relation": "support", "section": "1", "area": "CULT", "people": "60人"}
    shown = edit_row(
        DeskRow("r0", PlanRow("运动会", area_share=0.3)), {**values, "budget": "1,286.50", "audience": "全体会员", "note": "雨天顺延"}
    )

    assert shown.row == PlanRow(
        "春季运动会",
        owner="刘老师",
        relation=Relation.SUPPORT,
        section=1,
        area="CULT",
        planned_people=60,
        planned_budget_fen=128650,
        audience="全体会员",
        note="雨天顺延",
    )


@pytest.mark.parametrize("typed", ["若干", "-3", "1e99", "NaN"])
def test_figure_that_is_none_changes_nothing(typed: str) -> None:
    before = DeskRow("r0", PlanRow("运动会", planned_budget_fen=100))

    assert edit_row(before, {"budget": typed}) == before


def test_duty_made_a_single_activity_has_no_time_yet() -> None:
    duty = edit_row(DeskRow("r0", PlanRow("例会")), {"when": "每月一次"})

    assert edit_row(duty, {"duty": "one_off"}).row == PlanRow("例会")


# --- several rows ------------------------------------------------------------------------------------------------------------


def test_edit_of_several_rows_is_one_step(desk: Desk) -> None:
    take(desk, "edit", ids=["r2", "r3"], values={"when": "4月"})

    assert [row.months for row in kept_rows(desk)] == [(), (), (4,), (4,), (5,)]
    assert len(desk.past) == 1


def test_split_row_becomes_one_for_each_title_and_its_figures_stay_with_the_first(desk: Desk) -> None:
    take(desk, "edit", ids=["r2"], values={"budget": "300"})

    take(desk, "split", id="r2", titles=["庆祝三八节", " 植树节 ", ""])

    assert titles(desk) == [*READ[:3], "植树节", *READ[3:]]
    assert [(row.months, row.line, row.planned_budget_fen) for row in kept_rows(desk)[2:4]] == [((3,), 10, 30000), ((3,), 10, None)]


def test_split_parts_can_be_corrected_apart(desk: Desk) -> None:
    take(desk, "split", id="r2", titles=["庆祝三八节", "植树节", "郊游"])
    second = desk.rows[3].id

    take(desk, "edit", ids=[second], values={"when": "3月12日"})

    assert [row.day_from for row in kept_rows(desk)[2:5]] == [None, (3, 12), None]


def test_parts_of_a_row_timed_by_festivals_take_place_at_their_own(desk: Desk) -> None:
    take(desk, "edit", ids=["r2"], values={"when": "春节"})

    take(desk, "split", id="r2", titles=["春节走访慰问", "重阳节走访慰问"])

    assert [row.festival for row in kept_rows(desk)[2:4]] == [FestivalTime("SPRING_FESTIVAL"), FestivalTime("DOUBLE_NINTH")]


def test_merged_rows_become_the_first_and_their_figures_add_up(desk: Desk) -> None:
    take(desk, "edit", ids=["r2", "r3"], values={"budget": "100", "people": "30"})

    take(desk, "merge", ids=["r3", "r2"])

    assert titles(desk) == [*READ[:2], "庆祝三八节、教工乒乓球赛", READ[4]]
    merged = kept_rows(desk)[2]
    assert (merged.line, merged.planned_budget_fen, merged.planned_people) == (10, 20000, 60)


def test_one_row_alone_is_not_merged(desk: Desk) -> None:
    assert take(desk, "merge", ids=["r2"]) is False


def test_dropped_row_stays_on_the_desk_and_comes_back(desk: Desk) -> None:
    take(desk, "keep", ids=["r2"], kept=False)
    assert (titles(desk), len(desk.rows)) == ([*READ[:2], *READ[3:]], 5)

    take(desk, "keep", ids=["r2"], kept=True)

    assert titles(desk) == READ


def test_row_added_stands_below_the_other_at_its_time_and_section(desk: Desk) -> None:
    take(desk, "add", after="r3")

    above, added = kept_rows(desk)[3:5]
    assert (added.title, added.months, added.section) == ("", above.months, above.section)


def test_row_added_without_a_place_stands_last(desk: Desk) -> None:
    take(desk, "add", after=None)

    assert kept_rows(desk)[-1] == PlanRow("")


def test_row_that_is_right_as_it_is_waits_no_longer_but_for_a_new_doubt(desk: Desk) -> None:
    take(desk, "edit", ids=["r2"], values={"when": "未定"})

    take(desk, "fine", ids=["r2"])
    assert doubtful_rows(desk) == []

    take(desk, "edit", ids=["r2"], values={"title": "培训xx人"})
    assert [desk.doubts_of(shown) for shown in doubtful_rows(desk)] == [(Doubt.HOLE,)]


def test_doubt_goes_when_what_it_asks_about_is_put_right(desk: Desk) -> None:
    take(desk, "edit", ids=["r2"], values={"when": "未定"})
    assert [desk.doubts_of(shown) for shown in doubtful_rows(desk)] == [(Doubt.NO_TIME,)]

    take(desk, "edit", ids=["r2"], values={"when": "3月"})

    assert doubtful_rows(desk) == []


# --- lines -------------------------------------------------------------------------------------------------------------------


def test_measure_taken_in_stands_in_the_order_of_the_text_with_its_measure(desk: Desk) -> None:
    take(desk, "take", line=5, what="activity")

    row = kept_rows(desk)[1]
    assert (titles(desk)[1], row.section, row.measure, row.duty) == ("做好提案征集工作", 0, 1, DutyKind.ONE_OFF)


def test_line_left_out_is_taken_in_by_its_words_under_the_month_above_it() -> None:
    desk = open_desk(read_text(TEXT + "第 3 页 共 5 页\n"), today=date(2030, 1, 1))

    take(desk, "take", line=14, what="activity")

    assert kept_rows(desk)[-1] == PlanRow("第 3 页 共 5 页", months=(5,), line=14)


def test_line_that_begins_with_its_own_time_takes_place_then() -> None:
    desk = open_desk(read_text(TEXT.replace("做好提案征集工作", "年底组织民主评议，做好提案征集和答复工作")), today=date(2030, 1, 1))

    take(desk, "keep", ids=[shown.id for shown in desk.rows if shown.row.line == 5], kept=False)
    rows = rows_of_line(desk, 5)

    assert [(row.title, row.months, row.section) for row in rows] == [("组织民主评议，做好提案征集和答复工作", (12,), 0)]


def test_line_above_every_month_is_taken_in_under_a_section(desk: Desk) -> None:
    take(desk, "take", line=1, what="activity")

    assert kept_rows(desk)[0] == PlanRow("当前位置：首页 > 工会工作", section=0, line=1)


def test_line_whose_rows_were_dropped_takes_them_back(desk: Desk) -> None:
    take(desk, "keep", ids=["r2"], kept=False)

    take(desk, "take", line=10, what="activity")

    assert titles(desk) == READ


# --- undoing -----------------------------------------------------------------------------------------------------------------


def test_every_step_can_be_undone_and_done_again(desk: Desk) -> None:
    before = desk.sheet
    take(desk, "split", id="r2", titles=["庆祝三八节", "植树节"])
    take(desk, "take", line=1, what="measure")
    after = desk.sheet

    take(desk, "undo")
    take(desk, "undo")
    undone = desk.sheet
    take(desk, "redo")
    take(desk, "redo")

    assert (undone, desk.sheet) == (before, after)


def test_step_after_undoing_leaves_nothing_to_redo(desk: Desk) -> None:
    take(desk, "keep", ids=["r2"], kept=False)
    take(desk, "undo")

    take(desk, "keep", ids=["r3"], kept=False)

    assert desk.future == []


def test_step_sent_twice_is_taken_once(desk: Desk) -> None:
    step = {"n": 1, "do": "add", "after": None}

    take_steps(desk, [step])
    take_steps(desk, [step, {"n": 2, "do": "keep", "ids": ["r0"], "kept": False}])

    assert titles(desk) == [*READ[1:], ""]


# --- proposals ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("教工乒乓球赛", ["教工乒乓球赛"]),
        ("植树，春游；读书会", ["植树", "春游", "读书会"]),
        ("春节、教师节、重阳节走访慰问", ["春节走访慰问", "教师节走访慰问", "重阳节走访慰问"]),
        ("棋牌赛（升级、桥牌、象棋）", ["棋牌赛（升级、桥牌、象棋）"]),
        ("和谐校园评选", ["和谐校园评选"]),
        ("趣味运动会，预算8000元，不少于120人参加", ["趣味运动会，预算8000元，不少于120人参加"]),
    ],
)
def test_split_is_proposed_where_the_words_suggest_it(title: str, parts: list[str]) -> None:
    assert propose_parts(title) == parts
