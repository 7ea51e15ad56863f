"""A document on the desk: what is proposed for it, what waits for a person, and what adopting makes of it."""

from datetime import date

import pytest

from unionboard.models import DutyKind, PeriodKind
from unionboard.reading.text import read_text
from unionboard.services.plan_rows import list_measure_drafts, list_rows
from unionboard.ui.plan_desk import Desk, kept_rows, next_doubt, open_desk, plan_to_adopt, unclear_rows
from unionboard.ui.plan_steps import take_steps

TEXT = """当前位置：首页 > 工会工作
青松小学工会2026年工作计划
一、推进民主管理
1、坚持每月一次校务公开。
2、做好提案征集工作。
二、丰富文体生活
1、组织太极社团常年活动。
活动安排
三月：
1、庆祝三八节
2、教工乒乓球赛
五月：
1、教职工趣味运动会
"""


@pytest.fixture
def desk() -> Desk:
    return open_desk(read_text(TEXT), today=date(2030, 1, 1))


def doubt(desk: Desk, *ids: str) -> None:
    take_steps(desk, [{"n": desk.step + 1, "do": "edit", "ids": list(ids), "values": {"when": "未定"}}])


def test_opened_desk_proposes_the_year_of_the_text_and_its_period(desk: Desk) -> None:
    assert (desk.year, desk.kind, desk.starts_on, desk.ends_on) == (2026, PeriodKind.CALENDAR_YEAR, date(2026, 1, 1), date(2026, 12, 31))


def test_untouched_rows_are_adopted_as_they_were_read(desk: Desk) -> None:
    assert plan_to_adopt(desk) == (desk.draft, list_rows(desk.draft))


def test_row_without_a_name_keeps_the_plan_from_being_adopted_until_it_is_dropped(desk: Desk) -> None:
    take_steps(desk, [{"n": 1, "do": "edit", "ids": ["r0"], "values": {"title": " "}}])
    assert [row.id for row in unclear_rows(desk)] == ["r0"]

    take_steps(desk, [{"n": 2, "do": "keep", "ids": ["r0"], "kept": False}])

    assert unclear_rows(desk) == []


def test_line_taken_in_as_a_measure_ends_its_section_and_rows_still_point_to_their_measures(desk: Desk) -> None:
    take_steps(desk, [{"n": 1, "do": "take", "line": 5, "what": "activity"}, {"n": 2, "do": "take", "line": 1, "what": "measure"}])

    draft, rows = plan_to_adopt(desk)

    measures = [measure.text for _, measure in list_measure_drafts(draft)]
    assert measures == ["坚持每月一次校务公开。", "做好提案征集工作。", "当前位置：首页 > 工会工作", "组织太极社团常年活动。"]
    assert [measures[row.measure] for row in rows if row.measure is not None] == [measures[0], measures[1], measures[3]]


def test_rows_in_doubt_are_shown_one_after_the_other_and_again_from_the_first(desk: Desk) -> None:
    doubt(desk, "r2", "r4")
    visited = []

    for n in range(1, 4):
        row = next_doubt(desk)
        assert row is not None
        visited.append(row.id)
        desk.jump = (row.id, n)

    assert visited == ["r2", "r4", "r2"]


def test_nothing_waits_where_nothing_is_in_doubt(desk: Desk) -> None:
    assert next_doubt(desk) is None


def test_kept_rows_are_the_very_rows_on_the_desk(desk: Desk) -> None:
    take_steps(desk, [{"n": 1, "do": "keep", "ids": ["r1"], "kept": False}])

    assert [id(row) for row in kept_rows(desk)] == [id(shown.row) for shown in desk.rows if shown.id != "r1"]


def test_school_year_is_proposed_where_the_title_names_one() -> None:
    desk = open_desk(read_text(TEXT.replace("2026年", "2026学年")), today=date(2030, 1, 1))

    assert (desk.kind, desk.starts_on) == (PeriodKind.SCHOOL_YEAR, date(2026, 9, 1))


def test_duties_and_activities_are_read_apart(desk: Desk) -> None:
    assert [row.duty for row in kept_rows(desk)] == [DutyKind.RECURRING, DutyKind.STANDING, *([DutyKind.ONE_OFF] * 3)]
