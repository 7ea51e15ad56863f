"""A document on the desk: what its lines became, and what corrections make of its rows."""

from dataclasses import replace
from datetime import date

import pytest

from unionboard.models import DutyKind, PeriodKind
from unionboard.reading.text import read_text
from unionboard.services.plan_rows import PlanRow
from unionboard.ui.plan_desk import Desk, grid_row, kept_rows, open_desk, pane_lines, plan_row, take_line
from unionboard.ui.plan_grid import settle

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


def test_opened_desk_proposes_the_year_of_the_text_and_its_period(desk: Desk) -> None:
    assert (desk.year, desk.kind, desk.starts_on, desk.ends_on) == (2026, PeriodKind.CALENDAR_YEAR, date(2026, 1, 1), date(2026, 12, 31))


def test_every_line_says_what_it_became(desk: Desk) -> None:
    marks = [(line.id, line.mark, line.tone) for line in pane_lines(desk)]

    assert marks == [
        (1, "✕ 页面杂项", "out"),
        (2, "标题", ""),
        (3, "部分", ""),
        (4, "◆ 定期", "standing"),
        (5, "措施", ""),
        (6, "部分", ""),
        (7, "◆ 常年", "standing"),
        (8, "标题", ""),
        (9, "月份", ""),
        (10, "✓ 1 项活动", "made"),
        (11, "✓ 1 项活动", "made"),
        (12, "月份", ""),
        (13, "✓ 1 项活动", "made"),
    ]


def test_row_no_longer_kept_shows_at_its_line(desk: Desk) -> None:
    settle(desk.grid, [replace(row, kept=row.line != 13) for row in desk.grid.latest])

    assert [(line.mark, line.tone) for line in pane_lines(desk) if line.id == 13] == [("✕ 未收", "")]


def test_measure_taken_in_stands_in_the_order_of_the_text_with_its_measure(desk: Desk) -> None:
    settle(desk.grid, take_line(desk, 5))

    rows, _ = kept_rows(desk)
    assert [row.line for row in rows] == [4, 5, 7, 10, 11, 13]
    assert (rows[1].title, rows[1].section, rows[1].measure, rows[1].duty) == ("做好提案征集工作", 0, 1, DutyKind.ONE_OFF)


def test_line_left_out_is_taken_in_by_its_words(desk: Desk) -> None:
    settle(desk.grid, take_line(desk, 1))

    assert kept_rows(desk)[0][0] == PlanRow("当前位置：首页 > 工会工作", line=1)


def test_untouched_rows_are_adopted_as_they_were_read(desk: Desk) -> None:
    assert kept_rows(desk) == (list(desk.origins.values()), [])


def test_new_time_replaces_month_and_keeps_the_rest() -> None:
    origin = PlanRow("三八节", months=(3,), area="WOMEN", line=10)

    corrected = plan_row(replace(grid_row("r0", origin), when="3月6日", budget=310.5), origin)

    assert corrected == PlanRow("三八节", day_from=(3, 6), day_to=(3, 6), area="WOMEN", line=10, planned_budget_fen=31050)


def test_typed_frequency_makes_the_row_a_recurring_duty() -> None:
    origin = PlanRow("例会", months=(3,))

    corrected = plan_row(replace(grid_row("r0", origin), when="每月一次"), origin)

    assert corrected is not None
    assert (corrected.duty, corrected.months) == (DutyKind.RECURRING, ())


def test_row_with_a_time_nobody_understands_is_named_as_unclear(desk: Desk) -> None:
    settle(desk.grid, [replace(row, when="下周") if row.line == 13 else row for row in desk.grid.latest])

    rows, unclear = kept_rows(desk)
    assert ([row.line for row in rows], [row.title for row in unclear]) == ([4, 7, 10, 11], ["教职工趣味运动会"])
