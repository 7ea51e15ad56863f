"""What the reading desk shows of lines and rows."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.ui.test_plan_desk import TEXT
from unionboard.models import PeriodKind
from unionboard.reading.draft import DocumentPart, Target, TargetOp, YearPlace
from unionboard.reading.text import read_text
from unionboard.services.plan_rows import PlanRow
from unionboard.ui import plan_desk_view
from unionboard.ui.plan_desk import Desk, DeskRow, Sheet, open_desk
from unionboard.ui.plan_desk_view import show_chips, show_desk, show_lines, show_row, tell_doubts, tell_years
from unionboard.ui.plan_steps import take_steps


@pytest.fixture
def desk() -> Desk:
    return open_desk(read_text(TEXT), today=date(2030, 1, 1))


def take(desk: Desk, do: str, **what: Any) -> None:
    take_steps(desk, [{"n": desk.step + 1, "do": do, **what}])


def mark(desk: Desk, line: int) -> tuple[str, str]:
    return next((shown.mark, shown.tone) for shown in show_lines(desk) if shown.id == line)


def test_every_line_says_what_it_became(desk: Desk) -> None:
    assert [(line.id, line.mark, line.tone) for line in show_lines(desk)] == [
        (1, "✕ 页面杂项", "out"),
        (2, "标题", "title"),
        (3, "部分", "section"),
        (4, "◆ 定期", "standing"),
        (5, "措施", "measure"),
        (6, "部分", "section"),
        (7, "◆ 常年", "standing"),
        (8, "月份安排", "month"),
        (9, "月份", "month"),
        (10, "✓ 1 项活动", "made"),
        (11, "✓ 1 项活动", "made"),
        (12, "月份", "month"),
        (13, "✓ 1 项活动", "made"),
    ]


def test_line_follows_its_rows(desk: Desk) -> None:
    take(desk, "split", id="r2", titles=["庆祝三八节", "植树节"])
    assert mark(desk, 10) == ("✓ 2 项活动", "made")

    take(desk, "keep", ids=[row.id for row in desk.rows if row.row.line == 10], kept=False)

    assert mark(desk, 10) == ("✕ 未收", "dropped")


def test_line_of_a_row_in_doubt_waits_for_a_decision(desk: Desk) -> None:
    take(desk, "edit", ids=["r2"], values={"when": "下周"})

    assert mark(desk, 10) == ("? 待您决定", "ask")


def test_lines_say_how_they_can_be_taken_in(desk: Desk) -> None:
    takes = {line.id: line.takes for line in show_lines(desk)}

    assert (takes[1], takes[5], takes[3], takes[10]) == (("activity", "measure"), ("activity",), (), ())


def test_line_taken_in_as_a_measure_is_one(desk: Desk) -> None:
    take(desk, "take", line=1, what="measure")

    assert mark(desk, 1) == ("措施", "measure")


def test_endless_document_ends_with_how_much_more_there_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_desk_view, "LINES_SHOWN", 10)

    assert [(line.id, line.text) for line in show_lines(desk)[10:]] == [(11, "另有 3 行未显示。")]


def test_counts_stand_above_the_panes(desk: Desk) -> None:
    take(desk, "keep", ids=["r2"], kept=False)
    take(desk, "edit", ids=["r3"], values={"when": "下周"})

    chips = [(chip.key, chip.words) for chip in show_chips(desk, show_lines(desk))]

    assert chips == [
        ("rows", "4 项读出"),
        ("sections", "2 个部分"),
        ("duties", "2 项常年或定期"),
        ("doubts", "1 项待您决定"),
        ("measures", "1 条措施"),
        ("unused", "1 行未用"),
        ("dropped", "1 项不收"),
    ]


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("中秋节", "9月25日"),
        ("教师节前", "9月3日–9日"),
        ("3月8日", ""),
        ("3月12日–3月13日", ""),
        ("3月", ""),
        ("每月一次", ""),
        ("未定", ""),
    ],
)
def test_days_are_shown_where_the_words_do_not_say_them(desk: Desk, typed: str, days: str) -> None:
    take(desk, "edit", ids=["r2"], values={"when": typed})

    assert show_row(desk, desk.rows[2], {}).days == days


def test_days_follow_the_period_of_the_plan(desk: Desk) -> None:
    take(desk, "edit", ids=["r2"], values={"when": "中秋节"})

    desk.year, desk.kind, desk.starts_on, desk.ends_on = 2027, PeriodKind.CALENDAR_YEAR, date(2027, 1, 1), date(2027, 12, 31)

    assert show_row(desk, desk.rows[2], {}).days == "9月15日"


def test_area_of_the_section_is_shown_as_a_suggestion(desk: Desk) -> None:
    shown = show_row(desk, DeskRow("r9", PlanRow("茶话会", section=1)), {1: "CULT"})

    assert (shown.area, shown.unsure) == ("CULT", True)


def test_doubts_are_told_in_sentences(desk: Desk) -> None:
    shown = DeskRow("r0", PlanRow(""), typed="下周")

    assert tell_doubts(desk, shown) == ["还没有名称。", "时间“下周”读不懂。", "没有写时间。"]
    assert tell_doubts(desk, replace(shown, kept=False)) == []


def test_budget_read_from_the_words_is_shown_once(desk: Desk) -> None:
    target = Target(TargetOp.EXACTLY, 12000, 12000, "元", phrase="12000元")
    row = PlanRow("走访慰问", targets=(target, replace(target, low=3, high=3, unit="次", phrase="3次")), planned_budget_fen=1_200_000)

    assert show_row(desk, DeskRow("x", row), {}).targets == ("3次",)
    assert show_row(desk, DeskRow("x", replace(row, planned_budget_fen=500)), {}).targets == ("12000元", "3次")


def test_rows_are_grouped_by_the_month_they_are_planned_in(desk: Desk) -> None:
    groups = sorted({(show_row(desk, row, {}).order, show_row(desk, row, {}).months) for row in desk.rows})

    assert [name for _, name in groups] == ["3月", "5月", "常年与定期"]


def test_years_that_cannot_all_be_right_are_told() -> None:
    reading = read_text(TEXT)
    places = (YearPlace(2026, DocumentPart.TITLE, 2), YearPlace(2024, DocumentPart.SIGNATURE, 14))
    told = replace(reading, plans=(replace(reading.plans[0], year_places=places), *reading.plans[1:]))

    assert tell_years(open_desk(told, today=date(2030, 1, 1))) == "标题写 2026 年、落款 2024 年；先按 2026 年排，对吗？"
    assert tell_years(open_desk(reading, today=date(2030, 1, 1))) == ""


def test_document_without_a_year_says_so() -> None:
    reading = read_text(TEXT.replace("2026年", ""))

    assert tell_years(open_desk(reading, today=date(2030, 1, 1))) == "文中没有写年份；先按 2030 年排，对吗？"


def test_desk_without_rows_is_shown_too(desk: Desk) -> None:
    desk.sheet = Sheet(())

    assert show_desk(desk)["rows"] == []
